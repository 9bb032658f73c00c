"""Every rule, both ways: what makes it speak, and what lies nearest to that and leaves it silent."""

from datetime import date
from typing import Any

import pytest

from requests_app.models.sections.funding import OUTSIDE_COSTS
from requests_app.models.sections.political_will import NOTHING_SO_FAR, SIGNS
from requests_app.rules import means, will
from requests_app.rules.registry import FIRST_RULES, RULES
from tests.rules.pictures import (
    C087,
    C098,
    DENOUNCED_C087,
    HEADQUARTERS,
    MISSING_C087,
    SENTENCE,
    UNKNOWN_C098,
    facts,
)

Change = dict[str, Any]
LAW, OPINION, CONTACTS, VISIT = "draft_law", "opinion", "direct_contacts", "visit"
TWO_SIGNS = ["bill", "budget"]

# By rule: changes to a complete request that make it fire.
FIRES: dict[str, list[Change]] = {
    "TYPE-1": [{"kind": "not_sure"}],
    "SPEC-1": [{"blank": ["A3"]}, {"blank": ["A3"], "seminar__audience_text": "all"}],
    "SPEC-2": [{"blank": ["A5"]}, {"seminar__outcome": "too short"}, {"typed": ["seminar__outcome"]}],
    "SPEC-3": [{"blank": ["A6"]}],
    "MIS-1": [{"kind": VISIT, "blank": ["M1"]}, {"kind": CONTACTS, "blank": ["M1"]}],
    "MIS-2": [{"kind": VISIT, "blank": ["M2"]}, {"kind": CONTACTS, "blank": ["M2"], "visit__come_from_why": SENTENCE}],
    "MIS-3": [{"kind": VISIT, "blank": ["M3"]}, {"kind": CONTACTS, "blank": ["M3"]}],
    "VIS-1": [{"kind": VISIT, "blank": ["E2"]}],
    "OPIN-1": [{"kind": OPINION, "provision__pending": "yes"}],
    "OPIN-2": [{"kind": OPINION, "blank": ["C1"]}],
    "OPIN-3": [{"kind": OPINION, "blank": ["C2"]}],
    "OPIN-4": [{"kind": OPINION, "blank": ["C3"]}, {"kind": OPINION, "provision__question": "Why?"}],
    "LAW-1": [
        {"kind": LAW, "blank": ["B3"]},
        {"kind": LAW, "blank": ["B3"], "draft_law__sent_by": "not_yet"},
        {"kind": LAW, "typed": ["draft_law__link"]},
    ],
    "LAW-2": [{"kind": LAW, "blank": ["B9"]}],
    "PROC-1": [
        {"kind": CONTACTS, "blank": ["D1"]},
        {"kind": CONTACTS, "direct_contacts__procedure": "none"},
        {"kind": CONTACTS, "blank": ["D2"]},
        {"kind": CONTACTS, "blank": ["D1", "D2"]},
    ],
    "PROC-2": [
        {"kind": CONTACTS, "direct_contacts__agreed": code} for code in ("", "no_answer", "refused", "not_asked")
    ]
    # Only a government can invite.
    + [{"kind": CONTACTS, "direct_contacts__agreed": "invite", "group": group} for group in ("workers", "employers")],
    "WILL-1": [{"political_will__wanted": code} for code in ("", "not_yet", "cannot_say")],
    "WILL-2": [
        {"political_will__signs": ["bill"]},
        {"political_will__signs": []},
        {"political_will__signs": ["nothing"]},
        {"political_will__signs": ["bill", "nothing"]},
        {"political_will__described": ""},
        {"typed": ["political_will__described"]},
    ],
    "REL-1": [{"blank": ["Q13"]}, {"labour_relations__improved": "A little"}],
    "REL-2": [{"blank": ["Q14"]}],
    "REL-3": [{"labour_relations__parties": "not_asked"}],
    "FUND-1": [{"funding__costs": ["lodging"], "funding__payers": ["none"]}],
    "FUND-2": [{"funding__costs": [code]} for code in sorted(means.OUTSIDE_COSTS)]
    + [{"funding__costs": ["time_only", "venue"]}],
    "RAT-1": [{"ratifications": [C087]}, {"ratifications": [C087, C098]}],
    "RAT-2": [{"ratifications": [MISSING_C087]}, {"ratifications": [DENOUNCED_C087]}],
    "RAT-3": [{"ratifications": [UNKNOWN_C098]}, {"ratifications": [C087, UNKNOWN_C098]}],
    "ROUTE-1": [{}, {"station": None}, {"station": HEADQUARTERS}, {"empty": True}],
}

