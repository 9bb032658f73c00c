"""What happens to typed text before anything looks at it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.text import clean_text, one_line

HIDDEN = (
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\u200b", "\u2060", "\ufeff"),
    *("\u202a", "\u202d", "\u202e", "\u2066", "\u2069", "\ud800", "\udfff", "\U000e0041"),
)


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_signs_that_hide_or_reorder_are_dropped(sign: str) -> None:
    assert clean_text(f"{sign}un{sign}ion{sign}") == "union"
    assert one_line(f"{sign}un{sign}ion{sign}") == "union"


@pytest.mark.parametrize("sign", ["\n", "\t", "é", "ß", "ع", "\u200c", "\u200d", "\u200f", "𝔘", "“", "–"], ids=ascii)
def test_signs_that_belong_to_a_text_stay(sign: str) -> None:
    assert clean_text(f"a{sign}b") == f"a{sign}b"


def test_line_ends_are_one_sign_and_the_ends_of_the_text_are_trimmed() -> None:
    assert clean_text(" \r\n a\r\nb\rc\n\n") == "a\nb\nc"
    assert one_line(" a \r\n\t b\u00a0 c ") == "a b c"


def test_letters_are_composed() -> None:
    assert clean_text("Yaounde\u0301") == "Yaoundé"


ANY = st.text(st.characters(exclude_categories=[]), max_size=60)


@given(ANY)
def test_cleaning_twice_changes_nothing_and_what_is_left_can_be_stored(typed: str) -> None:
    for clean in (clean_text, one_line):
        once = clean(typed)
        assert clean(once) == once == unicodedata.normalize("NFC", once)
        assert once.encode("utf-8").decode("utf-8") == once
        assert "\x00" not in once and "\r" not in once
    assert "\n" not in one_line(typed)
