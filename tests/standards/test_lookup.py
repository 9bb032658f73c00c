"""What is known of a country on a day. Doubt must never come out as "not ratified"."""

from datetime import date

import pytest

from standards.lookup import (
    DENOUNCED,
    NOT_RATIFIED,
    RATIFIED,
    UNKNOWN,
    data_digest,
    ratifications_on,
    station_of,
    status_on,
)
from standards.models import Country, Ratification, RatificationList
from standards.partial_dates import last_day

TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.django_db


def row(status: str = "in_force", day: str = "", year: int | None = None) -> Ratification:
    registered = date.fromisoformat(day) if day else None
    return Ratification(status=status, date=registered, year=registered.year if registered else year)


@pytest.mark.parametrize(
    ("line", "list_date", "on", "status"),
    [
        # The day is known: the list's date does not matter.
        (row(day="1962-09-03"), "2024", "1962-09-02", NOT_RATIFIED),
        (row(day="1962-09-03"), "2024", "1962-09-03", RATIFIED),
        (row(day="1962-09-03"), "", "2026-11-21", RATIFIED),
        # Only the year is known.
        (row(year=1962), "2024", "1961-12-31", NOT_RATIFIED),
        (row(year=1962), "2024", "1962-01-01", UNKNOWN),
        (row(year=1962), "2024", "1962-12-30", UNKNOWN),
        (row(year=1962), "2024", "1962-12-31", RATIFIED),
        (row(year=2024), "2024-04", "2024-04-29", UNKNOWN),
        (row(year=2024), "2024-04", "2024-04-30", RATIFIED),
        # Neither: only that the list had it.
        (row(), "2024", "2026-11-21", RATIFIED),
        (row(), "2024", "2024-12-31", RATIFIED),
        (row(), "2024", "2024-12-30", UNKNOWN),
        (row(), "2023-02", "2023-02-28", RATIFIED),
        (row(), "2010s", "2019-12-31", RATIFIED),
        (row(), "2010s", "2019-12-30", UNKNOWN),
        (row(), "", "2026-11-21", UNKNOWN),
        # Denounced, on a day that nobody kept.
        (row("denounced"), "2024", "2026-11-21", DENOUNCED),
        (row("denounced"), "2024", "2020-01-01", UNKNOWN),
        (row("denounced"), "", "2026-11-21", UNKNOWN),
        (row("denounced", day="1957-10-13"), "2024", "1957-10-12", NOT_RATIFIED),
        (row("denounced", day="1957-10-13"), "2024", "1957-10-13", UNKNOWN),
        # What the list says.
        (row("not_ratified"), "2024", "2026-11-21", NOT_RATIFIED),
        (row("not_ratified"), "2024", "1990-01-01", NOT_RATIFIED),
        (row("unknown"), "2024", "2026-11-21", UNKNOWN),
        (row("unknown"), "2024", "1990-01-01", UNKNOWN),
    ],
)
def test_the_status_on_a_day(line, list_date, on, status):
    assert status_on(line, last_day(list_date), date.fromisoformat(on)) == status


def test_a_ratification_comes_with_its_date_and_the_date_of_its_list(loaded):
    found = ratifications_on("CM", ["C098", "C087"], TODAY)
    assert found["C098"].status == RATIFIED
    assert (found["C098"].date, found["C098"].year) == (date(1962, 9, 3), 1962)
    assert (found["C098"].list_date, found["C098"].confidence) == ("2024", "high")
    assert (found["C087"].status, found["C087"].date, found["C087"].confidence) == (RATIFIED, None, "medium")


def test_a_ratification_registered_later_was_not_yet(loaded):
    assert ratifications_on("CM", ["C098"], date(1962, 9, 2))["C098"].status == NOT_RATIFIED


def test_a_line_without_its_own_date_takes_that_of_its_list(loaded):
    found = ratifications_on("MY", ["C087", "C105"], TODAY)
    assert (found["C087"].status, found["C087"].list_date) == (NOT_RATIFIED, "2024")
    assert (found["C105"].status, found["C105"].list_date) == (DENOUNCED, "2024")


def test_a_missing_line_is_unknown_where_the_list_is_not_complete(loaded):
    found = ratifications_on("MY", ["C144"], TODAY)["C144"]
    Ratification.objects.filter(country="MY", instrument="C144").delete()
    found = ratifications_on("MY", ["C144"], TODAY)["C144"]
    assert (found.status, found.list_date, found.confidence) == (UNKNOWN, "2023-09", "")


def test_a_missing_line_of_a_complete_list_is_not_ratified_with_the_date_of_the_list(loaded):
    Ratification.objects.filter(country="CM", instrument="C087").delete()
    found = ratifications_on("CM", ["C087"], TODAY)["C087"]
    assert (found.status, found.list_date) == (NOT_RATIFIED, "2024")


def test_a_complete_list_says_nothing_of_a_country_that_is_no_member(loaded):
    assert ratifications_on("XX", ["C087"], TODAY)["C087"].status == UNKNOWN


@pytest.mark.parametrize("code", ["R113", "C110", "C999", "nonsense"])
def test_an_instrument_without_a_list_is_unknown(loaded, code):
    found = ratifications_on("CM", [code], TODAY)[code]
    assert (found.status, found.list_date) == (UNKNOWN, "")


def test_a_line_marked_unknown_is_never_not_ratified(loaded):
    Ratification.objects.filter(pk="CM-C029").update(status="unknown", confidence="low", date=None, year=None)
    RatificationList.objects.filter(pk="C029").update(absence_means_not_ratified=True)
    for on in (date(1900, 1, 1), date(2023, 7, 31), TODAY):
        found = ratifications_on("CM", ["C029"], on)["C029"]
        assert (found.status, found.confidence) == (UNKNOWN, "low")


def test_many_instruments_cost_two_queries(loaded, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = ratifications_on("CM", ["C029", "C087", "C098", "C105", "C144", "C087"], TODAY)
    assert list(found) == ["C029", "C087", "C098", "C105", "C144"]


def test_the_station_of_a_country(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = station_of("CM")
    assert (found.code, found.city, found.disputed, found.is_headquarters) == ("YAO", "Yaoundé", False, False)


def test_a_second_claim_makes_the_station_disputed_and_the_primary_one_stands(loaded):
    found = station_of("GE")
    assert (found.code, found.disputed, found.confidence) == ("BUD", True, "high")


def test_where_no_station_serves_headquarters_does(loaded):
    found = station_of("CH")
    assert (found.code, found.is_headquarters, found.confidence) == ("HQ", True, "medium")


@pytest.mark.parametrize("code", ["MY", "XX", ""])
def test_a_country_that_no_row_names_has_no_station(loaded, code):
    assert station_of(code) is None


def test_nothing_loaded_means_nothing_known():
    assert ratifications_on("CM", ["C087"], TODAY)["C087"].status == UNKNOWN
    assert station_of("CM") is None
    assert Country.objects.in_reading_order() == []
    assert data_digest() == data_digest()
