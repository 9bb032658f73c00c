"""Facts for the rules, without a database: answers stand in unsaved sections, so what is open is judged as in life."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, NOT_SURE, OPINION, SEMINAR, VISIT
from requests_app.models import Request
from requests_app.models.sections.base import Answered, left_open
from requests_app.models.sections.registry import sections_of
from requests_app.rules.facts import Facts, Ratified, Station
from requests_app.rules.finding import Finding

TODAY = date(2026, 11, 20)
FIVE = (SEMINAR, DRAFT_LAW, OPINION, DIRECT_CONTACTS, VISIT)
SIX = (*FIVE, NOT_SURE)
SENTENCE = "One sentence that is long enough for every question."
YAOUNDE = Station("YAO", "Yaoundé", "high", False, False)
HEADQUARTERS = Station("GVA", "Geneva", "high", False, True)
C087 = Ratified("C087", "ratified", "1960-06-07", "2024", "high")
C098 = Ratified("C098", "ratified", "1962", "2023-07", "medium")
MISSING_C087 = Ratified("C087", "not_ratified", "", "2024", "high")
DENOUNCED_C087 = Ratified("C087", "denounced", "1960-06-07", "2024", "high")
UNKNOWN_C098 = Ratified("C098", "unknown", "", "2023-07", "")

COMPLETE: Mapping[str, Mapping[str, Any]] = {
    "request": {"title": "Registration of unions in the health sector"},
    "situation": {"happening": SENTENCE, "issues": ["forming"]},
    "conventions": {"instruments": ["C087"], "ratification": "no", "commented": "no"},
    "political-will": {"wanted": "partly", "signs": ["statement", "talks"], "described": SENTENCE},
    "labour-relations": {"improved": SENTENCE, "settled": SENTENCE, "parties": "all"},
    "seminar": {
        "form": "seminar",
        "purpose": "principles",
        "audience": ["judges"],
        "outcome": SENTENCE,
        "issues": ["forming"],
        "taking_part": ["workers"],
    },
    "draft-law": {
        "text_title": "Bill on trade unions",
        "stage": "drafting",
        "link": "https://example.org/bill",
        "provisions": "the whole text",
        "consulted": "yes",
        "improvement": SENTENCE,
    },
    "provision": {
        "instrument": "C087",
        "article": "Article 2",
        "question": SENTENCE,
        "background": SENTENCE,
        "pending": "no",
    },
    "direct-contacts": {"procedure": "cfa", "number": "Case No. 1234", "agreed": "yes"},
    "visit": {
        "received": "yes",
        "improvement": SENTENCE,
        "who": "office",
        "come_from": "any",
        "result": SENTENCE,
    },
    "help-imagined": {"imagined": SENTENCE},
    "funding": {"costs": ["time_only"]},
    "people": {"name": "Ada", "function": "Secretary", "email": "ada@example.org", "may_know": "only_office"},
}


def parts_of(kind: str, answers: Mapping[str, Mapping[str, Any]]) -> list[Answered]:
    """The request and the sections of `kind`, unsaved, with `answers` by section and field."""
    made: list[Answered] = []
    for model in (Request, *sections_of(kind)):
        part = model(kind=kind, country_id="CM") if model is Request else model()
        for name, value in answers.get(model.slug, {}).items():
            part.answer(name).write(part, value)
        made.append(part)
    return made


def facts(
    kind: str = SEMINAR,
    *,
    group: str = "workers",
    on: date = TODAY,
    ratifications: Iterable[Ratified] = (C087,),
    station: Station | None = YAOUNDE,
    blank: Iterable[str] = (),
    typed: Iterable[str] = (),
    empty: bool = False,
    **answers: Any,
) -> Facts:
    """A complete request, changed: `seminar__people="40"` answers, `blank=["A3"]` leaves a question open.

    `typed=["seminar__people"]`: what stands there could not be understood. `empty`: nothing is answered.
    """
    parts = parts_of(kind, {} if empty else COMPLETE)
    _leave_open(parts, set(blank))
    for name, value in answers.items():
        _write(parts, name, value)
    for name in typed:
        _write(parts, name, None)
    held = tuple(ratifications)
    unasked = frozenset() if any(row.status in ("not_ratified", "denounced") for row in held) else frozenset({"Q6"})
    return Facts(
        on=on,
        kind=kind,
        group=group,
        country="CM",
        answers={part.slug: part.answers() for part in parts},
        open=frozenset(question.id for part in parts for question in left_open(part, kind, unasked)),
        ratifications=held,
        station=station,
        unasked=unasked,
    )


def _write(parts: list[Answered], name: str, value: Any) -> None:
    """Put `value` where `name` says, if the kind asks for that section; None stands for what nobody understands."""
    slug, _sign, field = name.partition("__")
    slug = slug.replace("_", "-")
    assert slug in COMPLETE, f"no section {slug}"
    for part in parts:
        if part.slug == slug:
            part.answer(field).write(part, part.answer(field).blank_value() if value is None else value)
            if value is None:
                part.raw[field] = "what nobody understands"


def _leave_open(parts: list[Answered], questions: set[str]) -> None:
    for part in parts:
        for question in part.questions:
            if question.id in questions:
                questions.remove(question.id)
                for name in question.fields:
                    part.answer(name).write(part, part.answer(name).blank_value())
    assert not questions, f"not asked: {questions}"


def ids(findings: Iterable[Finding], *levels: str) -> list[str]:
    """The rules that fired, of these levels or of all."""
    return [found.rule for found in findings if not levels or found.level in levels]
