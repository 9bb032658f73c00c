"""What must hold within one row, whatever the other rows say. Each gives reasons, none when all is well."""

from collections.abc import Iterator, Mapping
from typing import Any

from standards.partial_dates import last_day

KIND_OF_LETTER = {"C": "convention", "P": "protocol", "R": "recommendation"}


def nothing(row: Mapping[str, Any]) -> Iterator[str]:
    """No rule beyond those of the single cells."""
    yield from ()


def country(row: Mapping[str, Any]) -> Iterator[str]:
    """Day and year of membership agree."""
    if row["member_since"] and row["member_since"].year != row["member_since_year"]:
        yield "day and year of membership differ"


def instrument(row: Mapping[str, Any]) -> Iterator[str]:
    """The code says kind and number; dates follow each other; a status says how sure it is."""
    if row["kind"] != KIND_OF_LETTER[row["code"][0]] or row["number"] != int(row["code"][1:]):
        yield f"{row['code']} does not fit its type and number"
    if row["adopted_on"] and row["adopted_on"].year != row["year_adopted"]:
        yield "day and year of adoption differ"
    if row["in_force_on"] and row["in_force_on"].year < row["year_adopted"]:
        yield "in force before it was adopted"
    if row["in_force_on"] and (row["never_in_force"] or row["kind"] == "recommendation"):
        yield "has a date of entry into force and cannot have one"
    if bool(row["status"]) != bool(row["status_confidence"]):
        yield "status and status_confidence go together"


def station(row: Mapping[str, Any]) -> Iterator[str]:
    """Every station has its regions, headquarters serves all of them."""
    if row["is_headquarters"] and (row["region"] or row["ilo_region"]):
        yield "headquarters has no region"
    if not row["is_headquarters"] and not (row["region"] and row["ilo_region"]):
        yield "a station needs its region"


def completeness(row: Mapping[str, Any]) -> Iterator[str]:
    """Whoever says "not ratified" by silence must say of which day."""
    if row["instrument_id"].startswith("R"):
        yield "a Recommendation is not ratified"
    if row["absence_means_not_ratified"] and not row["as_of"]:
        yield "a complete list needs its date"


def ratification(row: Mapping[str, Any]) -> Iterator[str]:
    """Only a ratification has a date; day, year and date of the list agree."""
    if row["instrument_id"].startswith("R"):
        yield "a Recommendation is not ratified"
    if row["status"] in ("not_ratified", "unknown") and (row["date"] or row["year"]):
        yield f"has a date and is {row['status']}"
    if row["date"] and row["date"].year != row["year"]:
        yield "day and year of ratification differ"
    seen = last_day(row["as_of"])
    if seen and (row["year"] or 0) > seen.year or seen and row["date"] and row["date"] > seen:
        yield "ratified after the date of the list"


def course(row: Mapping[str, Any]) -> Iterator[str]:
    """A last day needs a first one, which is not after it."""
    if row["ends"] and (not row["starts"] or row["ends"] < row["starts"]):
        yield "ends before it begins"
