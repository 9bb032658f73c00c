"""The catalogue of questions: each once, where it belongs, asked of those whom it concerns."""

from typing import Any

import pytest

from requests_app.catalogue import places
from requests_app.kinds import KINDS
from requests_app.models import Answered, Request, StoredFinding
from requests_app.models.fields import Answer, Line, Needed, One, Some
from requests_app.models.question import SIGHT, Question
from requests_app.models.sections.base import asked, is_answered, left_open, missing_to_send, shown
from requests_app.models.sections.direct_contacts import DirectContacts
from requests_app.models.sections.funding import Funding
from requests_app.models.sections.people import People
from requests_app.models.sections.political_will import PoliticalWill
from requests_app.models.sections.registry import ALL_SECTIONS, BY_SLUG, GROUPS, group_sections, sections_of
from requests_app.models.sections.seminar import AUDIENCES, TAKING_PART
from requests_app.models.sections.situation import Situation
from requests_app.models.sections.visit import Visit
from requests_app.rules.registry import RULES
from tests.questions.wordings import PARTS, QUESTIONS

# Section: its questions in the order of the page; ○ marks those that may stay empty, ! those needed to send.
EXPECTED = {
    "request": "N2 N3 N4!",
    "situation": "Q1! Q2○ Q3○ Q4 U1○",
    "conventions": "Q5 Q6 Q7 Q8○",
    "political-will": "Q9 Q10 Q11 Q12○",
    "labour-relations": "Q13 Q14 Q15 Q16○",
    "seminar": "A1 A2 A3 A4○ A5 A6 A7○ A8○ A9",
    "draft-law": "B1 B2 B3 B4○ B5 B6 B7○ B8○ B9",
    "provision": "C1 C2 C3 C4 C5 C6○",
    "direct-contacts": "D1 D2 D3",
    "visit": "E1 E2 M1 M2 M3 M4○ M5○ M6○",
    "help-imagined": "X1",
    "funding": "K1 K2 K3 K4○",
    "people": "P1! P2○ P3! P4○",
}
BEFORE, AFTER = ["situation", "conventions", "political-will", "labour-relations"], ["funding", "people"]
OF_KIND = {
    "seminar": ["seminar"],
    "draft_law": ["draft-law"],
    "opinion": ["provision"],
    "direct_contacts": ["direct-contacts", "visit"],
    "visit": ["visit"],
    "not_sure": ["help-imagined"],
}
# Field: characters at least (less counts as left open) and at most.
LIMITS = {
    "N4": (5, 120),
    "Q1": (30, 4000),
    "Q11": (0, 1500),
    "Q12": (0, 1000),
    "Q13": (20, 1500),
    "Q14": (20, 1500),
    "Q16": (0, 1500),
    "A5": (20, 1500),
    "B1": (5, 300),
    "B5": (3, 1000),
    "C2": (0, 60),
    "C3": (15, 500),
    "C4": (20, 2000),
    "D2": (0, 60),
    "M3": (20, 1500),
    "M4": (0, 1500),
    "M6": (0, 1000),
}
by_question = pytest.mark.parametrize(("part", "question"), QUESTIONS, ids=lambda found: getattr(found, "id", ""))
BY_ID = {question.id: (part, question) for part, question in QUESTIONS}


def mark(question: Question) -> str:
    return question.id + ("!" if question.blocks else "○" if question.optional else "")


def test_every_question_stands_where_it_belongs() -> None:
    assert {part.slug: " ".join(map(mark, part.questions)) for part in PARTS} == EXPECTED


def test_no_id_is_given_twice_and_each_fits_into_a_stored_finding() -> None:
    ids = [question.id for _part, question in QUESTIONS]
    assert len(ids) == len(set(ids))
    assert max(map(len, ids)) <= StoredFinding._meta.get_field("question").max_length
    assert max(map(len, RULES)) <= StoredFinding._meta.get_field("rule").max_length


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_every_field_of_a_section_belongs_to_exactly_one_question(part: type[Answered]) -> None:
    answers = [field.name for field in part._meta.get_fields() if isinstance(field, Answer)]
    assert sorted(part.answer_names()) == sorted(answers)


