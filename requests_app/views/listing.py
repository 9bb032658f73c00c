"""My requests: what waits for me first, then drafts, open ones, closed ones."""

from collections.abc import Iterable
from dataclasses import dataclass

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
from requests_app.views.found import signed_in

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


def grouped(found: Iterable[Request]) -> list[Group]:
    """Those of `own`, under their headings."""
    by_rank: dict[int, list[Request]] = {}
    for request in found:
        by_rank.setdefault(request.rank, []).append(request)  # type: ignore[attr-defined]
    return [Group(HEADINGS[rank], requests) for rank, requests in sorted(by_rank.items())]


@signed_in
@require_safe
def requests(http: HttpRequest) -> HttpResponse:
    """The list, a page at a time."""
    page = Paginator(own(http), PAGE).get_page(http.GET.get("page"))
    standing = standing_of(http.user)
    return render(
        http,
        "requests/list.html",
        {
            "groups": grouped(page),
            "page_obj": page,
            "may_write": bool(standing.writer_of),
            "is_member": bool(standing.reader_of),
        },
    )
