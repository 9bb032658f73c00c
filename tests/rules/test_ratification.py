"""Ratification on the filing date (R033–R035): satisfied, acceptable because, for the officer to weigh, not known."""

from typing import Any

import pytest

from requests_app.rules.examine import examine
from requests_app.rules.facts import Ratified
from requests_app.rules.finding import IN_ORDER, NOTE
from requests_app.rules.sentences import sentence
from tests.rules.pictures import C087, C098, DENOUNCED_C087, FIVE, MISSING_C087, SIX, UNKNOWN_C098, facts

RULES = ("RAT-1", "RAT-2", "RAT-3")
EVERY_PICTURE = [
    [],
    [C087],
    [C087, C098],
    [MISSING_C087],
    [DENOUNCED_C087],
    [UNKNOWN_C098],
    [C087, UNKNOWN_C098],
    [MISSING_C087, UNKNOWN_C098],
]


def said(kind: str, rows: list[Ratified], **answers: Any) -> dict[str, str]:
    findings = [found for found in examine(facts(kind, ratifications=rows, **answers)) if found.rule in RULES]
    return {found.rule: sentence(found.rule, found.params) for found in findings}


@pytest.mark.parametrize("rows", EVERY_PICTURE)
@pytest.mark.parametrize("kind", SIX)
def test_ratification_never_makes_anything_missing_or_unclear(kind: str, rows: list[Ratified]) -> None:
    levels = {found.level for found in examine(facts(kind, ratifications=rows)) if found.rule in RULES}
    assert levels <= {IN_ORDER, NOTE}


@pytest.mark.parametrize("kind", FIVE)
def test_satisfied_with_the_oldest_list_named(kind: str) -> None:
    assert said(kind, [C087, C098]) == {
        "RAT-1": "Ratified by the country on the filing date: C.87 (7 June 1960), C.98 (1962). List of July 2023."
    }


def test_low_confidence_is_shown_as_low() -> None:
    doubtful = Ratified("C098", "ratified", "1962", "2024", "low")
    assert "with low confidence" in said("visit", [C087, doubtful])["RAT-1"]


@pytest.mark.parametrize("row", [MISSING_C087, DENOUNCED_C087])
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("seminar", "Making the principles known does not depend on it."),
        ("draft_law", "Help with legislation is open to countries that have not ratified."),
        ("visit", "An informal visit remains possible."),
    ],
)
def test_acceptable_because_of_the_kind(kind: str, reason: str, row: Ratified) -> None:
    assert said(kind, [row]) == {"RAT-2": f"Not ratified on the filing date: C.87. List of 2024. {reason}"}


@pytest.mark.parametrize("kind", ["opinion", "direct_contacts", "not_sure"])
@pytest.mark.parametrize(
    ("prepared", "words"),
    [
        ("decided", "help may support"),
        ("discussed", "help may support"),
        ("no", "the officer says why"),
        ("unknown", "the officer says why"),
        ("", "the officer says why"),
    ],
)
def test_acceptable_because_it_is_prepared_or_for_the_officer_to_weigh(kind: str, prepared: str, words: str) -> None:
    assert words in said(kind, [MISSING_C087], conventions__ratification=prepared)["RAT-2"]


@pytest.mark.parametrize("kind", SIX)
def test_unknown_is_said_with_the_date_of_the_list_and_is_never_not_ratified(kind: str) -> None:
    assert said(kind, [UNKNOWN_C098]) == {"RAT-3": "Not known from the list of July 2023 whether ratified: C.98."}


def test_unknown_without_any_list_says_so() -> None:
    nowhere = Ratified("C154", "unknown", "", "", "")
    assert said("visit", [nowhere]) == {"RAT-3": "No list at hand tells whether ratified: C.154."}


def test_not_ratified_and_not_known_are_two_findings_and_neither_names_the_other() -> None:
    found = said("opinion", [MISSING_C087, UNKNOWN_C098])
    assert set(found) == {"RAT-2", "RAT-3"}
    assert "C.98" not in found["RAT-2"] and "C.87" not in found["RAT-3"]


def test_a_list_without_a_date_leaves_no_hole_in_the_sentence() -> None:
    undated = Ratified("C098", "ratified", "1962", "", "medium")
    assert said("visit", [undated])["RAT-1"].endswith("List of unknown date.")


def test_the_evidence_names_each_line_that_was_looked_at() -> None:
    found = next(f for f in examine(facts(ratifications=[C087, C098])) if f.rule == "RAT-1")
    assert found.evidence == ("ratification:CM:C087", "ratification:CM:C098")


def test_the_day_of_a_ratification_since_denounced_is_not_shown_as_ratified() -> None:
    assert "1960" not in said("visit", [DENOUNCED_C087])["RAT-2"]
