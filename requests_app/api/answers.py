"""Answers as JSON: one shape for each kind of field, made from the questions, strict in what it takes.

A day is 2027-03-15, a month 2025-03, an amount a text with a point ("12000.50"), so that no program rounds it. What a
page keeps as it was typed (`raw`) is shown beside the answers and never taken: a machine is told what is wrong.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from api.description import NO_ZERO
from api.problems import Problem, Wrong
from base.form_fields import LineField
from requests_app.models import Part
from requests_app.models.access import Sight
from requests_app.models.fields import (
    Amount,
    Answer,
    CountryKey,
    Day,
    Line,
    Month,
    Needed,
    Number,
    Range,
    Some,
    Telephone,
)
from requests_app.models.question import SIGHT, Question
from requests_app.models.sections.base import shown

NOT_UNDERSTOOD: Final = "not_understood"
NO_FIELD: Final = _("There is no such field here.")
NO_SECTION: Final = _("The kind of help does not ask for this section.")
WRONG_TYPE: Final = _("This is not of the type that the description names.")
Schema = dict[str, Any]

_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MONTH: Final = r"^[0-9]{4}-[0-9]{2}$"
_AMOUNT: Final = r"^[0-9]{1,10}(\.[0-9]{1,2})?$"
_RANGE: Final = r"^([1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?)?$"
_TELEPHONE: Final = r"^(\+[0-9][0-9 ().\-/]{4,})?$"
_PATTERNS: Final[dict[type[Answer], str]] = {
    Day: _DAY,
    Month: _MONTH,
    Amount: _AMOUNT,
    Range: _RANGE,
    Telephone: _TELEPHONE,
}
# What is of the type and still no day or month is refused with a sentence of its own; the description knows it too.
_DESCRIBED: Final[dict[type[Answer], Schema]] = {
    Day: {"format": "date", "pattern": "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"},
    Month: {"pattern": "^(1919|19[2-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])$"},
}


def to_json(field: Answer, value: Any) -> Any:
    """A stored answer as JSON; null where there is none."""
    if value in ("", None):
        return None
    if isinstance(field, Month) and isinstance(value, date):
        return f"{value.year:04}-{value.month:02}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def read_part(part: Part, kind: str, sight: Sight) -> dict[str, Any]:
    """The answers of a section that this reader may see, by field; empty for one that was never saved."""
    if not part.version and not part.raw and part.pk is None:
        return {}
    names = [name for question in readable_questions(part, kind, sight) for name in question.fields]
    found = {name: to_json(part.answer(name), part.answer(name).read(part)) for name in names}
    if raw := {name: part.raw[name] for name in names if name in part.raw}:
        found[NOT_UNDERSTOOD] = raw
    return found


def readable_questions(part: Part | type[Part], kind: str, sight: Sight) -> list[Question]:
    """The questions of a section that this reader may see."""
    return [q for q in shown(part, kind) if sight.sensitive or q.readers != SIGHT]


def understood(part: Part, questions: list[Question], sent: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """What was sent as answers to store. `whole`: what is not sent is answered with nothing.

    Raises Problem invalid with every field that cannot be accepted.
    """
    known = {name: question for question in questions for name in question.fields}
    wrong = [Wrong(name, "unknown", str(NO_FIELD)) for name in sent if name not in known and name != NOT_UNDERSTOOD]
    if not isinstance(sent.get(NOT_UNDERSTOOD, {}), dict):
        wrong.append(Wrong(NOT_UNDERSTOOD, "type", str(WRONG_TYPE)))
    found: dict[str, Any] = {}
    for name, question in known.items():
        if name not in sent and not (whole and is_needed(part.answer(name))):
            if whole:
                found[name] = part.answer(name).blank_value()
            continue
        try:
            found[name] = _understand(part, name, question, sent.get(name))
        except ValidationError as error:
            wrong += [Wrong(name, str(one.code or "invalid"), str(one.messages[0])) for one in error.error_list]
    if wrong:
        raise Problem("invalid", errors=wrong)
    return found


def is_needed(field: Answer) -> bool:
    """Whether a row cannot be without it, so that null is no answer and to replace means to name it."""
    return isinstance(field, Needed | CountryKey)


def _understand(part: Part, name: str, question: Question, value: Any) -> Any:
    field = part.answer(name)
    if value is None:
        value = field.to_form(field.blank_value())
    elif not _fits(field, value):
        raise ValidationError(str(WRONG_TYPE), code="type")
    elif isinstance(field, Month):
        value = f"{int(value[5:])} {value[:4]}"
    asked = part.answer_field(name, question.errors)
    if isinstance(asked, LineField):
        asked.check_length(value)  # as it was sent: the limit is that of the description
    return asked.clean(value)


def _fits(field: Answer, value: Any) -> bool:
    """Whether the JSON value has the type of the field."""
    if isinstance(field, Some):
        return isinstance(value, list) and all(isinstance(one, str) for one in value) and len(set(value)) == len(value)
    if isinstance(field, Number):
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9
    pattern = next((text for cls, text in _PATTERNS.items() if isinstance(field, cls)), NO_ZERO)
    # “$” alone would let a line end pass behind a number or a day.
    return isinstance(value, str) and bool(re.fullmatch(pattern, value, re.ASCII))


def schema_of(field: Answer, name: str) -> Schema:
    """The description of a field's JSON. Its choices have this name."""
    options = [code for code, _label in getattr(field, "options", ())]
    chosen: Schema = {"title": name, "enum": options}
    if isinstance(field, Some):
        items: Schema = {"type": "string", **(chosen if options else {"maxLength": 60})}
        most = field.most or len(options)
        held = {"type": ["array", "null"], "items": items, "uniqueItems": True}
        return {**held, **({"maxItems": most} if most else {})}
    if isinstance(field, CountryKey):
        return {"type": "string", "pattern": "^[A-Z]{2}$"}
    if isinstance(field, Needed):
        return {"type": "string", **chosen}
    if isinstance(field, Number):
        return {"type": ["integer", "null"], "minimum": field.low, "maximum": field.high}
    if options:
        return {"oneOf": [{"type": "string", **chosen}, {"type": "null"}]}
    pattern = next((text for cls, text in _PATTERNS.items() if isinstance(field, cls)), NO_ZERO)
    limit = {"maxLength": field.limit} if isinstance(field, Line) else {}
    described = next((more for cls, more in _DESCRIBED.items() if isinstance(field, cls)), {})
    return {"type": ["string", "null"], "pattern": pattern, **limit, **described}
