"""Reading dates and months as people type them: 15 3 2027, 15 march 2027, 2027-03-15, 1er mars 2027, 3/2027."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3

_SPLIT = re.compile(r"[\s./\-,]+")
_DAY = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?")
_JOINING = ("de", "del")  # as in 15 de marzo de 2027


def months_later(moment: datetime, months: int) -> datetime:
    """The same day and hour so many months later; the last day of a shorter month."""
    years, place = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, place + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _plain(word: str) -> str:
    """`word` in lower case without accents and dots, so that février, Fevrier and fév. compare."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if sign.isalpha())


@cache
def _months() -> dict[str, int]:
    """Month names and their short forms in every language of the portal: none means two different months."""
    names: dict[str, int] = {}
    for language, _name in settings.LANGUAGES:
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
    if not (_is_year(word) and int(word) >= 1000):
        raise ValueError("year")
    return int(word)


def _is_year(word: str) -> bool:
    """Whether `word` can stand for a year only; june and août have four signs too."""
    return word.isdecimal() and len(word) == 4


def _parts(text: str, number: int) -> list[str]:
    """The `number` parts of a date, the year last. Raises ValueError."""
    parts = [part for part in _SPLIT.split(text.strip()) if part and part.casefold() not in _JOINING]
    if len(parts) != number:
        raise ValueError("number of parts")
    return parts[::-1] if _is_year(parts[0]) else parts


def parse_date(text: str) -> date:
    """The day that `text` means, day before month except in 2027-03-15. Raises ValueError."""
    day, month, year = _parts(text, 3)
    found = _DAY.fullmatch(day.casefold())
    if not found:
        raise ValueError("day")
    return date(_year(year), _month(month), int(found[1]))


def parse_month(text: str) -> date:
    """The first day of the month that `text` means. Raises ValueError."""
    month, year = _parts(text, 2)
    return date(_year(year), _month(month), 1)
