"""What a row is called in the language of the reader."""

from django.db import models
from django.utils.translation import get_language


def in_language(row: models.Model, field: str) -> str:
    """The text of `field` in the active language; the English one where that is empty or not kept."""
    language = (get_language() or "en").split("-")[0]
    return getattr(row, f"{field}_{language}", "") or getattr(row, f"{field}_en")
