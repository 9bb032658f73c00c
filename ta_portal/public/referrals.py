"""What the supervisory bodies said of assistance, as counted in the record here. Never mixed with published figures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from base.charts import Bar, bars
from base.csv import csv_text, download
from standards.models import Country, Instrument
from supervisory.counts import record_version
from supervisory.models import ItemInstrument, SupervisoryItem
from supervisory.models.words import Body
from supervisory.tallies import ALL, Tally, Wanted, items_wanted, tallies
from ta_portal.public.caching import for_everybody
from ta_portal.public.record import lines_of
from ta_portal.public.typed import typed

PAGE: Final = 25
MOST: Final = 20  # lines of a ranking before "show all"
SAID: Final[Mapping[str, Promise]] = {
    "either": _("that speak of assistance or cooperation"),
    "assistance": _("that speak of assistance"),
    "cooperation": _("that speak of cooperation"),
    ALL: _("all in the record"),
}
HEADINGS: Final[Mapping[str, Promise]] = {
    "year": _("By year"),
    "body": _("By body"),
    "country": _("By country"),
    "instrument": _("By Convention"),
}
FIRST: Final[Mapping[str, Promise]] = {
    "year": _("Year"),
    "body": _("Body"),
    "country": _("Country"),
    "instrument": _("Convention"),
}
CSV_HEAD = ("by", "code", "name", "items in the record", "read whole", "speak of assistance", "speak of cooperation")


@dataclass(frozen=True)
class Counted:
    """A line of a table: its value in the address, its name, counts and bar. `query`: the filter narrowed to it."""

    value: str
    name: str
    tally: Tally
    bar: Bar
    query: str


@dataclass(frozen=True)
class Table:
    """The counts by one property. `hidden`: how many lines "show all" brings."""

    by: str
    heading: Promise
    first: Promise
    rows: Sequence[Counted]
    hidden: int


@dataclass(frozen=True)
class Names:
    """The countries and instruments of the record, in reading order."""

    countries: Mapping[str, str]
    instruments: Mapping[str, str]

    def of(self, dimension: str, value: Any) -> str:
        """The name of a year, body, country or instrument."""
        if dimension == "body":
            return str(Body(value).label)
        known = {"country": self.countries, "instrument": self.instruments}.get(dimension, {})
        return known.get(value, str(value) if value is not None else str(_("year not known")))


def wanted_of(request: HttpRequest) -> Wanted:
    """The filter in the address; what is no year, body, country or instrument leaves it open."""
    year, body = typed(request, "year"), typed(request, "body")
    country, instrument = typed(request, "country").upper(), typed(request, "instrument").upper()
    return Wanted(
        year=int(year) if re.fullmatch(r"[12][0-9]{3}", year) else None,
        body=body if body in Body.values else "",
        country=country if re.fullmatch(r"[A-Z]{2}", country) else "",
        instrument=instrument if re.fullmatch(r"[CPR][0-9]{3}", instrument) else "",
    )


def names_known() -> Names:
    """The names of what the record is about. Two queries."""
    countries = Country.objects.filter(Exists(SupervisoryItem.objects.filter(country=OuterRef("pk"))))
    instruments = Instrument.objects.filter(Exists(ItemInstrument.objects.filter(instrument=OuterRef("pk"))))
    return Names(
        {country.pk: country.name for country in countries.in_reading_order()},
        {instrument.pk: f"{instrument.short} {instrument.title}" for instrument in instruments.order_by("pk")},
    )


@lru_cache(maxsize=128)
def counts_at(version: int, wanted: Wanted) -> dict[str, tuple[Tally, ...]]:
    """The counts of the four tables. Three queries, once for each version of the record.

    `version` is that of the record: kept counts end with the next change of it, in every process.
    """
    return tallies(wanted)


def tables_of(wanted: Wanted, names: Names) -> dict[str, list[Counted]]:
    """All lines of the four tables, in the order in which they are read. One query, and those of `counts_at`."""
    found = {}
    for dimension, counts in counts_at(record_version(), wanted).items():
        rows = latest_first(counts) if dimension == "year" else ranked(counts, dimension, names)
        drawn = bars([tally.assistance for tally in rows])
        found[dimension] = [
            Counted(str(tally.of or ""), names.of(dimension, tally.of), tally, bar, query(wanted, dimension, tally.of))
            for tally, bar in zip(rows, drawn, strict=True)
        ]
    return found


def latest_first(counts: Iterable[Tally]) -> list[Tally]:
    """Years, that which is not known at the end."""
    return sorted(counts, key=lambda tally: -(tally.of or 0))


def ranked(counts: Iterable[Tally], dimension: str, names: Names) -> list[Tally]:
    """Those that speak of assistance most often first, then by name."""
    return sorted(counts, key=lambda tally: (-tally.assistance, -tally.items, names.of(dimension, tally.of)))


def query(wanted: Wanted, dimension: str, value: Any) -> str:
    """The filter as the address writes it, with one property set to a value of its own."""
    return "?" + urlencode({name: found for name, found in {**asdict(wanted), dimension: value}.items() if found})


@for_everybody
def referrals(request: HttpRequest) -> HttpResponseBase:
    """The counts under the filter, and the items behind them. At most ten queries, however large the record is."""
    wanted, names = wanted_of(request), names_known()
    said = typed(request, "said") if typed(request, "said") in SAID else "either"
    counted = tables_of(wanted, names)
    rank_all = typed(request, "rank") == "all"
    tables = [shown(dimension, rows, rank_all) for dimension, rows in counted.items()]
    total = total_of(counted["year"], wanted)
    pages = Pages(items_wanted(wanted, said), getattr(total, "items" if said == ALL else said))
    page_obj = pages.get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "names": names,
        "bodies": Body.choices,
        "years": [row.value for row in counted["year"] if row.value],
        "said": said,
        "said_words": SAID[said],
        "said_choices": SAID.items(),
        "total": total,
        "tables": tables,
        "nearest": nearest(wanted.year, counted["year"]) if not total.items else None,
        "page_obj": page_obj,
        "lines": lines_of(page_obj),
        "csv_bytes": len(csv_text(CSV_HEAD, csv_lines(counted)).encode()),
    }
    return render(request, "public/referrals.html", context)


@for_everybody
def referrals_csv(request: HttpRequest) -> HttpResponseBase:
    """The same counts as a file, under the same filter."""
    return download("referrals.csv", CSV_HEAD, csv_lines(tables_of(wanted_of(request), names_known())))


def csv_lines(counted: Mapping[str, Sequence[Counted]]) -> list[list[object]]:
    """A line for each line of each table. Where not all was read, nought is an empty cell: not counted."""
    return [
        [dimension, row.value, row.name, row.tally.items, row.tally.whole, *map(row_count(row.tally), TOPICS)]
        for dimension, rows in counted.items()
        for row in rows
    ]


TOPICS = ("assistance", "cooperation")


def row_count(tally: Tally) -> Any:
    """How a count of a tally is written into a file."""
    return lambda topic: getattr(tally, topic) or (0 if tally.read_whole else None)


def shown(dimension: str, rows: Sequence[Counted], rank_all: bool) -> Table:
    """A table as the page shows it: the longest rankings cut."""
    cut = rows if rank_all or dimension in ("year", "body") else rows[:MOST]
    return Table(dimension, HEADINGS[dimension], FIRST[dimension], cut, len(rows) - len(cut))


def total_of(years: Sequence[Counted], wanted: Wanted) -> Tally:
    """The counts under the whole filter: each item stands in one year."""
    held = [row.tally for row in years if wanted.year is None or row.tally.of == wanted.year]
    names = ("items", "whole", "either", "assistance", "cooperation")
    return Tally(None, **{name: sum(getattr(tally, name) for tally in held) for name in names})


def nearest(year: int | None, years: Sequence[Counted]) -> str:
    """The year with items that is nearest to an empty one, else an empty text."""
    known = [row.tally.of for row in years if row.tally.of]
    return str(min(known, key=lambda other: abs(other - year))) if year and known else ""


class Pages(Paginator):
    """The pages of the list. They are told how many items there are and do not count again."""

    def __init__(self, found: QuerySet[SupervisoryItem], known: int) -> None:
        self.known = known
        super().__init__(found.select_related("country").prefetch_related("links", "referrals"), PAGE)

    @cached_property
    def count(self) -> int:
        """How many items."""
        return self.known
