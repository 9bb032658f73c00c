"""Finding the request of an address: for the person who asks, or the 404 of an unknown reference."""

from typing import cast

from django.http import Http404, HttpRequest

from accounts.models import User
from requests_app.models import Request


def person(http: HttpRequest) -> User:
    """The signed-in person; the views are behind log-in."""
    return cast(User, http.user)


def visible(http: HttpRequest, reference: str) -> Request:
    """The request of whose existence this person may know, with its sections."""
    return _first(http, reference, full=False)


def readable(http: HttpRequest, reference: str) -> Request:
    """The request that this person may read in full, with its sections."""
    return _first(http, reference, full=True)


def _first(http: HttpRequest, reference: str, *, full: bool) -> Request:
    asked = Request.objects.readable_by(http.user) if full else Request.objects.visible_to(http.user)
    found = asked.filter(reference=reference).with_sections().select_related("organization", "country").first()
    if found is None:
        raise Http404
    return found
