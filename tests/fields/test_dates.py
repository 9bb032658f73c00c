"""Dates and months as people type them."""

from datetime import date

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT
from hypothesis import given
from hypothesis import strategies as st

from base.dates import parse_date, parse_month

IDES = date(2027, 3, 15)
MARCH = date(2027, 3, 1)
IDES_TYPED = (
    *("15 3 2027", "15/3/2027", "15.3.2027", "15-03-2027", "15. 3. 2027", " 15  3  2027 ", "2027-03-15", "2027/3/15"),
    *("15 march 2027", "15 March, 2027", "15 MAR 2027", "15 mar. 2027", "15th March 2027", "2027 march 15"),
    *("15\t3\n2027", "١٥ ٣ ٢٠٢٧"),
)
NO_DATES = (
    *("", "15", "15 3", "3/2027", "15 3 27", "31 2 2027", "29 2 2027", "0 3 2027", "15 13 2027", "15 0 2027"),
    *("15 3 0999", "15 3 20270", "2027", "march", "15 smarch 2027", "115 3 2027", "fifteen 3 2027", "-", "15 3 2027 9"),
    *("1e1 3 2027", "15 ³ 2027", "de de de", "9" * 5000, f"1 {'9' * 5000} 2027"),
)


@pytest.mark.parametrize("typed", IDES_TYPED)
def test_a_day_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_date(typed) == IDES


@pytest.mark.parametrize("typed", NO_DATES, ids=lambda typed: typed[:20])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_date(typed)


@pytest.mark.parametrize(
    "typed", ["3 2027", "3/2027", "03/2027", "3-2027", "2027-03", "march 2027", "Mar 2027", "2027 mar."]
)
def test_a_month_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_month(typed) == MARCH


@pytest.mark.parametrize(
    "typed", ["", "2027", "march", "13/2027", "0/2027", "3/27", "15 3 2027", "2027 2027", "3 0027"]
)
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_month(typed)


def test_a_month_of_four_letters_is_not_taken_for_a_year() -> None:
    assert parse_month("june 2026") == date(2026, 6, 1)
    assert parse_date("4 july 2026") == date(2026, 7, 4)
    with translation.override("fr"):
        assert parse_month("juin 2026") == date(2026, 6, 1)
        assert parse_month("août 2026") == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "1er février 2027"),
        ("fr", "1 fevrier 2027"),
        ("fr", "1 fév. 2027"),
        ("fr", "1 february 2027"),
        ("es", "1 de febrero de 2027"),
        ("es", "1 feb 2027"),
    ],
)
def test_months_are_known_in_the_language_of_the_page_and_in_english(language: str, typed: str) -> None:
    with translation.override(language):
        assert parse_date(typed) == date(2027, 2, 1)


def test_a_month_typed_before_the_language_was_switched_is_still_understood() -> None:
    for language in dict(settings.LANGUAGES):
        with translation.override(language):
            assert parse_month("mars 2027") == parse_month("marzo de 2027") == parse_month("march 2027") == MARCH


def test_no_name_of_a_month_means_two_months() -> None:
    for language in dict(settings.LANGUAGES):
        with translation.override(language):
            for number in range(1, 13):
                for name in (MONTHS[number], MONTHS_3[number], MONTHS_ALT[number]):
                    assert parse_month(f"{name} 2027").month == number


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([" ", "/", ".", "-", " / "]))
def test_day_month_year_is_read_back(day: date, between: str) -> None:
    assert parse_date(between.join(map(str, (day.day, day.month, day.year)))) == day
    assert parse_date(day.isoformat()) == day
    assert parse_month(f"{day.month}{between}{day.year}") == day.replace(day=1)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_value_error(typed: str) -> None:
    for parse in (parse_date, parse_month):
        try:
            assert isinstance(parse(typed), date)
        except ValueError:
            continue
