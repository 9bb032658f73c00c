"""A request as somebody reads it: answers by section, findings as sentences. The same for every door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise

from requests_app.catalogue import places
from requests_app.models import Answered, Document, Part, Request, StoredFinding
from requests_app.models.access import READ, Sight
from requests_app.models.question import SIGHT, Question, Wording
from requests_app.models.sections.base import asked, is_answered, shown
from requests_app.rules.finding import CLARIFY, COUNTED, IN_ORDER, LEVELS, MISSING, NOTE, Finding
from requests_app.rules.registry import RULES
from requests_app.rules.sentences import asking, sentence
from requests_app.rules.sources import cite

LOOKS = {MISSING: "bad", CLARIFY: "warn", NOTE: "note", IN_ORDER: "good"}


@dataclass(frozen=True)
class FindingLine:
    """A finding in the active language. `section` and `anchor` lead to its question, which reads `wording`.

    `key` is a stored one's.
    """

    key: str
    level: str
    word: Promise
    look: str
    sentence: str
    ask: str
    rule: str
    version: int
    source: str
    question: str
    section: str
    anchor: str
    wording: Wording


def finding_lines(findings: Iterable[Finding | StoredFinding], kind: str) -> list[FindingLine]:
    """The findings in the reader's words, in their order."""
    known = places(kind)
    lines = []
    for found in findings:
        rule, place = RULES.get(found.rule), known.get(found.question)
        lines.append(
            FindingLine(
                key=str(getattr(found, "uid", "")),
                level=found.level,
                word=LEVELS[found.level],
                look=LOOKS[found.level],
                sentence=sentence(found.rule, found.params),
                ask=asking(found.rule, found.params),
                rule=found.rule,
                version=found.version,
                source=cite(rule.source) if rule else "",
                question=found.question,
                section=place.section.slug if place else "",
                anchor=place.anchor if place else "",
                wording=place.question.wording if place else "",
            )
        )
    return lines


def count_line(findings: Iterable[Finding | StoredFinding | FindingLine]) -> str:
    """How many findings of each level, for example “1 missing · 2 to clarify · 2 in order”. No total, no score."""
    levels = [found.level for found in findings]
    return " · ".join(
        str(words % {"count": levels.count(level)}) for level, words in COUNTED.items() if level in levels
    )


def readable_documents(request: Request) -> list[Document]:
    """The documents that the person for whom `request` was loaded may know of, oldest first."""
    return request.documents_there if request.sight.documents & READ else []


@dataclass(frozen=True)
class Piece:
    """One field of an answer: its own label where it has one, and its text or its list of choices."""

    label: Wording
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerLine:
    """A question and what was answered; `open`: it counts and is left open, `unread`: it could not be understood."""

    question: Question
    pieces: tuple[Piece, ...]
    open: bool
    unread: bool = False


@dataclass(frozen=True)
class SectionLines:
    """A section with its answers."""

    part: Part
    lines: tuple[AnswerLine, ...]


def section_lines(request: Request, unasked: frozenset[str]) -> list[SectionLines]:
    """Every section of `request` with the answers that its reader may see. Load the request for that reader.

    `unasked` are the ids of questions that the facts rule out (`Facts.unasked`). What does not count any more, such as
    the follow-up of an answer that was changed, is left out when it is empty; nothing that was typed is hidden.
    """
    found = []
    for part in request.answered():
        counted = asked(part, request.kind, unasked)
        lines = [answer_line(part, question, counts=question in counted) for question in shown(part, request.kind)]
        found.append(SectionLines(part, tuple(line for line in lines if _is_read(line, counted, request.sight))))
    return found


def _is_read(line: AnswerLine, counted: list[Question], sight: Sight) -> bool:
    may_read = sight.sensitive or line.question.readers != SIGHT
    return may_read and (line.question in counted or bool(line.pieces))


def answer_line(part: Answered, question: Question, *, counts: bool = True) -> AnswerLine:
    """One question of a section as it is read; what could not be understood is shown as it was typed."""
    pieces = []
    for name in question.fields:
        field = part.answer(name)
        value = part.raw[name] if name in part.raw else field.shown(field.read(part))
        if value in ("", None, []):
            continue
        label = question.labels.get(name, "")
        if isinstance(value, list):
            pieces.append(Piece(label, "", tuple(str(choice) for choice in value)))
        else:
            pieces.append(Piece(label, _text(value)))
    is_open = counts and not question.optional and not is_answered(part, question)
    return AnswerLine(question, tuple(pieces), is_open, any(name in part.raw for name in question.fields))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value) if isinstance(value, (str, Promise)) else number_format(value, use_l10n=True)
