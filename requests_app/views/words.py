"""The one text control of letters, answers and reasons, as templates/requests/_words.html shows it."""

from typing import Any

from requests_app.forms.answer_form import Problem
from requests_app.services.filing import LETTER_LIMIT

ANCHOR = "id_text"


def words_context(text: str, error: str = "", *, optional: bool = False) -> dict[str, Any]:
    """The text as it was typed, what is wrong with it, and the line of the error summary."""
    return {
        "text": text,
        "text_error": error,
        "optional": optional,
        "limit": LETTER_LIMIT,
        "problems": [Problem(error, ANCHOR)] if error else [],
    }
