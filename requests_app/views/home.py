"""The front page: for who has requests, what waits and what is unfinished first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.standing import standing_of
from requests_app.kinds import KINDS, NOT_SURE
from requests_app.states import DRAFT, OPEN
from requests_app.views.listing import grouped, own

SHOWN = 5


@require_safe
def home(http: HttpRequest) -> HttpResponse:
    """Say what this is; to a constituent show first what waits for him, his drafts, and what is with the Office."""
    mine = own(http).filter(status__in={DRAFT, *OPEN})[:SHOWN] if standing_of(http.user).reader_of else []
    context = {
        "kinds": [kind for kind in KINDS.values() if kind.slug != NOT_SURE],
        "groups": grouped(mine),
    }
    return render(http, "pages/home.html", context)
