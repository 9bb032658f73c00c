"""My requests: what waits for me first, then drafts, open ones, closed ones."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.standing import standing_of
from requests_app import states
from requests_app.models import Request

PAGE = 20
WAITING, DRAFTS, OPEN, ENDED = range(4)
HEADINGS: dict[int, Promise] = {
    WAITING: _("Waiting for you"),
    DRAFTS: _("Drafts"),
    OPEN: _("With the Office"),
    ENDED: _("Closed"),
}


@dataclass
class Group:
    """A heading and the requests under it, on this page."""

    heading: Promise
    requests: list[Request]


def own(http: HttpRequest) -> QuerySet[Request]:
    """The requests of this person's organizations, in the order of the page."""
    rank = Case(
        When(status=states.QUESTION_OUT, then=Value(WAITING)),
        When(status=states.DRAFT, then=Value(DRAFTS)),
        When(status__in=states.OPEN, then=Value(OPEN)),
        default=Value(ENDED),
        output_field=IntegerField(),
    )
    mine = Request.objects.visible_to(http.user).filter(organization__in=standing_of(http.user).reader_of)
    return (
        mine.select_related("organization", "country", "author")
        .annotate(rank=rank)
        .order_by("rank", "-saved_at", "-id")
    )


@login_required
@require_safe
def requests(http: HttpRequest) -> HttpResponse:
    """The list, a page at a time."""
    page = Paginator(own(http), PAGE).get_page(http.GET.get("page"))
    groups = [
        Group(heading, found)
        for rank, heading in HEADINGS.items()
        if (found := [request for request in page if request.rank == rank])  # type: ignore[attr-defined]
    ]
    standing = standing_of(http.user)
    return render(
        http,
        "requests/list.html",
        {
            "groups": groups,
            "page_obj": page,
            "may_write": bool(standing.writer_of),
            "is_member": bool(standing.reader_of),
        },
    )
