"""What must be specific, by kind of help (R013–R022): complete, and with each element left open (R024)."""

from typing import Any

import pytest

from requests_app.rules.examine import examine
from requests_app.rules.finding import CLARIFY, MISSING
from tests.rules.pictures import FIVE, facts, ids

# Kind: question left open, the one rule that then speaks.
NEEDED = {
    "seminar": {"A3": "SPEC-1", "A5": "SPEC-2", "A6": "SPEC-3"},
    "draft_law": {"B3": "LAW-1", "B9": "LAW-2"},
    "opinion": {"C1": "OPIN-2", "C2": "OPIN-3", "C3": "OPIN-4"},
    "direct_contacts": {"D1": "PROC-1", "D2": "PROC-1", "M1": "MIS-1", "M2": "MIS-2", "M3": "MIS-3"},
    "visit": {"E2": "VIS-1", "M1": "MIS-1", "M2": "MIS-2", "M3": "MIS-3"},
}
ELEMENTS = [(kind, question, rule) for kind, needed in NEEDED.items() for question, rule in needed.items()]
OF_EVERY_KIND = {"REL-1", "REL-2"}


@pytest.mark.parametrize("kind", FIVE)
def test_nothing_is_missing_or_unclear_in_a_complete_request(kind: str) -> None:
    assert ids(examine(facts(kind)), MISSING, CLARIFY) == []


@pytest.mark.parametrize(("kind", "question", "rule"), ELEMENTS)
def test_one_element_left_open_is_one_finding_that_leads_to_it(kind: str, question: str, rule: str) -> None:
    findings = [found for found in examine(facts(kind, blank=[question])) if found.level in (MISSING, CLARIFY)]
    assert [(found.rule, found.question, found.level) for found in findings] == [(rule, question, MISSING)]


@pytest.mark.parametrize("kind", FIVE)
def test_an_empty_request_misses_each_element_of_its_kind_and_none_of_another(kind: str) -> None:
    missing = ids(examine(facts(kind, empty=True)), MISSING)
    assert set(missing) - OF_EVERY_KIND == set(NEEDED[kind].values())
    assert len(missing) == len(set(missing))


@pytest.mark.parametrize("kind", FIVE)
def test_elements_left_open_together_are_reported_separately(kind: str) -> None:
    missing = ids(examine(facts(kind, blank=NEEDED[kind])), MISSING)
    assert sorted(missing) == sorted(set(NEEDED[kind].values()))


def test_a_request_not_sure_of_its_kind_misses_no_element_of_any() -> None:
    empty: Any = examine(facts("not_sure", empty=True))
    assert set(ids(empty, MISSING)) == OF_EVERY_KIND
    assert "TYPE-1" in ids(empty, CLARIFY)
