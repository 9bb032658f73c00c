"""All rules together: order, counts, sentences for whatever may be chosen, and no typed text in any finding."""

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.catalogue import places
from requests_app.models.fields import Line, One, Range, Some
from requests_app.models.sections.registry import sections_of
from requests_app.rules.examine import count, examine, in_order
from requests_app.rules.facts import Facts, Ratified, Station
from requests_app.rules.finding import CLARIFY, IN_ORDER, LEVELS, MISSING, NOTE, Finding, Source
from requests_app.rules.registry import RULES, rule, rules_digest
from requests_app.rules.sentences import asking, sentence
from requests_app.rules.sources import DOCUMENTS, cite
from tests.rules.pictures import MISSING_C087, SIX, facts, ids

ORDER = [
    *("TYPE-1", "SPEC-1", "SPEC-2", "SPEC-3", "MIS-1", "MIS-2", "MIS-3", "VIS-1", "OPIN-2", "OPIN-3", "OPIN-4"),
    *("LAW-2", "LAW-1", "OPIN-1", "PROC-1", "PROC-2", "WILL-1", "WILL-2", "REL-1", "REL-2", "REL-3"),
    *("FUND-1", "FUND-2", "RAT-1", "RAT-2", "RAT-3", "ROUTE-1"),
]


def test_findings_stand_by_level_and_then_in_the_order_of_the_rules() -> None:
    picture = facts("direct_contacts", empty=True, ratifications=[MISSING_C087], funding__costs=["venue"])
    assert ids(examine(picture)) == [
        *("MIS-1", "MIS-2", "MIS-3", "PROC-1", "REL-1", "REL-2", "FUND-2"),
        *("PROC-2", "WILL-1"),
        *("RAT-2", "ROUTE-1"),
    ]
    assert [rule.id for rule in in_order()] == ORDER
    assert list(LEVELS) == [MISSING, CLARIFY, NOTE, IN_ORDER]


def test_counts_are_by_level() -> None:
    findings = examine(facts("direct_contacts", empty=True, ratifications=[MISSING_C087], funding__costs=["venue"]))
    assert [count(findings, level) for level in LEVELS] == [7, 2, 1, 1]


def test_a_finding_has_no_score_and_no_verdict() -> None:
    names = {field.name for field in dataclasses.fields(Finding)}
    assert names == {"rule", "version", "level", "question", "params", "evidence"}


def test_no_level_rejects_and_no_sentence_judges_a_state() -> None:
    said = " ".join(str(text) for found in RULES.values() for text in found.sentences.values()).casefold()
    assert not [word for word in ("violat", "breach", "reject", "refus", "score", "must not") if word in said]


@st.composite
def answers(draw: st.DrawFn, kind: str, text: st.SearchStrategy[str]) -> dict[str, Any]:
    """Any codes of the options and any of `text`, for every field of every section of `kind`."""
    given_answers: dict[str, Any] = {}
    for model in sections_of(kind):
        for name in model.answer_names():
            field = model.answer(name)
            if isinstance(field, One):
                value: Any = draw(st.sampled_from(["", *dict(field.options)]))
            elif isinstance(field, Some):
                codes = list(dict(field.options)) or ["case-1234"]  # Q8 has its options from the record
                chosen = draw(st.sets(st.sampled_from(codes)))
                value = [code for code in codes if code in chosen]
            elif isinstance(field, Line) and not isinstance(field, Range):
                value = draw(text)
            else:
                continue
            given_answers[f"{model.slug.replace('-', '_')}__{name}"] = value
    return given_answers


RATIFIED = st.builds(
    Ratified,
    st.sampled_from(["C011", "C087", "C098", "C154"]),
    st.sampled_from(["ratified", "not_ratified", "denounced", "unknown"]),
    st.sampled_from(["", "1960", "1960-06-07"]),
    st.sampled_from(["", "2024", "2023-07", "2024-02-29"]),
    st.sampled_from(["", "low", "medium", "high"]),
)
STATION = st.none() | st.builds(
    Station, st.just("YAO"), st.just("Yaoundé"), st.sampled_from(["low", "high"]), st.booleans(), st.booleans()
)


