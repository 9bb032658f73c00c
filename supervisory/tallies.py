"""Counts of the items in the record, and of those that were seen to speak of assistance or of cooperation.

An item of which only a part was read counts as an item; that nothing was seen in it does not count as "none".
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from supervisory.models import ItemInstrument, SupervisoryItem
from supervisory.models.words import Extent

ALL: Final = "all"
# The conditions that an item speaks of assistance, of cooperation, or of either.
SPEAKS: Final[Mapping[str, Q]] = {
    "either": Q(speaks_of_assistance=True) | Q(speaks_of_cooperation=True),
    "assistance": Q(speaks_of_assistance=True),
    "cooperation": Q(speaks_of_cooperation=True),
}
INSTRUMENT: Final = "links__instrument"
COUNTS: Final = {
    "items": Count("key"),
    "whole": Count("key", filter=Q(extent=Extent.WHOLE)),
    **{name: Count("key", filter=speaks) for name, speaks in SPEAKS.items()},
}


@dataclass(frozen=True)
class Wanted:
    """Which items: each empty field leaves that open."""

    year: int | None = None
    body: str = ""
    country: str = ""
    instrument: str = ""

    def without_year(self) -> "Wanted":
        """The same of all years."""
        return replace(self, year=None)


@dataclass(frozen=True)
class Tally:
    """The items of one year, body, country or instrument (`of`); how many speak of what; how many were read whole."""

    of: Any
    items: int
    whole: int
    either: int
    assistance: int
    cooperation: int

    @property
    def read_whole(self) -> bool:
        """Whether nothing seen means that there is nothing."""
        return self.whole == self.items


def items_wanted(wanted: Wanted, spoken_of: str = ALL) -> QuerySet[SupervisoryItem]:
    """The items; with `spoken_of` those that speak of assistance, of cooperation, or of either."""
    items = SupervisoryItem.objects.all()
    for name in ("year", "body", "country"):
        if value := getattr(wanted, name):
            items = items.filter(**{name: value})
    if wanted.instrument:
        items = items.filter(key__in=ItemInstrument.objects.filter(instrument=wanted.instrument).values("item"))
    return items if spoken_of == ALL else items.filter(SPEAKS[spoken_of])


def tallies(wanted: Wanted) -> dict[str, tuple[Tally, ...]]:
    """The counts for every year, body, country and instrument that has items; that by year has every year.

    Three queries: years and bodies are added up from one.
    """
    together = counted(items_wanted(wanted.without_year()), "year", "body")
    of_year = [row for row in together if wanted.year is None or row["year"] == wanted.year]
    items = items_wanted(wanted)
    return {
        "year": added_up(together, "year"),
        "body": added_up(of_year, "body"),
        "country": added_up(counted(items, "country"), "country"),
        "instrument": added_up(counted(items.filter(links__isnull=False), INSTRUMENT), INSTRUMENT),
    }


def counted(items: QuerySet[SupervisoryItem], *fields: str) -> list[dict[str, Any]]:
    """The items by these fields: how many (n_items), and how many are what else a tally counts (n_…). One query."""
    return list(items.order_by().values(*fields).annotate(**{f"n_{name}": count for name, count in COUNTS.items()}))


def added_up(rows: Iterable[Mapping[str, Any]], field: str) -> tuple[Tally, ...]:
    """The rows of each value of the field as one tally."""
    sums: dict[Any, Counter[str]] = {}
    for row in rows:
        sums.setdefault(row[field], Counter()).update({name: row[f"n_{name}"] for name in COUNTS})
    return tuple(Tally(value, **{name: held[name] for name in COUNTS}) for value, held in sums.items())
