"""Starting again from a copy: a new draft with the answers of a request that was sent."""

import uuid
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from accounts.models import User
from requests_app import permissions
from requests_app.models import People, Request, Section
from requests_app.models.sections.registry import sections_of
from requests_app.refusals import NotPermitted
from requests_app.services.filing import create_draft, write_answers
from requests_app.services.transition import lock

# Who may know is decided for each request anew; the declaration is asked for with each sending anyway.
ASKED_ANEW: Final[Mapping[type[Section], frozenset[str]]] = {People: frozenset({"may_know", "may_know_text"})}


def may_start_again(request: Request, user: User) -> bool:
    """Whether `user`, for whom `request` was loaded, can make a copy of it: sent, read in full, a writer's."""
    return not request.is_draft and request.sight.full and request.organization_id in permissions.may_draft_for(user)


@transaction.atomic
def start_again(request: Request, *, by: User, key: uuid.UUID) -> Request:
    """A new draft of the same organization with these answers; the same `key` gives the draft that it made before.

    Documents, letters and who may know are not copied. Raises NotPermitted.
    """
    old = lock(request, by=by)
    if not may_start_again(old, by):
        raise NotPermitted(permissions.NOT_PERMITTED)
    if made := Request.objects.filter(form_key=key, author=by).first():
        return made
    draft = create_draft(
        by=by, organization=old.organization, kind=old.kind, country=old.country_id, title=old.title, key=key
    )
    for model in sections_of(old.kind):
        section, left_out = old.section(model), ASKED_ANEW.get(model, frozenset())
        raw = {name: typed for name, typed in section.raw.items() if name not in left_out}
        answers = {
            name: value
            for name, value in section.answers().items()
            if name not in raw and name not in left_out and section.answer(name).is_filled(value)
        }
        if answers or raw:
            write_answers(draft, model, answers, raw, by=by)
    return draft