@st.composite
def pictures(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Facts:
    kind = draw(st.sampled_from(SIX))
    return facts(
        kind,
        group=draw(st.sampled_from(["workers", "employers", "government"])),
        on=draw(st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 1, 1))),
        ratifications=draw(st.lists(RATIFIED, max_size=4, unique_by=lambda row: row.code)),
        station=draw(STATION),
        **draw(answers(kind, text)),
    )


@given(pictures(st.sampled_from(["", "short", "a text that is long enough for everything"])))
def test_whatever_is_chosen_is_examined_said_and_stored(picture: Facts) -> None:
    findings = examine(picture)
    known = places(picture.kind)
    assert len(set(ids(findings))) == len(findings)
    for found in findings:
        assert sentence(found.rule, found.params) and "%" not in sentence(found.rule, found.params)
        assert "%" not in asking(found.rule, found.params)
        assert bool(asking(found.rule, found.params)) == (found.level in (MISSING, CLARIFY))
        assert found.question in known or found.rule == "ROUTE-1"
        stored = json.loads(json.dumps(dict(found.params)))
        assert sentence(found.rule, stored) == sentence(found.rule, found.params)
        assert all(isinstance(place, str) for place in found.evidence)


@given(pictures(st.text("äbcdefghij", min_size=25, max_size=40).map(lambda text: f"canary {text}")))
def test_canary_no_typed_text_is_in_any_finding(picture: Facts) -> None:
    assert "canary" in repr(picture.answers)
    findings = examine(picture)
    assert "canary" not in repr(findings)
    assert not [found for found in findings if "canary" in sentence(found.rule, found.params)]


def variants() -> list[tuple[str, str]]:
    return [(found.id, variant) for found in RULES.values() for variant in found.sentences]


@pytest.mark.parametrize(("name", "variant"), variants())
def test_every_variant_of_a_sentence_can_be_said(name: str, variant: str) -> None:
    params = {"instruments": [["C087", "1960-06-07"], ["C098", ""]], "list_date": "2023-07"}
    params |= {"units": [["branch", "", "full"], ["actemp", "", "informed"], ["station", "Yaoundé", "full"]]}
    said = sentence(name, {**params, "variant": variant})
    assert said.endswith(".") and said[0].isupper() and "%" not in said and "  " not in said


@pytest.mark.parametrize("name", RULES)
def test_every_rule_says_what_it_looks_for_and_where_that_stands(name: str) -> None:
    found = RULES[name]
    assert found.about.strip() and found.source.document in DOCUMENTS and cite(found.source)
    assert set(found.ask) <= set(found.sentences)
    assert bool(found.ask) == (found.level in (MISSING, CLARIFY))


def test_a_finding_of_a_rule_of_former_days_can_still_be_read() -> None:
    assert "OLD-9" in sentence("OLD-9", {"variant": "gone"})
    assert asking("OLD-9", {}) == ""


def test_a_rule_cannot_be_registered_twice_or_at_a_level_of_its_own() -> None:
    before = (dict(RULES), rules_digest())
    with pytest.raises(ValueError, match="TYPE-1"):
        rule("TYPE-1", level=NOTE, source=Source("000", "x"), sentence="x")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="NEW-1"):
        rule("NEW-1", level="score", source=Source("000", "x"), sentence="x")  # type: ignore[arg-type]
    assert (dict(RULES), rules_digest()) == before


def test_a_slip_in_the_name_of_an_answer_is_noticed() -> None:
    with pytest.raises(KeyError):
        facts().answer("seminar", "adience")
    with pytest.raises(KeyError):
        facts("visit").answer("seminar", "audience")
