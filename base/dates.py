"""Reading dates and months as people type them: 15 3 2027, 15/3/2027, 15 march 2027, 2027-03-15, 3/2027."""

import re
import unicodedata
from datetime import date

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3

_SPLIT = re.compile(r"[\s./\-,]+")


def _plain(word: str) -> str:
    """`word` in lower case without accents and dots, so that février, Fevrier and fév. compare."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if sign.isalpha())


def _months() -> dict[str, int]:
    """Month names and their short forms in the active language and in English."""
    names: dict[str, int] = {}
    for language in ("en", translation.get_language() or "en"):
        with translation.override(language):
            for number in range(1, 13):
                names[_plain(str(MONTHS[number]))] = number
                names[_plain(str(MONTHS_3[number]))] = number
    return names


def _month(word: str) -> int:
    """The number of the month that `word` means. Raises ValueError."""
    if word.isdecimal():
        number = int(word)
        if not 1 <= number <= 12:
            raise ValueError("month")
        return number
    found = _months().get(_plain(word))
    if found is None:
        raise ValueError("month")
    return found


def _year(word: str) -> int:
    """A year of four digits. Raises ValueError."""
    if not (word.isdecimal() and len(word) == 4):
        raise ValueError("year")
    return int(word)


def parse_date(text: str) -> date:
    """The day that `text` means, day before month except in 2027-03-15. Raises ValueError."""
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    if len(parts) != 3:
        raise ValueError("three parts")
    if len(parts[0]) == 4:
        parts.reverse()
    if not (parts[0].isdecimal() and len(parts[0]) <= 2):
        raise ValueError("day")
    return date(_year(parts[2]), _month(parts[1]), int(parts[0]))


def parse_month(text: str) -> date:
    """The first day of the month that `text` means. Raises ValueError."""
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    if len(parts) != 2:
        raise ValueError("two parts")
    if len(parts[0]) == 4:
        parts.reverse()
    return date(_year(parts[1]), _month(parts[0]), 1)
