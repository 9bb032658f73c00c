"""What may be said in public about how many requests there are. Pure: counts in, publishable figures out.

A year is told once, when it is over, and never told differently: two states of an unfinished year would tell what
came between them. Of one year every table has the same total, so that what can be learned of a cell follows from its
own table alone; `table` decides it there. Kind by region is told whole or not at all (`crossing`): a single hidden cell
could be found from the tables of both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil
from typing import Any, Final

from requests_app.states import WITHDRAWN

FEW: Final = "few"  # fewer than 5: nought to four
WITHHELD: Final = "withheld"  # five or more, or a table of which nothing can be told
LEAST: Final = 5
ENOUGH_FOR_TIMES: Final = 20  # finished requests
ENOUGH_FOR_RESULTS: Final = 20  # answers
FIRST_YEAR: Final = 2026  # the first year in which a request can have been sent here

Shown = int | str  # a figure, FEW or WITHHELD


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def end(self) -> datetime:
        """The moment at which it is over."""
        after = self.moved(1)
        return datetime(after.year, after.number * 3 - 2, 1, tzinfo=UTC)

    def moved(self, by: int) -> "Quarter":
        """So many quarters later, or earlier."""
        year, place = divmod(self.year * 4 + self.number - 1 + by, 4)
        return Quarter(year, place + 1)


def quarter_named(name: str) -> Quarter:
    """The quarter of "2026Q2"."""
    return Quarter(int(name[:4]), int(name[5:]))


def quarter_to_tell(today: date) -> Quarter:
    """The quarter before last."""
    return Quarter(today.year, (today.month + 2) // 3).moved(-2)


def years_over(quarter: Quarter) -> list[int]:
    """The years of which all quarters are over at the end of `quarter`."""
    return list(range(FIRST_YEAR, quarter.year + (quarter.number == 4)))


def told(count: int) -> Shown:
    """A figure that stands alone."""
    return count if count >= LEAST else FEW


def table(counts: Mapping[str, int]) -> dict[str, Shown]:
    """The cells of a table whose total is told by `told`: small ones hidden, and as many more as that needs.

    Who knows this rule, the total and every cell that is told still finds at least two possible values for each
    hidden cell. Further cells are hidden in the order of the table, whatever stands in them: to choose by size would
    tell the size.
    """
    names = list(counts)
    few = [name for name in names if counts[name] < LEAST]
    if not few or sum(counts.values()) < LEAST:
        return {name: told(counts[name]) for name in names}
    start = names.index(few[0])
    others = [name for name in names[start:] + names[:start] if name not in few]
    held: list[str] = []
    while not safe(len(few), len(held), sum(counts[name] for name in [*few, *held])):
        if not others:
            return dict.fromkeys(names, WITHHELD)
        held.append(others.pop(0))
    return {name: FEW if name in few else WITHHELD if name in held else counts[name] for name in names}


def safe(few: int, held: int, together: int) -> bool:
    """Whether each of `few` cells may be anything from 0 to 4, with `held` cells of 5 or more and their sum known."""
    lowest, highest = LEAST * held, (LEAST - 1) * (few - 1)
    return together >= lowest + LEAST - 1 and (held > 0 or together <= highest)


def days(sent: datetime, then: datetime) -> int:
    """Calendar days from sending, a begun day counted whole."""
    return max(1, ceil((then - sent).total_seconds() / 86_400))


def usual(times: Sequence[int]) -> dict[str, int] | None:
    """The time within which half, and nine of ten, were served; None where fewer than twenty were."""
    if len(times) < ENOUGH_FOR_TIMES:
        return None
    ordered = sorted(times)
    return {"half": ordered[ceil(len(ordered) / 2) - 1], "nine_of_ten": ordered[ceil(len(ordered) * 0.9) - 1]}


def crossing(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]] | None:
    """Region by kind, when no cell is smaller than five; else None, which does not say where the small one is."""
    if all(count >= LEAST for row in counts.values() for count in row.values()):
        return {name: dict(row) for name, row in counts.items()}
    return None


def followed(year: int, referred: int, asked: int) -> dict[str, Any]:
    """Of the countries that were referred to assistance in a year, those that asked and those that did not.

    How many were referred everybody can count in the record, so the two cells are told like a table with its total.
    """
    return {"year": year, "referred": referred, **table({"asked": asked, "not_asked": referred - asked})}


def standing(years: Sequence[Mapping[str, Any]]) -> int:
    """How many requests of these years their tables of stages tell in figures, without those that were withdrawn."""
    cells = [cell for year in years for stage, cell in year["tables"]["stage"].items() if stage != WITHDRAWN]
    return sum(cell for cell in cells if isinstance(cell, int))


def results_told(year: int, counts: Mapping[str, int], before: int, standing: int) -> dict[str, Any]:
    """What requesters answered in a year of what has changed; `counts` is None where that is not told.

    Each answer is of a request that was not withdrawn: as many of those must have been sent. So it is told only where,
    with the answers told `before`, it is at most half of what the earlier years tell in figures anyhow (`standing`):
    then nothing follows from it for a cell that is hidden there. And from twenty answers on, as the usual times.
    """
    total = sum(counts.values())
    enough = total >= ENOUGH_FOR_RESULTS and 2 * (before + total) <= standing
    return {"year": year, "total": total if enough else None, "counts": table(counts) if enough else None}


def year_told(
    year: int,
    tables: Mapping[str, Mapping[str, int]],
    crossed: Mapping[str, Mapping[str, int]] | None = None,
) -> dict[str, Any]:
    """A finished year as it is stored. Every table counts the same requests."""
    total = sum(next(iter(tables.values())).values())
    stored = {name: table(counts) for name, counts in tables.items()}
    return {"year": year, "total": told(total), "tables": stored, "crossed": crossing(crossed) if crossed else None}
