"""What a row is called in the language of the reader."""

import unicodedata

from django.db import models
from django.utils.translation import get_language


def in_language(row: models.Model, field: str) -> str:
    """The text of `field` in the active language; the English one where that is empty or not kept."""
    language = (get_language() or "en").split("-")[0]
    return getattr(row, f"{field}_{language}", "") or getattr(row, f"{field}_en")


def as_it_sorts(text: str) -> str:
    """The letters of `text` without case and accents: Émirats beside Emirates."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
