"""What people type into each kind of control: what is understood, and the sentence where it is not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from base import form_fields as fields

OPTIONS = (("yes", "Yes"), ("no", "No"), ("ask", "Ask us first"))
LINE = fields.LineField(limit=20)
TEXT = fields.LongTextField(limit=20)
ADDRESS = fields.AddressField(limit=254)
PHONE = fields.TelephoneField(limit=40)
LINK = fields.LinkField(limit=40)
ONE = fields.OneField(options=OPTIONS)
SOME = fields.SomeField(options=OPTIONS, most=2)
DAY = fields.DayField()
AHEAD = fields.DayField(ahead=3)
MONTH = fields.MonthField()
NUMBER = fields.NumberField(low=1, high=5000)
RANGE = fields.RangeField(low=1, high=5000)
AMOUNT = fields.AmountField()
EVERY = [LINE, TEXT, ADDRESS, PHONE, LINK, ONE, SOME, DAY, AHEAD, MONTH, NUMBER, RANGE, AMOUNT]
EMPTY = {SOME: [], DAY: None, AHEAD: None, MONTH: None, NUMBER: None, AMOUNT: None}

by_class = pytest.mark.parametrize("field", EVERY, ids=lambda field: type(field).__name__)


def refusal(field: fields.AnswerField, typed: Any) -> tuple[str, str]:
    """The code and the sentence with which `field` refuses `typed`."""
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return str(caught.value.code), caught.value.messages[0]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-20 12:00:00+00:00", tick=False):
        yield


@by_class
@pytest.mark.parametrize("typed", [None, "", []], ids=repr)
def test_nothing_typed_is_never_an_error(field: fields.AnswerField, typed: Any) -> None:
    if typed != [] or field is ONE or field is SOME:
        assert field.clean(typed) == EMPTY.get(field, "")


@by_class
def test_blanks_and_unseen_signs_alone_are_nothing_typed(field: fields.AnswerField) -> None:
    if field not in (ONE, SOME):
        assert field.clean(" \r\n\t\x00\u202e\u200b") == EMPTY.get(field, "")


@by_class
@pytest.mark.parametrize("forged", [["a", "b"], {"a": 1}, {"__class__": "x"}, [["yes"]], b"yes\xff"], ids=repr)
def test_lists_and_objects_are_refused_with_a_sentence(field: fields.AnswerField, forged: Any) -> None:
    code, sentence = refusal(field, forged)
    assert code in ("wrong", "not_listed") and sentence


def test_texts_are_cleaned_and_counted_afterwards() -> None:
    assert LINE.clean("  a\x00\n b\u202e ") == "a b"
    assert TEXT.clean("a\r\nb\x00 ") == "a\nb"
    assert LINE.clean(" " * 50 + "x" * 20 + "\x00" * 50) == "x" * 20
    assert LINE.clean("e\u0301" * 20) == "é" * 20


@pytest.mark.parametrize("field", [LINE, TEXT])
@pytest.mark.parametrize("excess", [1, 7, 3000])
def test_a_text_too_long_says_by_how_much(field: fields.LineField, excess: int) -> None:
    code, sentence = refusal(field, "x" * (20 + excess))
    assert code == "too_long"
    assert sentence == f"Shorten the text to 20 characters: it is {excess} too long"


@pytest.mark.parametrize("typed", ["name@example.org", " Name.Two+x@sub.example.org ", "n@exämple.org"])
def test_addresses(typed: str) -> None:
    assert ADDRESS.clean(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["name", "name@", "@example.org", "a b@example.org", "name@example.org, b@example.org"]
)
def test_what_is_no_address(typed: str) -> None:
    assert refusal(ADDRESS, typed) == ("wrong", "Write an e-mail address in full, for example name@example.org")


def test_an_address_with_a_line_end_cannot_carry_another_heading() -> None:
    assert refusal(ADDRESS, "name@example.org\r\nBcc: all@example.org")[0] == "wrong"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("+237 222 000 000", "+237 222 000 000"),
        ("+41 (0)22 799 61 11", "+41 (0)22 799 61 11"),
        ("+237\u00a0222.000-000", "+237 222.000-000"),
    ],
)
def test_telephones(typed: str, read: str) -> None:
    assert PHONE.clean(typed) == read


@pytest.mark.parametrize("typed", ["222 000 000", "0022 799", "+", "+237", "+237 ask for Ada", "tel: +237 222 000"])
def test_what_is_no_telephone(typed: str) -> None:
    code, sentence = refusal(PHONE, typed)
    assert code == "wrong" and "country code" in sentence


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://www.example.org/draft", "https://www.example.org/draft"),
        ("http://example.org", "http://example.org"),
        ("www.example.org/a b".replace(" ", "%20"), "https://www.example.org/a%20b"),
        ("example.org", "https://example.org"),
    ],
)
def test_links(typed: str, read: str) -> None:
    assert LINK.clean(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        *("javascript:alert(1)", "javascript://example.org/%0aalert(1)", "data:text/html,x", "file:///etc/passwd"),
        *("ftp://example.org/draft", "the ministry", "https://", "http://a b.org", "mailto:ada@example.org"),
        *("https://example.org@evil.example", "https://a:b@example.org", "https://[::1", "//example.org"),
    ],
)
def test_what_is_no_link_or_hides_where_it_leads(typed: str) -> None:
    assert refusal(LINK, typed)[0] == "wrong"


def test_a_link_is_measured_as_it_is_kept() -> None:
    longest = "example.org/" + "x" * 20
    assert LINK.clean(LINK.clean(longest)) == f"https://{longest}"
    assert refusal(LINK, longest + "x") == ("too_long", "Shorten the text to 40 characters: it is 1 too long")


def test_one_code_of_the_options_and_no_other() -> None:
    assert ONE.clean("yes") == "yes"
    for forged in ("YES", "maybe", "Yes", "yes ", "yes\x00", 0.5, ["yes", "no"]):
        assert refusal(ONE, forged)[0] == "not_listed"


def test_a_needed_choice_cannot_be_empty() -> None:
    needed = fields.OneField(options=OPTIONS, needed=True, error_messages={"empty": "Choose the country"})
    assert refusal(needed, "") == ("empty", "Choose the country")
    assert needed.clean("no") == "no"


def test_some_codes_are_kept_once_and_in_the_order_of_the_options() -> None:
    assert SOME.clean(["ask", "yes", "ask"]) == ["yes", "ask"]
    assert SOME.clean(("no",)) == ["no"]
    assert SOME.clean("no") == ["no"]
    for forged in (["yes", "maybe"], ["yes", ""], "yes,no", [None], [{"yes": 1}]):
        assert refusal(SOME, forged)[0] == "not_listed"
    assert refusal(SOME, ["yes", "no", "ask"]) == ("too_many", "Choose no more than 2")


def test_days() -> None:
    assert DAY.clean("15 3 2020") == date(2020, 3, 15)
    assert refusal(DAY, "31 2 2027") == ("wrong", "Write the date as day, month and year, for example 15 3 2027")
    assert refusal(DAY, "soon")[0] == "wrong"


@pytest.mark.parametrize("typed", ["21 11 2026", "20 11 2029", "29 2 2028"])
def test_a_day_ahead_is_after_today_and_within_three_years(typed: str) -> None:
    assert AHEAD.clean(typed)


@pytest.mark.parametrize(("typed", "code"), [("20 11 2026", "past"), ("1 1 1970", "past"), ("21 11 2029", "far")])
def test_a_day_too_early_or_too_far(typed: str, code: str) -> None:
    assert refusal(AHEAD, typed)[0] == code
    assert refusal(AHEAD, "21 11 2029")[1] == "The date must be within 3 years"


def test_three_years_from_the_29th_of_february() -> None:
    with time_machine.travel("2028-02-29 12:00:00+00:00", tick=False):
        assert AHEAD.clean("28 2 2031")
        assert refusal(AHEAD, "1 3 2031")[0] == "far"


def test_months() -> None:
    assert MONTH.clean("11/2026") == date(2026, 11, 1)
    assert MONTH.clean("1 1919") == date(1919, 1, 1)
    assert refusal(MONTH, "12 2026") == ("future", "The date must not be in the future")
    assert refusal(MONTH, "12 1918") == ("low", "Write a year from 1919 on")
    assert refusal(MONTH, "13 2025")[0] == "wrong"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("40", 40), (" 40 ", 40), ("1 000", 1000), ("1.000", 1000), ("1,000", 1000), ("1’000", 1000), ("1\u202f000", 1000)]
    + [("5000", 5000), ("1", 1), ("007", 7), (40, 40)],
)
def test_numbers(typed: Any, read: int) -> None:
    assert NUMBER.clean(typed) == read


@pytest.mark.parametrize("typed", ["2.5", "2,5", "1 2", "10.00", "forty", "1e3", "-5", "+5", "0x10", "1,00", "²", True])
def test_what_is_no_whole_number_is_not_read_as_another(typed: Any) -> None:
    assert refusal(NUMBER, typed) == ("wrong", "Write a number, for example 40")


@pytest.mark.parametrize("typed", ["0", "5001", "5.001", 0, "999999999999"])
def test_numbers_out_of_bounds(typed: Any) -> None:
    assert refusal(NUMBER, typed) == ("low", "Write a number from 1 to 5000")


def test_a_number_of_endless_digits_is_refused_at_once() -> None:
    assert refusal(NUMBER, "9" * 100_000)[0] == "wrong"
    assert refusal(AMOUNT, "9" * 100_000)[0] == "wrong"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("40", "40"),
        ("30-40", "30-40"),
        ("30 – 40", "30-40"),
        ("30—40", "30-40"),
        ("40-30", "30-40"),
        ("1 000-2 000",) * 2,
    ],
)
def test_ranges(typed: str, read: str) -> None:
    assert RANGE.clean(typed) == read.replace(" ", "")


@pytest.mark.parametrize(("typed", "code"), [("30-", "wrong"), ("-30", "wrong"), ("1-2-3", "wrong"), ("0-9", "low")])
def test_what_is_no_range(typed: str, code: str) -> None:
    assert refusal(RANGE, typed)[0] == code
    assert refusal(RANGE, "many") == ("wrong", "Write a number or a range, for example 40 or 30–40")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *[(typed, "12000") for typed in ("12000", "12 000", "12.000", "12,000", "12'000", "12\u00a0000", "12000.00")],
        *[(typed, "12.50") for typed in ("12.50", "12,50", "12.5", "12,5")],
        *[(typed, "1234567.89") for typed in ("1 234 567,89", "1.234.567,89", "1,234,567.89", "1234567.89")],
        *[("0", "0"), ("0.50", "0.50"), ("9 999 999 999.99", "9999999999.99"), (12000, "12000")],
    ],
)
def test_amounts(typed: Any, read: str) -> None:
    assert AMOUNT.clean(typed) == Decimal(read)


@pytest.mark.parametrize(
    "typed",
    [
        *("USD 12 000", "12 000 EUR", "about 12", "-5", "12.3456", "1.234,567", "1,23,456", "0.500", "1 2"),
        *("10000000000", "NaN", "Infinity", "1e5", "12..5", "12.", ".5"),
    ],
)
def test_what_is_no_amount_is_not_read_as_another(typed: str) -> None:
    assert refusal(AMOUNT, typed) == ("wrong", "Write the amount in figures, for example 12 000")


def test_a_question_may_say_it_in_its_own_words() -> None:
    own = fields.DayField(ahead=3, error_messages={"past": "The first possible date must be after today"})
    assert refusal(own, "1 1 2020")[1] == "The first possible date must be after today"
    assert refusal(own, "soon")[0] == "wrong"


@by_class
@given(typed=st.text(max_size=40) | st.integers() | st.booleans() | st.lists(st.text(max_size=5), max_size=3))
def test_anything_typed_is_an_answer_or_a_sentence_and_an_answer_is_read_as_itself(
    field: fields.AnswerField, typed: Any
) -> None:
    try:
        read = field.clean(typed)
    except ValidationError as refused:
        assert refused.messages[0] and "%(" not in refused.messages[0]
        return
    if not isinstance(read, date):
        assert field.clean(read) == read
