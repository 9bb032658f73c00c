"""The tables of the sources, as printed. Pure: figures in, tables out.

A cell without a figure is None: the source does not count it, which is never 0. A table never adds figures up and
never takes anything counted here: `PublishedTable` and `counts.Counted` are different types for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervisory.models.statistic import Population, Statistic

Words = str | Promise

BODIES: dict[str, Words] = {
    "CEACR": gettext_lazy("Committee of Experts"),
    "CAS": gettext_lazy("Conference Committee"),
    "CFA": gettext_lazy("Committee on Freedom of Association"),
    "ILO Office": gettext_lazy("International Labour Office"),
}
OBSERVATIONS_REMINDING = "observations reminding governments that they may avail themselves of ILO technical assistance"
OWN_INITIATIVE = "cases noted where the government requested technical assistance on its own initiative"
AFTER_WORKERS = (
    "cases where the government referred to technical assistance in response to statements by workers' organizations"
)
COOPERATION = "references to technical cooperation"
CONCLUSIONS = "conclusions on individual cases mentioning the availability of technical assistance"
PARAGRAPHS = "special paragraphs referring to technical cooperation"
REPORTING_MET = "cases where Office assistance had allowed the government to meet reporting obligations"
REPORTING_ASKED = "further cases where assistance with reporting obligations was requested"


@dataclass(frozen=True)
class Cell:
    """A figure, or None: not counted. `note` is that of the source's reader, `inconsistent` that it cannot be right."""

    count: int | None = None
    note: str = ""
    inconsistent: bool = False

    def __str__(self) -> str:
        return _("not counted") if self.count is None else str(self.count)


@dataclass(frozen=True)
class PublishedRow:
    """One line: what is counted, of which population, in which period, where it stands."""

    label: str
    body: str
    population: str
    period: str
    document: str
    paragraph: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PublishedTable:
    """A table of published figures; `columns` are the heads of the cells."""

    columns: tuple[str, ...]
    rows: tuple[PublishedRow, ...]


YEARS = ("1999", "2000", "2001", "2002")
# Measure in the file, its name here. In the order of the source.
BY_YEAR: tuple[tuple[str, Words], ...] = (
    (OBSERVATIONS_REMINDING, gettext_lazy("Reminders that assistance is available")),
    (OWN_INITIATIVE, gettext_lazy("Assistance requested by the government on its own initiative")),
    (AFTER_WORKERS, gettext_lazy("Assistance named in answer to workers' organizations")),
    (COOPERATION, gettext_lazy("References to technical cooperation")),
    (CONCLUSIONS, gettext_lazy("Conclusions that mention that assistance is available")),
    (REPORTING_MET, gettext_lazy("Cases in which assistance let a government meet its reporting obligations")),
    (REPORTING_ASKED, gettext_lazy("Further cases in which such assistance was requested")),
    (PARAGRAPHS, gettext_lazy("Special paragraphs that refer to technical cooperation")),
)
IN_ALL: tuple[tuple[str, Words], ...] = (
    (
        "cases in which governments were referred to the availability of technical assistance from the Office",
        gettext_lazy("Governments referred to the assistance of the Office"),
    ),
    (
        "cases in which a government's request for assistance was noted",
        gettext_lazy("Requests of governments for assistance that were noted"),
    ),
    (
        "cases in which governments were referred to the technical assistance of the Office",
        gettext_lazy("Governments referred to the assistance of the Office"),
    ),
    (
        "requests for technical assistance about the obligation to submit instruments to the competent authorities",
        gettext_lazy("Requests for assistance about submission to the competent authorities"),
    ),
    ("cases noted with satisfaction", gettext_lazy("Cases noted with satisfaction")),
    ("cases noted with interest", gettext_lazy("Cases noted with interest")),
)


def references_by_year(figures: Iterable[Statistic]) -> PublishedTable:
    """Document 001, paragraphs 39 and 40: a column for each year, and one for figures of the whole period."""
    columns = (*((year, year) for year in YEARS), (YEARS[0], YEARS[-1]))
    mine = [figure for figure in figures if figure.document == "001" and figure.paragraph in (39, 40)]
    rows = [line(measure, label, mine, columns) for measure, label in BY_YEAR]
    heads = tuple(period(start, end) for start, end in columns)
    return PublishedTable(heads, tuple(row for row in rows if row))


def initiative(figures: Iterable[Statistic]) -> PublishedTable:
    """Document 001, paragraph 39: on the government's own initiative, and after statements of workers."""
    table = references_by_year(figures)
    names = {str(label) for measure, label in BY_YEAR if measure in (OWN_INITIATIVE, AFTER_WORKERS)}
    return PublishedTable(table.columns, tuple(row for row in table.rows if row.label in names))


def assistance_2000_to_2005(figures: Iterable[Statistic]) -> PublishedTable:
    """Document 004, paragraph 194: one column, each line with a population of its own."""
    columns = (("2000-01-01", "2005-09-19"),)
    mine = [figure for figure in figures if (figure.document, figure.paragraph) == ("004", 194)]
    rows = [line(measure, label, mine, columns) for measure, label in IN_ALL]
    return PublishedTable((period(*columns[0]),), tuple(row for row in rows if row))


def ratifications(figures: Iterable[Statistic]) -> tuple[PublishedRow, ...]:
    """Document 004: the published figures on ratification, two of which contradict their source and say so."""
    chosen = [figure for figure in figures if (figure.document, figure.relates_to) == ("004", "ratification")]
    chosen.sort(key=lambda figure: (figure.paragraph or 0, -figure.count))
    return tuple(as_line(figure) for figure in chosen)


def line(
    measure: str, label: Words, figures: Iterable[Statistic], columns: Iterable[tuple[str, str]]
) -> PublishedRow | None:
    """One measure through all columns; None when the figures do not have it."""
    found = {(figure.period_start, figure.period_end): figure for figure in figures if figure.measure == measure}
    if not found:
        return None
    any_of = next(iter(found.values()))
    ends = sorted(found)
    return PublishedRow(
        label=str(label),
        body=body_name(any_of.body),
        population=str(Population(any_of.population).label),
        period=period(ends[0][0], ends[-1][1]),
        document=any_of.document,
        paragraph=any_of.paragraph,
        cells=tuple(cell(found.get(column)) for column in columns),
    )


def as_line(figure: Statistic) -> PublishedRow:
    """A figure that stands alone."""
    return PublishedRow(
        label=figure.measure,
        body=body_name(figure.body),
        population=str(Population(figure.population).label),
        period=period(figure.period_start, figure.period_end),
        document=figure.document,
        paragraph=figure.paragraph,
        cells=(cell(figure),),
    )


def cell(figure: Statistic | None) -> Cell:
    """A figure in its place; without one, "not counted"."""
    return Cell(figure.count, figure.note, figure.inconsistent) if figure else Cell()


def body_name(body: str) -> str:
    """The body in words, where it is one of the supervisory bodies or the Office."""
    return str(BODIES.get(body, body))


def period(start: str, end: str) -> str:
    """A period in words: 1999, 1999–2002, 1 January 2000–19 September 2005, until March 2006."""
    if not start:
        return _("until %(day)s") % {"day": spoken(end)} if end else _("no period given")
    return spoken(start) if start == end else f"{spoken(start)}–{spoken(end)}"


def spoken(text: str) -> str:
    """A day, a month or a year as it is read."""
    if len(text) == 10:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    if len(text) == 7:
        return date_format(date.fromisoformat(f"{text}-01"), "YEAR_MONTH_FORMAT")
    return text
