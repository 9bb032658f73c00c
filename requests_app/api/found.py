"""Finding the request of an address: for who calls, or the 404 of an unknown reference."""

from typing import cast

from django.http import Http404
from rest_framework.request import Request as Call

from accounts.models import User
from api.scopes import may_change
from requests_app.models import Part, Request
from requests_app.models.access import READ
from requests_app.models.finding import one_known
from requests_app.models.sections.registry import BY_SLUG, sections_of
from requests_app.services.access_log import note_look


def person(call: Call) -> User:
    """Who calls; every address but the public ones asks for somebody."""
    return cast(User, call.user)


def visible(call: Call, reference: str) -> Request:
    """The request of whose existence this person may know, with its sections."""
    return _found(call, reference, full=False)


def readable(call: Call, reference: str) -> Request:
    """The request that this person may read in full, with its sections."""
    return _found(call, reference, full=True)


def with_letters(call: Call, reference: str) -> Request:
    """The request whose letters this person may read."""
    found = readable(call, reference)
    if not found.sight.letters & READ:
        raise Http404
    return found


def part_of(request: Request, slug: str) -> Part:
    """The section of that name; 404 where the kind of help does not ask for it."""
    if slug == Request.slug:
        return request
    model = BY_SLUG.get(slug)
    if model is None or model not in sections_of(request.kind):
        raise Http404
    return request.section(model)


def looked_at(call: Call, found: Request) -> None:
    """Record that an officer read the request in full; a member of the organization is not recorded."""
    note_look(found, person(call))


def changes(call: Call) -> bool:
    """Whether the caller's key may act at all."""
    return may_change(call.auth)


def _found(call: Call, reference: str, *, full: bool) -> Request:
    found = one_known(person(call), reference, full=full)
    if found is None:
        raise Http404
    return found
