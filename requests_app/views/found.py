"""Finding the request of an address: for the person who asks, or the 404 of an unknown reference."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from requests_app.models import Request
from requests_app.models.finding import BESIDE, one_known
from requests_app.services.access_log import note_look
from requests_app.views import keeping


class SeeOther(HttpResponseRedirect):
    """Look there, with GET."""

    status_code = 303


View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Behind log-in; a request that is gone between the look and the act is the 404 of an unknown one.

    What was typed into a page whose session has ended is kept, and given back after sign-in; but nothing is read of a
    form before a view that reads it itself (a file).
    """
    keeps = not getattr(view, "reads_its_body", False)

    @wraps(view)
    def page(http: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if http.method == "POST" and keeps and not keeping.is_readers(http):
            return keeping.rescue(http) or redirect_to_login(http.path)
        if not http.user.is_authenticated:
            return redirect_to_login(http.get_full_path())
        if keeps:
            keeping.bring_back(http)
        try:
            response = view(http, *args, **kwargs)
        except Request.DoesNotExist:
            raise Http404 from None
        if keeps:
            keeping.settled(http, response)
        return response

    return cast(View, page)


def person(http: HttpRequest) -> User:
    """The signed-in person; the views are behind log-in."""
    return cast(User, http.user)


def visible(http: HttpRequest, reference: str) -> Request:
    """The request of whose existence this person may know, with its sections."""
    return _first(http, reference, full=False)


def readable(http: HttpRequest, reference: str) -> Request:
    """The request that this person may read in full, with its sections."""
    return _first(http, reference, full=True)


def form_key(http: HttpRequest) -> uuid.UUID:
    """The key minted with a form, by which a second click is known; a missing or forged one is replaced."""
    try:
        return uuid.UUID(http.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def looked_at(http: HttpRequest, found: Request) -> None:
    """Record that an officer reads the request on a requester's page; a member of the organization is not recorded."""
    note_look(found, person(http))


def to_status(reference: str) -> HttpResponse:
    """From a page of the draft to the request's own page: what was sent stands there, and Back finds no form."""
    return SeeOther(reverse("requests:detail", args=[reference]))


def _first(http: HttpRequest, reference: str, *, full: bool) -> Request:
    found = one_known(http.user, reference, full=full, beside=(*BESIDE, "result"))
    if found is None:
        raise Http404
    return found
