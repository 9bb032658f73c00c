"""One address for each action: a page that explains and takes the text, and a POST that calls the service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from requests_app import permissions, states
from requests_app.admin.assigning import specialists
from requests_app.admin.found import address, found_or_404, frame, officer_of, view_of
from requests_app.admin.pages import INTERNAL, LETTER, PAGES, POINTS, PUBLIC, REASONS, ActionPage, Typed
from requests_app.admin.queue import event_words
from requests_app.catalogue import places
from requests_app.models import Event, Request, StoredFinding
from requests_app.models.publication import TEXT_LIMIT
from requests_app.published import told
from requests_app.reading import FindingLine, finding_lines
from requests_app.refusals import Incomplete, NotNow, NotPermitted, Overtaken, Refused
from requests_app.services import cosigning, publishing
from requests_app.services.filing import LETTER_LIMIT
from requests_app.services.letters import decision_letter, question_letter
from requests_app.services.transition import lock


@dataclass(frozen=True)
class Point:
    """A finding that can be ticked."""

    line: FindingLine
    ticked: bool


@require_http_methods(["GET", "HEAD", "POST"])
def act(http: HttpRequest, reference: str, action: str, *, desk: ModelAdmin) -> HttpResponse:
    """The page of one action, and the action itself. 404 for what this officer may not know of."""
    request = found_or_404(http, reference)
    page = PAGES.get(action)
    if page is None:
        raise Http404
    posted = http.method == "POST"
    typed = read(http.POST if posted else http.GET, posted=posted)
    composing = "compose" in (http.POST if posted else http.GET)
    try:
        if not posted or composing:
            permissions.check(request, action)
        if composing:
            typed = replace(typed, text=compose(page, request, typed))
        elif posted:
            perform(page, request, action, typed, by=officer_of(http))
            return done(http, request, action)
        elif page.text == LETTER and not page.first_step:
            typed = replace(typed, text=page.prefill(request))
    except Request.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        return answer(desk, http, request, action, typed, refused=refused, second=posted and not composing)
    return answer(desk, http, request, action, typed, second=composing)


def read(given: QueryDict, *, posted: bool) -> Typed:
    """What was given. Ticks may come in the address; typed words never do."""
    version = given.get("version", "")
    return Typed(
        text=given.get("text", "") if posted else "",
        findings=tuple(given.getlist("finding")),
        questions=tuple(given.getlist("question")),
        reason=given.get("reason", "") if posted else "",
        alternative=given.get("alternative", "") if posted else "",
        specialist=given.get("specialist", "") if posted else "",
        both=posted and "both" in given,
        version=int(version) if version.isascii() and version.isdecimal() else None,
    )


def compose(page: ActionPage, request: Request, typed: Typed) -> str:
    """The letter with which the second step begins. Raises Incomplete when the first lacks something."""
    chosen = [found for found in stored(request) if str(found.uid) in typed.findings]
    if page.first_step == POINTS:
        covered = {found.question for found in chosen}
        known = places(request.kind)
        more = [known[asked].question.wording for asked in typed.questions if asked in known and asked not in covered]
        if not chosen and not more:
            raise Incomplete(_("Tick what you ask about"), ["finding"])
        return question_letter(request, chosen, more)
    if not chosen and not typed.reason.strip():
        raise Incomplete(_("Tick a finding or write the reason"), ["reason"])
    if not typed.alternative.strip():
        raise Incomplete(_("Write what else can be done"), ["alternative"])
    return decision_letter(request, "decline", chosen, reason=typed.reason, alternative=typed.alternative)


@transaction.atomic
def perform(page: ActionPage, request: Request, action: str, typed: Typed, *, by: User) -> None:
    """Do it, unless somebody was quicker. Raises Refused, or Request.DoesNotExist when `by` may not know any more."""
    current = lock(request, by=by)
    permissions.check(current, action)
    if typed.version is not None and typed.version != current.version:
        raise Overtaken(meanwhile(current))
    if page.first_step == REASONS:
        compose(page, current, typed)
    page.do(current, typed, by)


def meanwhile(request: Request) -> str:
    """Who changed what since the page was opened."""
    event = Event.objects.filter(request=request).select_related("actor").order_by("-id")[0]
    words = {"who": event.actor.name if event.actor else _("The portal"), "what": event_words(event)}
    return _("Meanwhile – %(who)s: %(what)s. Nothing was changed. Your text is kept; look, then send it again.") % words


def done(http: HttpRequest, request: Request, action: str) -> HttpResponse:
    """Back to the dossier, with a message that names the reference and nothing else."""
    words = {"reference": request.reference, "done": states.BY_ACTION[action].done}
    messages.success(http, _("%(reference)s: %(done)s") % words)
    return HttpResponseRedirect(address("change", request.reference, view=view_of(http)))


def answer(
    desk: ModelAdmin,
    http: HttpRequest,
    request: Request,
    action: str,
    typed: Typed,
    *,
    refused: Refused | None = None,
    second: bool = False,
) -> HttpResponse:
    """The page, with what was typed, and above it why it was not done."""
    page = PAGES[action]
    fresh = found_or_404(http, request.reference) if refused else request
    allowed = action in permissions.available(fresh)
    context = {
        **frame(desk, http, fresh),
        "title": states.BY_ACTION[action].label,
        "page": page,
        "action": action,
        "typed": typed,
        "refused": refused,
        "allowed": allowed,
        "keep_text": not allowed and bool(typed.text),
        "letter": page.text == LETTER,
        **also_to(page, fresh),
        "internal": page.text == INTERNAL,
        "public": page.text == PUBLIC,
        **text_that_stands(fresh, action),
        "step": page.first_step if page.first_step and not second else "",
        "limit": TEXT_LIMIT if page.text == PUBLIC else LETTER_LIMIT,
        "missing": refused.missing if isinstance(refused, Incomplete) else (),
        **choices(page, fresh, typed, http, second=second),
    }
    return TemplateResponse(
        http, "admin/requests/action.html", context, status=status_of(refused, posted=http.method == "POST")
    )


def also_to(page: ActionPage, request: Request) -> Mapping[str, Any]:
    """What the page of a letter says of the organizations that signed: to whom it can go too, or that it cannot."""
    if page.text != LETTER or not request.sight.full:
        return {}
    signers = list(request.cosignatures.signed().select_related("organization"))
    return {"signers": signers, "only_office": bool(signers) and cosigning.only_the_office(request)}


def text_that_stands(request: Request, action: str) -> Mapping[str, Any]:
    """What the page of an action on publishing shows: the text that stands, as the public would read it."""
    held = publishing.standing(request) if action in publishing.ACTIONS and request.sight.full else None
    return {"publication": held, "published_row": told(held) if held else None}


def status_of(refused: Refused | None, *, posted: bool) -> int:
    """What browsers read from a refusal; a page with something to correct, or to look at, is an ordinary page."""
    if isinstance(refused, NotPermitted):
        return 403
    return 409 if posted and isinstance(refused, (NotNow, Overtaken)) else 200


def choices(page: ActionPage, request: Request, typed: Typed, http: HttpRequest, *, second: bool) -> Mapping[str, Any]:
    """Specialists to choose from; findings to tick and, for a question, the questions to open."""
    if page.chosen and "assign" in permissions.available(request):
        return specialists(request, officer_of(http))
    if not page.first_step or not request.sight.full:
        return {}
    untouched = page.first_step == POINTS and http.method == "GET" and not typed.findings and not typed.questions
    points = list(points_of(request, typed, page.first_step, all_ticked=untouched))
    if page.first_step == REASONS:
        return {"points": points}
    opened = set(typed.questions)
    if second and "compose" in http.GET:
        opened |= {point.line.question for point in points if point.ticked}
    known = places(request.kind).values()
    by_section: dict[Any, list[Any]] = {part: [] for part in dict.fromkeys(place.section for place in known)}
    for place in known:
        if place.question.id not in opened:
            by_section[place.section].append(place.question)
    return {
        "points": points,
        "opened": [place.question for place in known if place.question.id in opened],
        "groups": [(part.heading, questions) for part, questions in by_section.items() if questions],
    }


def points_of(request: Request, typed: Typed, step: str, *, all_ticked: bool) -> Iterable[Point]:
    """The findings about which something can be asked, or on which a refusal can rest."""
    findings = [found for found in stored(request) if found.is_open]
    for line in finding_lines(findings, request.kind):
        if line.ask or step == REASONS:
            yield Point(line, all_ticked or line.key in typed.findings)


def stored(request: Request) -> list[StoredFinding]:
    """The findings of the last examination."""
    return list(request.examination.findings.all()) if request.examination else []
