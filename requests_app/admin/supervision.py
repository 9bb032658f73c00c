"""What the record says of the country of a request, beside its dossier; and linking items to the request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app import permissions
from requests_app.admin.found import address, found_or_404, frame, officer_of, view_of
from requests_app.models import Conventions, LinkKind, Request, SupervisoryLink
from requests_app.models.on_record import called, on_record
from requests_app.origin import Origin, origin_of
from requests_app.refusals import NotPermitted, Refused
from requests_app.services import links
from supervisory.counts import referrals_by_year
from supervisory.models import SupervisoryItem, Topic

YEARS_SHOWN: Final = 8
LATEST: Final = 5
SAID: Final = {kind.value: kind.label for kind in LinkKind}
FIRST = ("case-", "comment-")


@dataclass(frozen=True)
class Year:
    """How often items of a year speak of assistance, and that as a share of the highest year, in per cent."""

    year: int
    count: int
    share: int


@dataclass(frozen=True)
class Named:
    """An item as it is called; `says` and `key` when it is linked: what it is to the request, and the link's uid."""

    item: SupervisoryItem
    words: str
    says: str = ""
    key: str = ""


@dataclass(frozen=True)
class Supervision:
    """The panel: references to assistance by year, the newest items, those linked, and how the request came."""

    years: list[Year]
    latest: list[Named]
    linked: list[Named]
    origin: str


def supervision(request: Request) -> Supervision:
    """The panel of this request. Five queries, whatever the record holds; nothing of any other request is in it."""
    rows = referrals_by_year(request.country_id)
    held = list(SupervisoryLink.objects.current().filter(request=request).order_by("since", "pk"))
    newest = SupervisoryItem.objects.filter(country=request.country_id).order_by("-year", "key")
    wanted = Q(pk__in=newest.values("pk")[:LATEST]) | Q(pk__in=[link.item_id for link in held])
    items = {
        item.pk: item
        for item in SupervisoryItem.objects.filter(wanted)
        .order_by("-year", "key")
        .prefetch_related("links", "referrals")
    }
    linked = named(held, items)
    because = [link.item_id for link in held if link.kind == LinkKind.ASKED]
    ways = {referral.way for key in because for referral in items[key].referrals.all()}
    commented = request.section(Conventions).commented
    return Supervision(
        years=by_year((row.year, row.count) for row in rows if row.topic == Topic.ASSISTANCE),
        latest=[Named(item, called(item)) for item in items.values() if item.country_id == request.country_id][:LATEST],
        linked=linked,
        origin=str(Origin(origin_of(commented, bool(because), ways)).label),
    )


def by_year(counts: Iterable[tuple[int | None, int]]) -> list[Year]:
    """The newest years in which something was said, each with its sum."""
    sums: dict[int, int] = {}
    for year, count in counts:
        if year is not None:
            sums[year] = sums.get(year, 0) + count
    newest = sorted(sums, reverse=True)[:YEARS_SHOWN]
    highest = max((sums[year] for year in newest), default=1)
    return [Year(year, sums[year], round(100 * sums[year] / highest)) for year in newest]


def named(held: Iterable[SupervisoryLink], items: dict[str, SupervisoryItem]) -> list[Named]:
    """The linked items in words."""
    return [
        Named(items[link.item_id], called(items[link.item_id]), str(SAID[link.kind]), str(link.uid)) for link in held
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def linking(http: HttpRequest, reference: str, *, desk: ModelAdmin) -> HttpResponse:
    """The page on which the Branch links items to a request and ends links. 404 for what may not be known of."""
    request = found_or_404(http, reference)
    if not request.sight.full:
        raise Http404
    said, status = "", 200
    try:
        permissions.check(request, "link")
        if http.method == "POST":
            change(request, http)
            messages.success(http, _("Saved."))
            return HttpResponseRedirect(address("links", reference, view=view_of(http)))
    except Request.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        said, status = refused.sentence, 403 if isinstance(refused, NotPermitted) else 409
    except LookupError:
        said = _("Choose an item that is on record, and what it is to the request.")
    return page(desk, http, request, said, status=status)


def change(request: Request, http: HttpRequest) -> None:
    """Add or end what was posted. Raises Refused, or LookupError for what is no item, kind or link of the request."""
    if "end" in http.POST:
        links.end(link_of(request, http.POST["end"]), by=officer_of(http))
        return
    if http.POST.get("kind") not in LinkKind.values:
        raise LookupError("kind")
    item = item_of(http.POST.get("number", "").strip() or http.POST.get("item", ""))
    links.add(request, item, LinkKind(http.POST["kind"]), by=officer_of(http))


def link_of(request: Request, uid: str) -> SupervisoryLink:
    """The link of this request with that uid. Raises LookupError."""
    for link in SupervisoryLink.objects.filter(request=request).select_related("request"):
        if str(link.uid) == uid:
            return link
    raise LookupError(uid)


def item_of(typed: str) -> SupervisoryItem:
    """The item of a key or of a number. Raises LookupError."""
    if not typed.isascii() or not typed.replace("-", "").isalnum() or len(typed) > 32:
        raise LookupError(typed)
    keys = [typed, *(f"{start}{typed}" for start in FIRST)]
    found = SupervisoryItem.objects.filter(pk__in=keys).order_by("key").first()
    if found is None:
        raise LookupError(typed)
    return found


def page(desk: ModelAdmin, http: HttpRequest, request: Request, said: str, *, status: int) -> HttpResponse:
    """The page as it stands now."""
    held = list(
        SupervisoryLink.objects.current()
        .filter(request=request)
        .select_related("item")
        .prefetch_related("item__links")
        .order_by("since", "pk")
    )
    context: dict[str, Any] = {
        **frame(desk, http, request),
        "title": _("%(reference)s – comments and cases") % {"reference": request.reference},
        "said": said,
        "may": "link" in permissions.available(request),
        "linked": named(held, {link.item_id: link.item for link in held}),
        "offered": [Named(item, called(item)) for item in on_record(request.country_id)],
        "kinds": LinkKind.choices,
    }
    return TemplateResponse(http, "admin/requests/links.html", context, status=status)