@by_question
def test_what_a_question_names_exists(part: type[Answered], question: Question) -> None:
    fields = set(question.fields)
    assert fields and all(isinstance(part.answer(name), Answer) for name in fields)
    assert set(question.labels) | set(question.needed) | set(question.blocks) <= fields
    assert question.kinds <= set(KINDS)
    assert bool(question.blocks) == bool(question.left_open)
    assert not (question.optional and question.blocks)
    if question.follows:
        lead: Any = part.answer(question.follows.field)
        assert question.follows.codes <= set(dict(lead.options)) and question.follows.field not in fields


@by_question
def test_each_control_of_a_group_has_a_label_and_own_errors_can_happen(
    part: type[Answered], question: Question
) -> None:
    unlabelled = set(question.fields) - set(question.labels)
    assert len(unlabelled) <= 1
    told = {code for name in question.fields if name != "country" for code in part.answer(name).answer_field({}).told}
    assert set(question.errors) <= told | {"empty", "not_listed"}


@pytest.mark.parametrize("kind", KINDS)
def test_sections_of_a_kind_in_the_order_of_the_task_list(kind: str) -> None:
    assert [section.slug for section in sections_of(kind)] == BEFORE + OF_KIND[kind] + AFTER
    grouped = [section for group in GROUPS for section in group_sections(group, kind)]
    assert tuple(grouped) == sections_of(kind)


def test_every_section_is_asked_of_some_kind_and_has_its_own_address() -> None:
    assert {section for kind in KINDS for section in sections_of(kind)} == set(ALL_SECTIONS)
    assert len(BY_SLUG) == len(ALL_SECTIONS)
    reserved = {
        "new",
        "check",
        "send",
        "letters",
        "answer",
        "withdraw",
        "preview",
        "print",
        "delete",
        "share",
        "request",
    }
    assert not set(BY_SLUG) & reserved


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_question_of_a_rule_is_asked_of_the_kinds_of_the_rule(rule: Any, kind: str) -> None:
    if rule.question and (not rule.kinds or kind in rule.kinds):
        assert rule.question in places(kind)


def test_places_lead_to_the_first_control() -> None:
    found = places("direct_contacts")
    assert found["D2"].section is DirectContacts and found["D2"].anchor == "id_number"
    assert "E1" not in found and "E2" not in found and "M1" in found
    assert "E2" in places("visit") and "D1" not in places("visit")


@by_question
def test_options_are_stable_codes_each_once(part: type[Answered], question: Question) -> None:
    for name in question.fields:
        field = part.answer(name)
        if isinstance(field, (One, Some)):
            codes = [code for code, _label in field.options]
            assert len(codes) == len(set(codes)) and len({str(label) for _code, label in field.options}) == len(codes)
            for code in codes:
                # Instruments and currencies have codes of their own in the world.
                assert code == code.lower() or name in ("instrument", "instruments", "currency")
                assert code.replace("_", "").isascii() and code.replace("_", "").isalnum() and len(code) <= 40


def test_sending_needs_these_answers_and_the_organization_and_the_declaration() -> None:
    blocking = {name for _part, question in QUESTIONS for name in question.blocks}
    assert blocking == {"title", "happening", "email", "may_know"}
    for name in ("kind", "country"):
        assert Request.answer(name).keeps_typed_text is False
    assert isinstance(Request.answer("kind"), Needed)


def test_who_has_no_sight_reads_neither_objections_nor_safety_nor_contacts() -> None:
    assert {question.id for _part, question in QUESTIONS if question.readers == SIGHT} == {"Q12", "M6", "P1", "P2"}


@pytest.mark.parametrize(("question", "limits"), LIMITS.items())
def test_lengths(question: str, limits: tuple[int, int]) -> None:
    part, found = BY_ID[question]
    field: Any = part.answer(found.fields[0])
    assert isinstance(field, Line) and (field.minimum, field.limit) == limits


def test_other_limits() -> None:
    issues: Any = Situation.answer("issues")
    assert issues.most == 5 and len(issues.options) == 12
    people, nights = Funding.answer("lodging_people"), Funding.answer("lodging_nights")
    assert [(field.low, field.high) for field in (people, nights)] == [(1, 5000), (1, 60)]  # type: ignore[attr-defined]
    ahead = [
        (q.id, part.answer(name).ahead)
        for part, q in QUESTIONS
        for name in q.fields
        if hasattr(part.answer(name), "ahead")
    ]
    assert ahead == [("U1", 3), ("A7", 3), ("B7", 3), ("C6", 3), ("D3", 0), ("M5", 3)]


