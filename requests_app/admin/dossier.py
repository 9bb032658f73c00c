"""The dossier: everything an officer may read of a request on one page. Who is informed finds the summary there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from requests_app import permissions, providers, states
from requests_app.admin.found import address, found_or_404, frame, officer_of, view_of
from requests_app.admin.pages import PAGES
from requests_app.admin.queue import event_words, group_cell, kind_cell, waiting
from requests_app.admin.saved_views import SavedView, neighbours
from requests_app.admin.supervision import supervision
from requests_app.doable import fits
from requests_app.facts import gather
from requests_app.models import Event, Request, Routing
from requests_app.models.routing import INFORMED
from requests_app.published import told
from requests_app.reading import (
    AnswerLine,
    FindingLine,
    SectionLines,
    count_line,
    finding_lines,
    readable_documents,
    section_lines,
)
from requests_app.rules.finding import CLARIFY, MISSING
from requests_app.rules.sources import DOCUMENTS
from requests_app.services import publishing
from requests_app.services.access_log import note_reading
from requests_app.services.routing import CHOSEN

LONG: Final = 600
OTHERS_SHOWN: Final = 10
URGENT: Final = frozenset({"danger", "date", "both"})


@dataclass(frozen=True)
class Button:
    """An action in the bar: a link to its page, or (`post`) a button that does it, or (`points`) that asks."""

    slug: str
    label: Promise
    href: str
    look: str
    post: bool = False
    points: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the history: when, what, who."""

    event: Event
    words: str
    who: str


@dataclass(frozen=True)
class Route:
    """A unit that was told: in full or informed, on which ground, until when."""

    row: Routing
    level: str
    reason: str


@require_safe
def dossier(http: HttpRequest, reference: str, *, desk: ModelAdmin) -> HttpResponse:
    """The page of one request. Every look at a full one is written into the access log."""
    request = found_or_404(http, reference)
    view = view_of(http)
    context = {**frame(desk, http, request), **summary(request), **step(request, http, view)}
    if not request.sight.full:
        return TemplateResponse(http, "admin/requests/summary.html", context)
    note_reading(request, officer_of(http))
    return TemplateResponse(http, "admin/requests/dossier.html", {**context, **everything(request, http, view)})


def summary(request: Request) -> dict[str, Any]:
    """What an officer reads who is informed: reference, country, kind, group, public status, day of sending."""
    return {
        "title": _("%(reference)s – %(kind)s, %(country)s")
        % {"reference": request.reference, "kind": kind_cell(request), "country": request.country.name},
        "kind": kind_cell(request),
        "group": group_cell(request),
    }


def step(request: Request, http: HttpRequest, view: SavedView | None) -> dict[str, str]:
    """The addresses of the requests before and after this one in the view."""
    if view is None:
        return {}
    before, after = neighbours(request, officer_of(http), view)
    return {
        "before": address("change", before, view=view) if before else "",
        "after": address("change", after, view=view) if after else "",
    }


def everything(request: Request, http: HttpRequest, view: SavedView | None) -> dict[str, Any]:
    """What the full page shows besides the summary."""
    findings = finding_lines(request.examination.findings.all(), request.kind) if request.examination else []
    sections = section_lines(request, gather(request).unasked)
    specialist = providers.assigned(request)
    held = publishing.standing(request) if request.status in states.GIVEN_STATUSES else None
    possible = permissions.available(request)
    actions = [slug for slug in possible if fits(slug, specialist=specialist, held=held, asked=False)]
    return {
        "waiting": waiting(request),
        "language": dict(settings.LANGUAGES).get(request.language, request.language),
        "sections": [found for found in sections if found.part is not request],
        "may_know": line_of(sections, "P3"),
        "urgent": line_of(sections, "U1") if is_urgent(request) else None,
        "findings": findings,
        "counts": count_line(findings),
        "points": sum(is_point(found) for found in findings),
        "can_ask": "ask" in actions,
        "ask": address("act", request.reference, "ask"),
        "routes": list(routes(request)),
        "specialist": specialist,
        "documents": readable_documents(request),
        "signers": request.cosignatures.signed().select_related("organization"),
        "publication": held,
        "published_row": told(held) if held else None,
        "letters": request.letters.select_related("author").prefetch_related("also_to"),
        "notes": request.notes.select_related("author") if request.sight.notes else (),
        "history": [line(event) for event in request.events.select_related("actor").order_by("-id")],
        "others": others(request, http),
        "supervision": supervision(request),
        "can_link": "link" in actions,
        "links": address("links", request.reference, view=view),
        "buttons": list(buttons(request, actions, view)),
        "long": LONG,
    }


def line_of(sections: Iterable[SectionLines], question: str) -> AnswerLine | None:
    """The answer to one question."""
    return next((line for found in sections for line in found.lines if line.question.id == question), None)


def is_urgent(request: Request) -> bool:
    """Whether the requester says that somebody is in danger or a date near (U1)."""
    return request.situation_section.urgent in URGENT if hasattr(request, "situation_section") else False


def is_point(found: FindingLine) -> bool:
    """Whether there is something to ask about this finding."""
    return found.level in (MISSING, CLARIFY) and bool(found.ask)


def routes(request: Request) -> Iterable[Route]:
    """Who was told, the present ones first."""
    rows = request.routings.select_related("unit__station").order_by("until", "since", "pk")
    for row in sorted(rows, key=lambda row: row.until is not None):
        document = DOCUMENTS.get(row.reason)
        level = _("informed") if row.level == INFORMED else _("reads in full")
        chosen = _("choice of the Branch") if row.reason == CHOSEN else row.reason
        yield Route(row, level, str(document.cited_as) if document else chosen)


def line(event: Event) -> Line:
    """An event in words."""
    return Line(event, event_words(event), event.actor.name if event.actor else _("the portal"))


def others(request: Request, http: HttpRequest) -> list[Request]:
    """Requests of the same country that this officer may read, made for this page and stored nowhere."""
    rows = Request.objects.readable_by(http.user).filter(country=request.country_id).exclude(pk=request.pk)
    rows = rows.exclude(status=states.DRAFT).select_related("organization")
    return list(rows.order_by("-sent_at", "-pk")[:OTHERS_SHOWN])


def buttons(request: Request, actions: Iterable[str], view: SavedView | None) -> Iterable[Button]:
    """The bar: what may be done now, in the order of the request's life."""
    first = True
    for slug in actions:
        if slug not in PAGES:
            continue
        page = PAGES[slug]
        look = "bad" if page.grave else "" if first else "plain"
        href = address("act", request.reference, slug, view=view)
        yield Button(slug, states.BY_ACTION[slug].label, href, look, post=slug == "take", points=slug == "ask")
        first = False
