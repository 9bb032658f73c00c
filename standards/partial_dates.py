"""Dates as sources give them: a day, a month, a year or a decade."""

import calendar
import re
from datetime import date

SHAPE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
DECADE = re.compile(r"(\d{3})0s")


def last_day(text: str) -> date | None:
    """The last day that `text` can mean: 2024 is 31 December 2024, 2010s 31 December 2019. None for anything else."""
    if decade := DECADE.fullmatch(text):
        return date(int(decade[1]) * 10 + 9, 12, 31)
    found = SHAPE.fullmatch(text)
    if not found:
        return None
    year, month = int(found["year"]), int(found["month"] or 12)
    try:
        return date(year, month, int(found["day"] or calendar.monthrange(year, month)[1]))
    except ValueError:  # there is no such month, day or year
        return None