def test_the_audiences_and_those_who_take_part_are_those_named() -> None:
    assert [code for code, _label in AUDIENCES] == [
        *("judges", "lawyers", "educators", "labour_ministry", "parliament", "employers", "workers", "reporting")
    ]
    assert [code for code, _label in TAKING_PART] == ["government", "employers", "workers", "others"]


def test_who_may_know_has_two_answers_and_the_remark_is_none() -> None:
    may_know: Any = People.answer("may_know")
    assert list(dict(may_know.options)) == ["others", "only_office"]
    assert "P3" in {question.id for question in missing_to_send(People(may_know_text="Only Ada"))}


def open_ids(part: Answered, kind: str, unasked: frozenset[str] = frozenset()) -> set[str]:
    return {question.id for question in left_open(part, kind, unasked)}


def test_a_follow_up_counts_only_when_its_lead_asks_for_it() -> None:
    assert "Q11" not in open_ids(PoliticalWill(wanted="not_yet", signs=["nothing"]), "visit")
    assert "Q11" in open_ids(PoliticalWill(signs=["bill", "nothing"]), "visit")
    assert open_ids(Funding(costs=["time_only"]), "visit") == set()
    assert open_ids(Funding(costs=["lodging"]), "visit") == {"K2", "K3"}
    assert open_ids(Funding(costs=["lodging"], payers=["we"], lodging_people=3), "visit") == {"K2"}
    assert open_ids(DirectContacts(procedure="none", agreed="not_asked"), "direct_contacts") == set()
    assert open_ids(DirectContacts(procedure="other", agreed="not_asked"), "direct_contacts") == {"D2"}


def test_questions_of_another_kind_and_those_that_facts_rule_out_do_not_count() -> None:
    assert open_ids(Visit(), "visit") == {"E1", "E2", "M1", "M2", "M3"}
    assert open_ids(Visit(), "direct_contacts") == {"M1", "M2", "M3"}
    conventions = BY_SLUG["conventions"](instruments=["C087"], commented="no")
    assert open_ids(conventions, "visit") == {"Q6"}
    assert open_ids(conventions, "visit", frozenset({"Q6"})) == set()
    assert "Q6" not in {question.id for question in shown(conventions, "visit", frozenset({"Q6"}))}


@pytest.mark.parametrize(
    ("section", "answers", "question"),
    [
        (Situation, {"issues_other": "Something else"}, "Q4"),
        (BY_SLUG["conventions"], {"recommendations": "R.143"}, "Q5"),
        (BY_SLUG["conventions"], {"instruments": ["not_sure"]}, "Q5"),
        (BY_SLUG["seminar"], {"audience_text": "Judges"}, "A3"),
        (BY_SLUG["seminar"], {"issues_text": "x"}, "A6"),
        (BY_SLUG["draft-law"], {"sent_by": "not_yet"}, "B3"),
        (PoliticalWill, {"wanted": "not_yet"}, "Q9"),
        (Visit, {"who": "office"}, "M1"),
    ],
)
def test_not_yet_and_not_sure_and_own_words_are_answers(section: Any, answers: dict[str, Any], question: str) -> None:
    _part, found = BY_ID[question]
    assert not is_answered(section(), found)
    assert is_answered(section(**answers), found)


def test_what_cannot_be_understood_is_no_answer() -> None:
    part = Situation(happening="x" * 30)
    assert open_ids(part, "visit") == {"Q4"}
    part.raw["happening"] = "x" * 5000
    assert open_ids(part, "visit") == {"Q1", "Q4"}
    assert {question.id for question in missing_to_send(part)} == {"Q1"}


@pytest.mark.parametrize(("length", "is_open"), [(29, True), (30, False), (4000, False)])
def test_a_text_under_its_least_length_counts_as_left_open(length: int, is_open: bool) -> None:
    part = Situation(happening="x" * length)
    assert ("Q1" in open_ids(part, "visit")) == is_open
    assert bool(missing_to_send(part)) == is_open


def test_follow_ups_stand_on_the_page_whatever_the_lead_says() -> None:
    assert "Q11" in {question.id for question in shown(PoliticalWill(), "visit")}
    assert "Q11" not in {question.id for question in asked(PoliticalWill(), "visit")}
