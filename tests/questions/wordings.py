"""Every wording of the catalogue of questions, with its place."""

from collections.abc import Iterator
from typing import Any

from requests_app.kinds import KINDS
from requests_app.models import Answered, Request
from requests_app.models.fields import One, Some
from requests_app.models.question import Question
from requests_app.models.sections.registry import ALL_SECTIONS, GROUPS
from requests_app.rules.finding import COUNTED, LEVELS
from requests_app.rules.registry import RULES
from requests_app.states import STATUSES, TRANSITIONS

PARTS: tuple[type[Answered], ...] = (Request, *ALL_SECTIONS)
QUESTIONS: list[tuple[type[Answered], Question]] = [(part, question) for part in PARTS for question in part.questions]


def named() -> list[Any]:
    """The questions with their ids, for parametrize."""
    return QUESTIONS


def wordings() -> Iterator[tuple[str, Any]]:
    """Place and text; the same texts that people read, before any translation."""
    for part in PARTS:
        yield f"{part.slug} heading", part.heading
        yield f"{part.slug} about", part.about
    for part, question in QUESTIONS:
        yield f"{question.id} wording", question.wording
        yield f"{question.id} hint", question.hint
        yield f"{question.id} left open", question.left_open
        yield from ((f"{question.id} label {name}", text) for name, text in question.labels.items())
        yield from ((f"{question.id} error {code}", text) for code, text in question.errors.items())
        for name in question.fields:
            field = part.answer(name)
            if isinstance(field, (One, Some)):
                yield from ((f"{question.id} {name} {code}", label) for code, label in field.options)
    for kind in KINDS.values():
        yield from ((f"{kind.slug} label", kind.label), (f"{kind.slug} explained", kind.explained))
    yield from ((f"group {number}", group.title) for number, group in enumerate(GROUPS))
    yield from ((f"level {level}", text) for level, text in LEVELS.items())
    yield from ((f"count {level}", text % {"count": 1}) for level, text in COUNTED.items())
    for rule in RULES.values():
        yield from ((f"{rule.id} says {variant}", text) for variant, text in rule.sentences.items())
        yield from ((f"{rule.id} asks {variant}", text) for variant, text in rule.ask.items())
        yield f"{rule.id} source", rule.source.place
    for status in STATUSES.values():
        yield from ((f"{status.slug} {name}", getattr(status, name)) for name in ("desk", "public", "next"))
    for move in TRANSITIONS:
        yield from ((f"{move.action} label", move.label), (f"{move.action} done", move.done))
