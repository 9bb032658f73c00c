"""Requests in figures. Everything here is read from the quarterly figures; no request is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.charts import Bar, Dot, bars, dots, percent, scale_of
from base.csv import csv_text, download
from requests_app.kinds import KINDS
from requests_app.models import Snapshot
from requests_app.models.result import CHANGES
from requests_app.origin import Origin
from requests_app.snapshot import FEW, FIRST_YEAR, WITHHELD, Quarter, Shown
from requests_app.states import STATUSES
from standards.models import Region
from supervisory.models import Statistic
from supervisory.tables import initiative
from ta_portal.public.caching import for_everybody
from ta_portal.public.sources import placed, places

WORDS: Final[Mapping[str, Promise]] = {FEW: _("fewer than 5"), WITHHELD: _("not shown")}
TABLES: Final[Mapping[str, tuple[Promise, Promise]]] = {
    "kind": (_("By kind of help"), _("Kind of help")),
    "region": (_("By region"), _("Region")),
    "stage": (_("Where they stood when the year ended"), _("Stage")),
    "changed": (_("What has changed"), _("Answer")),
    "origin": (_("On their own initiative, or after a comment or case"), _("How they came")),
}
TIMES: Final[Mapping[str, Promise]] = {"first_reply": _("First reply"), "decision": _("Decision")}
FINDINGS: Final[Mapping[str, Promise]] = {
    "kind": _("Asked for most often: %(name)s (%(count)s)"),
    "region": _("Most requests come from: %(name)s (%(count)s)"),
    "stage": _("Most stood here when the year ended: %(name)s (%(count)s)"),
    "origin": _("Most came this way: %(name)s (%(count)s)"),
    "changed": _("Answered most often: %(name)s (%(count)s)"),
}
ALL_KINDS = _("All kinds of help")
NOT_COUNTED = _("not counted")
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
    heading: str | Promise
    first: Promise
    cells: list[Cell]


@dataclass(frozen=True)
class Crossed:
    """Region by kind: the names of the kinds, and a row of figures, each with its fifth of the highest (1 to 5)."""

    kinds: list[str]
    rows: list[tuple[str, list[tuple[str, int]]]]


@dataclass(frozen=True)
class Time:
    """A usual time of all requests or of one kind: within how many days half, and nine of ten, were served."""

    kind: str
    word: Promise
    half: int
    nine_of_ten: int
    dots: list[Dot]


@dataclass(frozen=True)
class Followed:
    """A year of references: how many countries were pointed to assistance, and how many of them somebody asked for."""

    year: int
    referred: str
    asked: str
    not_asked: str
    share: str
    bar: Bar


@dataclass(frozen=True)
class Stay:
    """A stage, and within how many days half of the finished requests had left it."""

    stage: str
    name: str
    half: int
    bar: Bar


@dataclass(frozen=True)
class Results:
    """What requesters answered in a year; without a table where that is not told."""

    year: int
    total: str
    table: "Table | None"


@dataclass(frozen=True)
class Year:
    """A finished year."""

    year: int
    total: str
    tables: list[Table]
    crossed: "Crossed | None"


@for_everybody
def asked(request: HttpRequest) -> HttpResponseBase:
    """The latest quarterly figures, and beside them what was published of the years 1999 to 2002. Two queries."""
    snapshot = Snapshot.objects.first()
    years, published = years_of(snapshot), initiative(list(Statistic.objects.all()))
    context = {
        "snapshot": snapshot,
        "quarter": snapshot.of if snapshot else None,
        "years": years,
        "times": times_of(snapshot),
        "stays": stays_of(snapshot),
        "results": results_of(snapshot),
        "followed": followed_of(snapshot),
        "first_followed": Quarter(FIRST_YEAR + 2, 4).moved(1).end,
        "published": [placed(row) for row in published.rows],
        "published_heads": published.columns,
        "places": places(placed(row) for row in published.rows),
        "first_year": str(FIRST_YEAR),
        "first_told": Quarter(FIRST_YEAR, 4).moved(1).end,  # the quarter before last is then that year's last
        "csv_bytes": len(csv_text(CSV_HEAD, file_of(snapshot)).encode()),
    }
    return render(request, "public/asked.html", context)


@for_everybody
def asked_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    return download("requests.csv", CSV_HEAD, file_of(Snapshot.objects.first()))


def file_of(snapshot: Snapshot | None) -> list[list[object]]:
    """Everything that the page tells of requests, as lines of the file."""
    followed = [
        [row.year, "countries referred to assistance", code, "", text]
        for row in followed_of(snapshot)
        for code, text in (("referred", row.referred), ("asked", row.asked), ("not_asked", row.not_asked))
    ]
    days = [
        ["", f"days until {time.word}", code, time.kind, figure]
        for time in times_of(snapshot)
        for code, figure in (("half", time.half), ("nine_of_ten", time.nine_of_ten))
    ]
    stays = [["", "days in the stage", "half", stay.name, stay.half] for stay in stays_of(snapshot)]
    changed = [
        [row.year, row.table.by, cell.code, cell.name, cell.text]
        for row in results_of(snapshot)
        if row.table
        for cell in row.table.cells
    ]
    return [*lines(years_of(snapshot)), *followed, *days, *stays, *changed]


def lines(years: list[Year]) -> list[list[object]]:
    """A line for each cell."""
    return [
        line
        for year in years
        for line in (
            [year.year, "total", "", "", year.total],
            *([year.year, table.by, cell.code, cell.name, cell.text] for table in year.tables for cell in table.cells),
            *crossed_lines(year),
        )
    ]


def crossed_lines(year: Year) -> list[list[object]]:
    """The cells of region by kind; none where the table is not told."""
    if year.crossed is None:
        return []
    return [
        [year.year, "region and kind", region, kind, text]
        for region, cells in year.crossed.rows
        for kind, (text, _fifth) in zip(year.crossed.kinds, cells, strict=True)
    ]


def years_of(snapshot: Snapshot | None) -> list[Year]:
    """The finished years in words, the latest first."""
    stored: list[dict[str, Any]] = snapshot.figures["years"] if snapshot else []
    return [
        Year(
            year["year"],
            words(year["total"]),
            [table_of(name, cells) for name, cells in year["tables"].items()],
            crossed_of(year.get("crossed")),
        )
        for year in sorted(stored, key=lambda year: -year["year"])
    ]


def crossed_of(stored: Mapping[str, Mapping[str, int]] | None) -> Crossed | None:
    """Region by kind in words, each figure with its fifth."""
    if not stored:
        return None
    highest = max(count for row in stored.values() for count in row.values())
    kinds = list(next(iter(stored.values())))
    rows = [
        (name_of("region", region), [(words(row[kind]), -(-5 * row[kind] // highest)) for kind in kinds])
        for region, row in stored.items()
    ]
    return Crossed([name_of("kind", kind) for kind in kinds], rows)


def followed_of(snapshot: Snapshot | None) -> list[Followed]:
    """The share of countries that asked after they were referred to assistance, the latest year first."""
    stored: list[dict[str, Any]] = snapshot.figures.get("followed", []) if snapshot else []
    rows = sorted(stored, key=lambda row: -row["year"])
    shares = [round(100 * row["asked"] / row["referred"]) if isinstance(row["asked"], int) else None for row in rows]
    return [
        Followed(
            row["year"],
            words(row["referred"]) if row["referred"] else str(NOT_COUNTED),
            words(row["asked"]) if row["referred"] else str(NOT_COUNTED),
            words(row["not_asked"]) if row["referred"] else str(NOT_COUNTED),
            f"{share} %" if share is not None else "–",
            Bar(percent(share) if share else None),
        )
        for row, share in zip(rows, shares, strict=True)
    ]


def stays_of(snapshot: Snapshot | None) -> list[Stay]:
    """How long half of the finished requests stayed in each stage, where that is told."""
    stored: dict[str, int | None] = snapshot.figures.get("stays", {}) if snapshot else {}
    told = {stage: half for stage, half in stored.items() if half is not None}
    drawn = bars(list(told.values()))
    return [
        Stay(stage, name_of("stage", stage), half, bar) for (stage, half), bar in zip(told.items(), drawn, strict=True)
    ]


def results_of(snapshot: Snapshot | None) -> list[Results]:
    """What requesters said of what has changed, the latest year first."""
    stored: list[dict[str, Any]] = (snapshot.figures.get("results") if snapshot else None) or []
    return [
        Results(
            row["year"],
            words(row["total"]) if row["counts"] else "",
            table_of("changed", row["counts"]) if row["counts"] else None,
        )
        for row in sorted(stored, key=lambda row: -row["year"])
    ]


def table_of(name: str, cells: Mapping[str, Shown]) -> Table:
    """One table in words; hidden cells have no bar."""
    drawn = bars([cell if isinstance(cell, int) else None for cell in cells.values()])
    plain, first = TABLES[name]
    shown = [
        Cell(code, name_of(name, code), words(cell), bar)
        for (code, cell), bar in zip(cells.items(), drawn, strict=True)
    ]
    return Table(name, finding(name, cells) or plain, first, shown)


def finding(table: str, cells: Mapping[str, Shown]) -> str:
    """What the table shows, in words; empty where a hidden figure could be the highest, or several are."""
    figures = {code: cell for code, cell in cells.items() if isinstance(cell, int)}
    if not figures or WITHHELD in cells.values():
        return ""
    highest = max(figures.values())
    first = [code for code, count in figures.items() if count == highest]
    if len(first) > 1:
        return ""
    words = {"name": name_of(table, first[0]), "count": highest}
    return str(FINDINGS[table] % words) if table in FINDINGS else ""


def name_of(table: str, code: str) -> str:
    """A kind, region or stage in words; its code where a later version of the portal does not know it any more."""
    if table == "kind":
        return str(KINDS[code].label) if code in KINDS else code
    if table == "stage":
        return str(STATUSES[code].desk) if code in STATUSES else code
    if table == "changed":
        return str(dict(CHANGES).get(code, code))
    if table == "origin":
        return str(Origin(code).label) if code in Origin.values else code
    return str(Region(code).label) if code in Region.values else code


def words(cell: Shown) -> str:
    """A figure, or why there is none."""
    return str(WORDS[cell]) if isinstance(cell, str) else number_format(cell, use_l10n=True, force_grouping=True)


def times_of(snapshot: Snapshot | None) -> list[Time]:
    """The usual times that are told: of all requests, then of each kind that has enough of them."""
    stored = {"": snapshot.figures["times"], **snapshot.figures.get("times_by_kind", {})} if snapshot else {}
    held = [
        (kind, word, found[name]["half"], found[name]["nine_of_ten"])
        for kind, found in stored.items()
        for name, word in TIMES.items()
        if found.get(name)
    ]
    top = scale_of([row[3] for row in held])
    return [
        Time(name_of("kind", kind) if kind else str(ALL_KINDS), word, half, most, dots([half, most], top))
        for kind, word, half, most in held
    ]
