"""The statistics: figures that the Office published, as printed. What is counted here has pages of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from base.charts import Panel, columns, scale_of
from base.csv import csv_text, download
from supervisory.models import Statistic
from supervisory.tables import YEARS, assistance_2000_to_2005, ratifications, references_by_year
from ta_portal.public.caching import for_everybody
from ta_portal.public.sources import Figure, Row, placed, places

CSV = ("document", "paragraph", "body", "from", "until", "what is counted", "population", "figure", "unit")
CSV_HEAD = (*CSV, "the source contradicts itself", "note")
COLOURS = ("c1", "c2", "c3", "c4")
ENOUGH = 3  # years with a figure, for a chart


@dataclass(frozen=True)
class Chart:
    """A line of the table by year as columns."""

    row: Row
    panel: Panel
    colour: str
    label: str


@dataclass(frozen=True)
class Headline:
    """A figure to begin with."""

    row: Row
    figure: Figure
    period: str


@for_everybody
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The published tables with their charts. One query."""
    figures = list(Statistic.objects.all())
    by_year, in_all = references_by_year(figures), assistance_2000_to_2005(figures)
    yearly, whole = [placed(row) for row in by_year.rows], [placed(row) for row in in_all.rows]
    ratified = [placed(row) for row in ratifications(figures)]
    context = {
        "headlines": headlines(yearly, whole),
        "charts": charts(yearly),
        "finding": finding(yearly),
        "columns": by_year.columns,
        "yearly": yearly,
        "in_all": whole,
        "ratified": ratified,
        "places": places([*yearly, *whole, *ratified]),
        "csv_bytes": len(csv_text(CSV_HEAD, lines(figures)).encode()),
    }
    return render(request, "public/statistics.html", context)


def charts(rows: Sequence[Row]) -> list[Chart]:
    """The lines that have figures of several years, on one scale."""
    years = range(len(YEARS))
    chosen = [row for row in rows if sum(row.row.cells[place].count is not None for place in years) >= ENOUGH]
    top = scale_of([row.row.cells[place].count for row in chosen for place in years])
    label = _("Columns, %(first)s to %(last)s. The figures are in the table below.")
    return [
        Chart(
            row,
            columns([(YEARS[place], row.row.cells[place].count) for place in years], top, _("not counted")),
            COLOURS[number % len(COLOURS)],
            f"{row.row.label}. {label % {'first': YEARS[0], 'last': YEARS[-1]}}",
        )
        for number, row in enumerate(chosen)
    ]


def finding(rows: Sequence[Row]) -> str:
    """What the first line shows, in words; empty without figures."""
    first = rows[0].row.cells if rows else ()
    if not first or first[0].count is None or first[len(YEARS) - 1].count is None:
        return ""
    words = _("Reminders by the Experts that assistance is available: %(before)d in %(first)s, %(after)d in %(last)s")
    ends = {"first": YEARS[0], "last": YEARS[-1]}
    return words % {"before": first[0].count, "after": first[len(YEARS) - 1].count, **ends}


def headlines(yearly: Sequence[Row], in_all: Sequence[Row]) -> list[Headline]:
    """The last year's reminders, and the three bodies of the longer period."""
    latest = [Headline(row, row.figures[len(YEARS) - 1], YEARS[-1]) for row in yearly[:1]]
    return latest + [Headline(row, row.figures[0], row.row.period) for row in in_all[:3]]


@for_everybody
def published_csv(request: HttpRequest) -> HttpResponseBase:
    """Every published figure as a file."""
    return download("published-figures.csv", CSV_HEAD, lines(list(Statistic.objects.all())))


def lines(figures: Sequence[Statistic]) -> list[list[object]]:
    """The figures as the lines of the file."""
    return [
        [
            figure.document,
            figure.paragraph,
            figure.body,
            figure.period_start,
            figure.period_end,
            figure.measure,
            figure.get_population_display(),
            figure.count,
            figure.unit,
            _("yes") if figure.inconsistent else _("no"),
            figure.note,
        ]
        for figure in figures
    ]
