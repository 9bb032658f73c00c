"""References: FA-XXXX-XXXX, read as people write them, a slip of the pen noticed."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from base.converters import ReferenceConverter
from base.references import ALPHABET, check_sign, new_reference, normalize_reference

REFERENCES = st.text(ALPHABET, min_size=7, max_size=7).map(
    lambda signs: f"FA-{signs[:4]}-{signs[4:]}{check_sign(signs)}"
)


def test_a_new_reference_has_its_shape_and_is_its_own_reading() -> None:
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    for reference in made:
        assert re.fullmatch(rf"FA-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", reference)
        assert normalize_reference(reference) == reference


def test_the_check_sign_is_the_one_agreed_on() -> None:
    assert normalize_reference("FA-0000-0000") == "FA-0000-0000"
    assert check_sign("0000001") == "Y"


def test_no_sign_looks_like_another() -> None:
    assert not set("ILOU") & set(ALPHABET) and len(set(ALPHABET)) == 32


@given(REFERENCES, st.sampled_from([str.lower, str.upper, str.title]), st.booleans(), st.sampled_from(["", " ", "\n"]))
def test_case_dashes_and_blanks_do_not_matter(reference: str, case, dashes: bool, blank: str) -> None:
    typed = case(reference if dashes else reference.replace("-", ""))
    assert normalize_reference(f"{blank}{typed}{blank}") == reference


@given(REFERENCES, st.sampled_from(["O0", "I1", "L1", "o0", "i1", "l1"]))
def test_lookalikes_are_read_as_what_they_look_like(reference: str, pair: str) -> None:
    typed, meant = pair
    assert normalize_reference("FA" + reference[2:].replace(meant, typed)) == reference


@given(REFERENCES, st.sampled_from([3, 4, 5, 6, 8, 9, 10, 11]), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(reference: str, place: int, sign: str) -> None:
    assume(reference[place] != sign)
    assert normalize_reference(reference[:place] + sign + reference[place + 1 :]) is None


def test_nearly_every_swap_of_neighbours_is_noticed() -> None:
    unnoticed = 0
    for first in ALPHABET:
        for second in ALPHABET:
            if first != second:
                signs = f"00{first}{second}000"
                unnoticed += check_sign(signs) == check_sign(f"00{second}{first}000")
    assert unnoticed <= 2


@pytest.mark.parametrize(
    "typed",
    [
        *("", "FA", "FA-", "FA-000-0000", "FA-00000-000", "FB-0000-0000", "0000-0000", "FA-0000-00000", "FA-000U-0000"),
        *("FA--0000-0000", "FA-0000-0000-", "FA 0000 0000", "FA-００００-００００", "FA-0000-0000\nX", "ﬀA-0000-0000"),
        "FA-0000-000ß",
    ],
)
def test_anything_else_is_no_reference(typed: str) -> None:
    assert normalize_reference(typed) is None


@given(st.text(max_size=20))
def test_whatever_is_read_is_a_reference_that_reads_as_itself(typed: str) -> None:
    found = normalize_reference(typed)
    assert found is None or normalize_reference(found) == found


@given(st.from_regex(ReferenceConverter.regex, fullmatch=True))
def test_an_address_with_a_slip_reaches_the_same_view(typed: str) -> None:
    read = ReferenceConverter().to_python(typed)
    assert read == normalize_reference(typed) or normalize_reference(typed) is None
    assert re.fullmatch(r"FA-[0-9A-Z]{4}-[0-9A-Z]{4}", read)
