"""Finding the request of a desk's address, and what every page about it carries."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from requests_app.admin.queue import VIEW
from requests_app.admin.saved_views import FIRST, VIEWS, SavedView, one_there
from requests_app.models import Request


def officer_of(http: HttpRequest) -> User:
    """The person at the desk; the site let nobody else in."""
    return cast(User, http.user)


def found_or_404(http: HttpRequest, reference: str) -> Request:
    """The request of this reference, for whoever may know of it; else the 404 of an unknown one."""
    request = one_there(officer_of(http), reference)
    if request is None:
        raise Http404
    return request


def view_of(http: HttpRequest) -> SavedView | None:
    """The saved view from which this page was reached."""
    given = http.POST if http.method == "POST" else http.GET
    return VIEWS.get(given.get(VIEW, ""))


def address(name: str, reference: str, *more: str, view: SavedView | None = None, **params: Any) -> str:
    """The address of a page of this request that remembers the view."""
    path = reverse(f"admin:requests_request_{name}", args=[reference, *more])
    query = {**({VIEW: view.slug} if view else {}), **params}
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def frame(desk: ModelAdmin, http: HttpRequest, request: Request) -> Mapping[str, Any]:
    """What every page of the desk about `request` shows round its own content."""
    view = view_of(http)
    return {
        **desk.admin_site.each_context(http),
        "opts": desk.opts,
        "found": request,
        "sight": request.sight,
        "view": view,
        "queue": f"{reverse('admin:requests_request_changelist')}?{VIEW}={(view or FIRST).slug}",
        "queue_name": view.label if view else _("Requests"),
        "dossier": address("change", request.reference, view=view),
    }
