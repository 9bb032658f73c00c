"""The two shapes of files, told apart by their header, and what a row of each says of an item."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standards.partial_dates import last_day
from standards.reading.cells import date_or_part, day, one_of, or_empty, or_none, shaped, text, whole, year, yes
from standards.reading.tables import Column, country_code, instrument_code
from supervisory.models.words import Body, ReportType, Status

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Described:
    """What one row says. An empty value says nothing, and so does a flag that is False: it was not in what was read.

    `said` are fields of the item; `instrument` is "" where none is named; `assistance`: technical assistance is
    mentioned.
    """

    file: str
    line: int
    key: str
    said: dict[str, Any]
    instrument: str
    assistance: bool


@dataclass(frozen=True)
class Shape:
    """A kind of file. `check` gives what is wrong within one row, `key` and `said` what the row is about."""

    name: str
    columns: Mapping[str, Column]
    check: Callable[[Values], Iterator[str]]
    key: Callable[[Values], str]
    said: Callable[[Values], dict[str, Any]]

    def describe(self, file: str, line: int, values: Values) -> Described:
        """The row in the words of the record."""
        instrument = values.get("instrument", "")
        return Described(file, line, self.key(values), self.said(values), instrument, values["assistance"])


def key_of(*parts: object) -> str:
    """The key of a row without a number: the same for the same parts, on every machine."""
    named = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"row-{hashlib.sha256(named.encode()).hexdigest()[:20]}"


REPORT_TYPES = {
    "interim report": ReportType.INTERIM,
    "definitive report": ReportType.DEFINITIVE,
    "report in which the Committee requests to be kept informed of developments": ReportType.KEPT_INFORMED,
    "effect given to recommendations": ReportType.EFFECT_GIVEN,
}
CASE_COLUMNS = {
    "case_number": Column("number", or_empty(shaped(r"[1-9][0-9]{0,4}", "a case number"))),
    "country_iso2": Column("country_id", country_code),
    "complaint_date": Column("complaint_on", or_none(day)),
    "status": Column("status", or_empty(one_of(*Status.values))),
    "report_type": Column("report_type", or_empty(one_of(*REPORT_TYPES))),
    "report_number": Column("report_number", or_none(whole(1, 9999))),
    "report_date": Column("report_date", or_empty(date_or_part)),
    "report_paragraphs": Column("paragraphs", or_empty(shaped(r"[0-9]{1,5}-[0-9]{0,5}", "paragraphs like 99-117"))),
    "source": Column("source", or_empty(text(500))),
    "mentions_technical_assistance": Column("assistance", yes),
    "note": Column("note", or_empty(text(500))),
}
BODIES = {
    "observation": Body.OBSERVATION,
    "direct_request": Body.DIRECT_REQUEST,
    "individual_case": Body.CONFERENCE_CASE,
    "special_paragraph": Body.SPECIAL_PARAGRAPH,
}
COMMENT_COLUMNS = {
    "country_iso2": Column("country_id", country_code),
    "instrument_code": Column("instrument", or_empty(instrument_code)),
    "comment_type": Column("type", one_of(*BODIES)),
    "year_adopted": Column("year_adopted", or_none(year)),
    "ilc_session": Column("session", or_none(whole(1, 999))),
    "year_published": Column("year_published", or_none(year)),
    "ratification_year_in_title": Column("ratified", or_none(year), stored=False),
    "noted_with_satisfaction": Column("satisfaction", yes),
    "noted_with_interest": Column("interest", yes),
    "mentions_technical_assistance": Column("assistance", yes),
    "text_language": Column("language", or_empty(shaped(r"[a-z]{2}", "a language code of two letters"))),
    "normlex_comment_id": Column("number", or_empty(shaped(r"[1-9][0-9]{0,9}", "a comment number of NORMLEX"))),
    "note": Column("note", or_empty(text(500))),
}


def check_case(row: Values) -> Iterator[str]:
    """A case can be told from others, and its dates follow each other."""
    if not row["number"] and not row["complaint_on"] and not (row["report_number"] and row["paragraphs"]):
        yield "no case number, date of complaint or report: it cannot be told from other cases"
    report: date | None = last_day(row["report_date"]) if row["report_date"] else None
    if report and row["complaint_on"] and report < row["complaint_on"]:
        yield "reported on before the complaint"


def check_comment(row: Values) -> Iterator[str]:
    """A comment can be told from others, and its years follow each other."""
    if not row["number"] and not (row["year_adopted"] or row["year_published"]):
        yield "no comment number and no year: it cannot be told from other comments"
    if row["year_adopted"] and row["year_published"] and row["year_published"] < row["year_adopted"]:
        yield "published before it was adopted"


def case_key(row: Values) -> str:
    """The number of the case, else what tells it from others."""
    if row["number"]:
        return f"case-{row['number']}"
    parts = (row[name] for name in ("country_id", "complaint_on", "report_number", "paragraphs"))
    return key_of("case", *parts)


def comment_key(row: Values) -> str:
    """The number of the comment, else what tells it from others."""
    if row["number"]:
        return f"comment-{row['number']}"
    parts = (row[name] for name in ("country_id", "instrument", "type", "year_adopted", "session", "year_published"))
    return key_of("comment", *parts)


def case_said(row: Values) -> dict[str, Any]:
    """The fields of an item that a row about a case gives."""
    names = ("number", "country_id", "complaint_on", "status", "report_number", "report_date", "paragraphs")
    said = {name: row[name] for name in (*names, "source", "note")}
    return {**said, "body": Body.CFA_CASE.value, "report_type": str(REPORT_TYPES.get(row["report_type"], ""))}


def comment_said(row: Values) -> dict[str, Any]:
    """The fields of an item that a row about a comment gives."""
    names = ("number", "country_id", "year_adopted", "session", "year_published", "satisfaction", "interest")
    return {**{name: row[name] for name in (*names, "language", "note")}, "body": BODIES[row["type"]].value}


CASE_FILE = Shape("cases", CASE_COLUMNS, check_case, case_key, case_said)
COMMENT_FILE = Shape("comments", COMMENT_COLUMNS, check_comment, comment_key, comment_said)
SHAPES = (CASE_FILE, COMMENT_FILE)
