"""Counts of the items in the record, and of those that were seen to speak of assistance or of cooperation.

An item of which only a part was read counts as an item; that nothing was seen in it does not count as "none".
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from supervisory.models import ItemInstrument, Referral, SupervisoryItem
from supervisory.models.words import Extent, Topic

ALL: Final = "all"
SPOKEN_OF: Final[Mapping[str, Mapping[str, str]]] = {
    "either": {},
    Topic.ASSISTANCE.value: {"topic": Topic.ASSISTANCE},
    Topic.COOPERATION.value: {"topic": Topic.COOPERATION},
}
DIMENSIONS: Final[Mapping[str, str]] = {
    "year": "year",
    "body": "body",
    "country": "country",
    "instrument": "links__instrument",
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
    return items if spoken_of == ALL else items.filter(speaking(spoken_of))


def tallies(dimension: str, wanted: Wanted) -> list[Tally]:
    """The counts for every year, body, country or instrument that has items, in its order. One query."""
    field = DIMENSIONS[dimension]
    counts = {
        "items": Count("key"),
        "whole": Count("key", filter=Q(extent=Extent.WHOLE)),
        **{name: Count("key", filter=within(name, wanted)) for name in SPOKEN_OF},
    }
    found = items_wanted(wanted).filter(**{f"{field}__isnull": False}) if "__" in field else items_wanted(wanted)
    rows = found.order_by(field).values(field).annotate(**{f"n_{name}": count for name, count in counts.items()})
    return [Tally(row[field], **{name: row[f"n_{name}"] for name in counts}) for row in rows]


def within(of: str, wanted: Wanted) -> Exists | Q:
    """`speaking` as a condition inside a count: row by row for one country, else as one set looked up in memory.

    Of 100,000 items the first takes seconds, of a country's the second takes longer than the rest of the page.
    """
    if wanted.country:
        return speaking(of)
    return Q(key__in=Referral.objects.filter(**SPOKEN_OF[of]).values("item"))


def speaking(of: str) -> Exists:
    """The condition that an item has a referral, of assistance or of cooperation where one is named."""
    return Exists(Referral.objects.filter(item=OuterRef("key"), **SPOKEN_OF[of]))
