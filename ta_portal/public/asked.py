"""Requests in figures. Everything here is read from the quarterly figures; no request is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.charts import Bar, bars
from base.csv import csv_text, download
from requests_app.kinds import KINDS
from requests_app.models import Snapshot
from requests_app.snapshot import FEW, FIRST_YEAR, WITHHELD, Quarter, Shown
from requests_app.states import STATUSES
from standards.models import Region
from ta_portal.public.caching import for_everybody

WORDS: Final[Mapping[str, Promise]] = {FEW: _("fewer than 5"), WITHHELD: _("not shown")}
TABLES: Final[Mapping[str, tuple[Promise, Promise]]] = {
    "kind": (_("By kind of help"), _("Kind of help")),
    "region": (_("By region"), _("Region")),
    "stage": (_("Where they stood when the year ended"), _("Stage")),
}
TIMES: Final[Mapping[str, Promise]] = {"first_reply": _("First reply"), "decision": _("Decision")}
CSV_HEAD = ("year", "by", "code", "name", "requests")


@dataclass(frozen=True)
class Cell:
    """A line of a table: a figure or the words for a hidden one."""

    code: str
    name: str
    text: str
    bar: Bar


@dataclass(frozen=True)
class Table:
    """The requests of a year by one property."""

    by: str
    heading: Promise
    first: Promise
    cells: list[Cell]


@dataclass(frozen=True)
class Year:
    """A finished year."""

    year: int
    total: str
    tables: list[Table]


@for_everybody
def asked(request: HttpRequest) -> HttpResponseBase:
    """The latest quarterly figures. One query."""
    snapshot = Snapshot.objects.first()
    years = years_of(snapshot)
    context = {
        "snapshot": snapshot,
        "quarter": snapshot.of if snapshot else None,
        "years": years,
        "times": times_of(snapshot),
        "first_year": str(FIRST_YEAR),
        "first_told": Quarter(FIRST_YEAR, 4).moved(1).end,  # the quarter before last is then that year's last
        "csv_bytes": len(csv_text(CSV_HEAD, lines(years)).encode()),
    }
    return render(request, "public/asked.html", context)


@for_everybody
def asked_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    return download("requests.csv", CSV_HEAD, lines(years_of(Snapshot.objects.first())))


def lines(years: list[Year]) -> list[list[object]]:
    """A line for each cell."""
    return [
        line
        for year in years
        for line in (
            [year.year, "total", "", "", year.total],
            *([year.year, table.by, cell.code, cell.name, cell.text] for table in year.tables for cell in table.cells),
        )
    ]


def years_of(snapshot: Snapshot | None) -> list[Year]:
    """The finished years in words, the latest first."""
    stored: list[dict[str, Any]] = snapshot.figures["years"] if snapshot else []
    return [
        Year(year["year"], words(year["total"]), [table_of(name, cells) for name, cells in year["tables"].items()])
        for year in sorted(stored, key=lambda year: -year["year"])
    ]


def table_of(name: str, cells: Mapping[str, Shown]) -> Table:
    """One table in words; hidden cells have no bar."""
    drawn = bars([cell if isinstance(cell, int) else None for cell in cells.values()])
    heading, first = TABLES[name]
    shown = [
        Cell(code, name_of(name, code), words(cell), bar)
        for (code, cell), bar in zip(cells.items(), drawn, strict=True)
    ]
    return Table(name, heading, first, shown)


def name_of(table: str, code: str) -> str:
    """A kind, region or stage in words; its code where a later version of the portal does not know it any more."""
    if table == "kind":
        return str(KINDS[code].label) if code in KINDS else code
    if table == "stage":
        return str(STATUSES[code].desk) if code in STATUSES else code
    return str(Region(code).label) if code in Region.values else code


def words(cell: Shown) -> str:
    """A figure, or why there is none."""
    return str(WORDS[cell]) if isinstance(cell, str) else number_format(cell, use_l10n=True, force_grouping=True)


def times_of(snapshot: Snapshot | None) -> list[tuple[Promise, Mapping[str, int]]]:
    """The usual times that are told."""
    stored = snapshot.figures["times"] if snapshot else {}
    return [(word, stored[name]) for name, word in TIMES.items() if stored.get(name)]