# By rule: changes that leave it silent, the nearest to firing that there are.
SILENT: dict[str, list[Change]] = {
    "TYPE-1": [{"kind": "seminar"}, {"kind": VISIT}],
    "SPEC-1": [{}, {"blank": ["A3"], "seminar__audience_text": "Judges"}, {"kind": VISIT, "empty": True}],
    "SPEC-2": [{}, {"seminar__outcome": "x" * 20}, {"kind": LAW, "empty": True}],
    "SPEC-3": [{}, {"blank": ["A6"], "seminar__issues_text": "Registration"}, {"kind": OPINION, "empty": True}],
    "MIS-1": [{"kind": VISIT}, {"kind": VISIT, "visit__who": "office"}, {"kind": "seminar", "empty": True}],
    "MIS-2": [{"kind": CONTACTS}, {"kind": LAW, "empty": True}],
    "MIS-3": [{"kind": CONTACTS}, {"kind": OPINION, "empty": True}],
    "VIS-1": [{"kind": VISIT}, {"kind": CONTACTS, "empty": True}],
    "OPIN-1": [{"kind": OPINION}, {"kind": OPINION, "provision__pending": "unknown"}, {"kind": OPINION, "empty": True}],
    "OPIN-2": [{"kind": OPINION}, {"kind": OPINION, "provision__instrument": "R143"}, {"empty": True}],
    "OPIN-3": [{"kind": OPINION}, {"empty": True}],
    "OPIN-4": [{"kind": OPINION}, {"kind": OPINION, "provision__question": "x" * 15}, {"empty": True}],
    "LAW-1": [
        {"kind": LAW},
        {"kind": LAW, "draft_law__link": "", "draft_law__sent_by": "email"},
        {"kind": LAW, "draft_law__link": "", "draft_law__sent_by": "post"},
        {"kind": LAW, "draft_law__sent_by": "not_yet"},
        {"kind": OPINION, "empty": True},
    ],
    "LAW-2": [{"kind": LAW}, {"kind": VISIT, "empty": True}],
    "PROC-1": [{"kind": CONTACTS}, {"kind": VISIT, "empty": True}],
    "PROC-2": [
        {"kind": CONTACTS, "direct_contacts__agreed": "yes"},
        {"kind": CONTACTS, "direct_contacts__agreed": "invite", "group": "government"},
        {"kind": VISIT, "empty": True},
    ],
    "WILL-1": [{}, {"political_will__wanted": "clearly"}],
    "WILL-2": [
        {},
        {"political_will__signs": TWO_SIGNS},
        # One finding about political will is enough.
        {"political_will__signs": [], "political_will__wanted": "not_yet"},
        {"empty": True},
    ],
    "REL-1": [{}, {"labour_relations__improved": "x" * 20}],
    "REL-2": [{}],
    "REL-3": [{"labour_relations__parties": code} for code in ("", "all", "some", "no")],
    "FUND-1": [
        {"funding__costs": ["lodging"], "funding__payers": ["donor"]},
        {"funding__costs": ["lodging"], "funding__payers": []},
        {"funding__costs": ["travel"], "funding__payers": ["none"]},
    ],
    "FUND-2": [
        {},
        {"funding__costs": []},
        {"funding__costs": ["unknown"]},
        {"funding__costs": ["venue"], "funding__payers": ["none"]},
    ],
    "RAT-1": [{"ratifications": []}, {"ratifications": [C087, UNKNOWN_C098]}, {"ratifications": [MISSING_C087]}],
    "RAT-2": [{"ratifications": []}, {"ratifications": [C087]}, {"ratifications": [UNKNOWN_C098]}],
    "RAT-3": [{"ratifications": []}, {"ratifications": [C087, MISSING_C087]}],
    "ROUTE-1": [{"on": date(2025, 12, 31)}],
}


def each(cases: dict[str, list[Change]]) -> list[Any]:
    return [
        pytest.param(rule, change, id=f"{rule}-{number}")
        for rule, changes in cases.items()
        for number, change in enumerate(changes)
    ]


def test_every_rule_is_shown_both_ways() -> None:
    assert set(FIRES) == set(SILENT) == set(RULES)
    assert all(FIRES.values()) and all(SILENT.values())


@pytest.mark.parametrize(("rule", "change"), each(FIRES))
def test_the_rule_fires(rule: str, change: Change) -> None:
    found = RULES[rule].examine(facts(**change))
    assert found is not None
    assert (found.rule, found.version, found.level) == (rule, RULES[rule].version, RULES[rule].level)


@pytest.mark.parametrize(("rule", "change"), each(SILENT))
def test_the_rule_is_silent(rule: str, change: Change) -> None:
    assert RULES[rule].examine(facts(**change)) is None


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_speaks_of_a_request_filed_before_its_day(rule: str) -> None:
    for change in FIRES[rule]:
        assert RULES[rule].examine(facts(**{**change, "on": date(2025, 12, 31)})) is None
        assert RULES[rule].examine(facts(**{**change, "on": FIRST_RULES})) is not None


def test_a_number_is_asked_only_where_a_procedure_is_named() -> None:
    found = {
        change: RULES["PROC-1"].examine(facts(CONTACTS, direct_contacts__procedure=change, direct_contacts__number=""))
        for change in ("", "none", "cfa")
    }
    assert {code: (hit.question, hit.params["variant"]) for code, hit in found.items() if hit} == {
        "": ("D1", "none"),
        "none": ("D1", "none"),
        "cfa": ("D2", "number"),
    }


def test_rules_and_options_agree_on_their_codes() -> None:
    assert means.OUTSIDE_COSTS == OUTSIDE_COSTS
    assert will.NOTHING_SO_FAR == NOTHING_SO_FAR in dict(SIGNS)
