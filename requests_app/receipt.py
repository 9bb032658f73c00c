"""A request as it stood when it was sent, rebuilt from its first revision: what later answers changed is not in it."""

import copy
from collections.abc import Mapping
from typing import Any

from requests_app.models import Answered, Request, Revision
from requests_app.models.request import RAW
from requests_app.models.sections.registry import sections_of


def first_revision(request: Request) -> Revision | None:
    """What was stored with the sending. One query."""
    return request.revisions.filter(event__action="send").select_related("event").first()


def as_sent(request: Request, revision: Revision) -> Request:
    """A copy of `request` that answers as it was sent; nobody saves it. `request` was loaded for its reader."""
    return as_answered(request, revision.answers)


def as_answered(request: Request, answers: Mapping[str, Any]) -> Request:
    """A copy of `request` with these answers (by section and field) and no others; nobody saves it."""
    then = copy.copy(request)
    _answer(then, answers.get(Request.slug, {}))
    for model in sections_of(then.kind):
        section = model()
        _answer(section, answers.get(model.slug, {}))
        setattr(then, model.accessor(), section)
    return then


def _answer(part: Answered, answers: Mapping[str, Any]) -> None:
    """Put stored answers into an unsaved part; a field that the questions do not know any more is left out."""
    part.raw = dict(answers.get(RAW, {}))
    for name in part.answer_names():
        if name in answers:
            field = part.answer(name)
            field.write(part, field.to_python(answers[name]))  # type: ignore[attr-defined]
