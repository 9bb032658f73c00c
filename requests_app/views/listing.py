"""My requests: what waits for me first, then drafts, open ones, closed ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Organization
from accounts.standing import Standing, standing_of
from base.references import normalize_reference
from base.text import one_line
from requests_app import states
from requests_app.models import CoSignature, Request
from requests_app.models.access import readable
from requests_app.views.found import signed_in
from requests_app.views.keeping import kept_for

PAGE = 20
JOINT = 50
WAITING, DRAFTS, OPEN, ENDED = range(4)
HEADINGS: dict[int, Promise] = {
    WAITING: _("Waiting for you"),
    DRAFTS: _("Drafts"),
    OPEN: _("With the Office"),
    ENDED: pgettext_lazy("requests", "Closed"),
}


# The filter's words in the address, in the order of the page.
GROUPS = {"waiting": WAITING, "drafts": DRAFTS, "open": OPEN, "closed": ENDED}
SEARCHED_IN = ("title", "country__name_en", "country__name_fr", "country__name_es")
SEARCHED_WORDS, SEARCHED_SIGNS = 8, 200


@dataclass(frozen=True)
class Asked:
    """What the reader looks for: words, one group of the page, one organization. Anything unknown asks nothing."""

    words: str = ""
    status: str = ""
    organization: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.status or self.organization)


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
        mine.select_related("organization", "country", "author", "result")
        .annotate(rank=rank)
        .order_by("rank", "-saved_at", "-id")
    )


def joint(http: HttpRequest) -> list[Request]:
    """Requests of other organizations that this person's organizations are asked to sign, or have signed."""
    writes_for = standing_of(http.user).writer_of
    if not writes_for:
        return []
    held = CoSignature.objects.held_by(writes_for).values("request")
    mine = Request.objects.visible_to(http.user).filter(pk__in=held)
    return list(mine.select_related("organization", "country", "result").order_by("-saved_at", "-id")[:JOINT])


def grouped(found: Iterable[Request]) -> list[Group]:
    """Those of `own`, under their headings."""
    by_rank: dict[int, list[Request]] = {}
    for request in found:
        by_rank.setdefault(request.rank, []).append(request)  # type: ignore[attr-defined]
    return [Group(HEADINGS[rank], requests) for rank, requests in sorted(by_rank.items())]


def asked_of(http: HttpRequest, organizations: Iterable[Organization]) -> Asked:
    """What the address asks for."""
    status, chosen = http.GET.get("status", ""), http.GET.get("organization", "")
    return Asked(
        words=one_line(http.GET.get("q", ""))[:SEARCHED_SIGNS],
        status=status if status in GROUPS else "",
        organization=chosen if chosen in {str(found.pk) for found in organizations} else "",
    )


def found_by(rows: QuerySet[Request], asked: Asked, who: Standing) -> QuerySet[Request]:
    """Those of `rows` that are asked for. A reference finds what may be known of, words only what may be read."""
    if asked.status:
        rows = rows.filter(Q(rank=GROUPS[asked.status]))
    if asked.organization:
        rows = rows.filter(organization=UUID(asked.organization))
    if reference := normalize_reference(asked.words):
        return rows.filter(reference=reference)
    for word in asked.words.split(" ")[:SEARCHED_WORDS] if asked.words else ():
        holds = Q()
        for column in SEARCHED_IN:
            holds |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(readable(who)).filter(holds)
    return rows


@signed_in
@require_safe
def requests(http: HttpRequest) -> HttpResponse:
    """The list, a page at a time."""
    standing = standing_of(http.user)
    organizations = list(Organization.objects.filter(pk__in=standing.reader_of).order_by("name"))
    asked = asked_of(http, organizations)
    page = Paginator(found_by(own(http), asked, standing), PAGE).get_page(http.GET.get("page"))
    return render(
        http,
        "requests/list.html",
        {
            "groups": grouped(page),
            "page_obj": page,
            "may_write": bool(standing.writer_of),
            "is_member": bool(standing.reader_of),
            "asked": asked,
            "statuses": [(slug, HEADINGS[rank]) for slug, rank in GROUPS.items()],
            "organizations": organizations,
            "joint": [] if asked or page.number > 1 else joint(http),
            "kept": kept_for(http),
        },
    )
