"""Typed readers of single cells. Each raises ValueError with a reason that a person can act on."""

import re
from collections.abc import Callable
from datetime import date

from standards.partial_dates import last_day

Reader = Callable[[str], object]
FIRST_YEAR, LAST_YEAR = 1919, 2100  # the ILO was founded in 1919; the other end catches slips of the pen


def text(longest: int) -> Reader:
    """Any text, but some text, of at most `longest` characters."""

    def read(cell: str) -> str:
        if not cell:
            raise ValueError("empty")
        if len(cell) > longest:
            raise ValueError(f"longer than {longest} characters")
        return cell

    return read


def shaped(pattern: str, meaning: str) -> Reader:
    """A text of the form `pattern`, which is called `meaning` to the reader."""
    shape = re.compile(pattern, re.ASCII)

    def read(cell: str) -> str:
        if not shape.fullmatch(cell):
            raise ValueError(f"{cell!r} is not {meaning}")
        return cell

    return read


def one_of(*options: str) -> Reader:
    """One of the words `options`."""

    def read(cell: str) -> str:
        if cell not in options:
            raise ValueError(f"{cell!r} is none of {', '.join(options)}")
        return cell

    return read


def or_empty(reader: Reader) -> Reader:
    """What `reader` reads, or an empty text."""
    return lambda cell: reader(cell) if cell else ""


def or_none(reader: Reader) -> Reader:
    """What `reader` reads, or None for an empty cell: not known."""
    return lambda cell: reader(cell) if cell else None


def yes(cell: str) -> bool:
    """`yes` is true, `no` is false."""
    if cell not in ("yes", "no"):
        raise ValueError(f"{cell!r} is neither yes nor no")
    return cell == "yes"


def no(cell: str) -> bool:
    """The opposite of `yes`."""
    return not yes(cell)


def whole(low: int, high: int) -> Reader:
    """A whole number from `low` to `high`."""

    def read(cell: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", cell):
            raise ValueError(f"{cell!r} is not a whole number")
        if not low <= int(cell) <= high:
            raise ValueError(f"{cell} is not between {low} and {high}")
        return int(cell)

    return read


def degrees(limit: int) -> Reader:
    """A coordinate, in degrees from -`limit` to `limit`."""

    def read(cell: str) -> float:
        if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,6})?", cell) or abs(float(cell)) > limit:
            raise ValueError(f"{cell!r} is not a number of degrees up to {limit}")
        return float(cell)

    return read


def day(cell: str) -> date:
    """A full date."""
    try:
        found = date.fromisoformat(cell) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII) else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError(f"{cell!r} is not a date like 1962-09-03")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"{cell} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return found


def date_or_part(cell: str) -> str:
    """A date, a month, a year or a decade; kept as it stands, for it is shown as it stands."""
    last = last_day(cell)
    if last is None or not FIRST_YEAR <= last.year <= LAST_YEAR:
        raise ValueError(f"{cell!r} is not a date like 2024-06-30, 2024-06, 2024 or 2010s")
    return cell


year = whole(FIRST_YEAR, LAST_YEAR)
