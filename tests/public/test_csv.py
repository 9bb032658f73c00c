"""Files for spreadsheets: nothing in them runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.csv import FORMULA, csv_text, download, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Cameroon", "a=b", "", " -", -5, 1.5, None])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1))
def test_no_cell_of_a_file_begins_like_a_formula_and_none_is_lost(cells: list[str]) -> None:
    written = csv_text(["column"] * len(cells), [cells])
    _header, *found = csv.reader(io.StringIO(written, newline=""))
    assert len(found) == 1
    assert not any(cell.startswith(FORMULA) for cell in found[0])
    assert [cell.removeprefix("'") for cell in found[0]] == [cell.removeprefix("'") for cell in cells]


def test_a_file_opens_with_its_accents() -> None:
    answer = download("a.csv", ["city"], [["Yaoundé"]])
    assert answer.content == b"\xef\xbb\xbfcity\r\nYaound\xc3\xa9\r\n"
