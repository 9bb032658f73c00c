"""A request's own address: the task list of a draft, the status page of what was sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.standing import standing_of
from requests_app import pdf, permissions, states
from requests_app.facts import gather
from requests_app.models import Request
from requests_app.progress import COMPLETE, still_needed, task_list
from requests_app.reading import count_line, finding_lines, readable_documents, section_lines
from requests_app.rules.examine import examine
from requests_app.services import filing, publishing
from requests_app.services.starting_again import may_start_again
from requests_app.states import GIVEN_STATUSES
from requests_app.timeline import acts, timeline
from requests_app.views.copy import about_kb
from requests_app.views.found import form_key, looked_at, person, readable, signed_in, to_status, visible
from requests_app.views.usual import usual_time


@signed_in
@require_safe
def detail(http: HttpRequest, reference: str) -> HttpResponse:
    """Lead an officer to the desk, who is asked to sign to that page, a requester to the tasks or the status."""
    found = visible(http, reference)
    if found.organization_id not in standing_of(http.user).reader_of:
        if found.sight.invitation and not found.sight.full:
            return redirect("requests:co_sign", reference)
        return redirect("admin:requests_request_change", reference)
    if not found.sight.full:
        return render(
            http, "requests/line.html", {"filed": found, "may_take_over": "take_over" in permissions.available(found)}
        )
    return _draft(http, found) if found.is_draft else _status(http, found)


def _draft(http: HttpRequest, found: Request) -> HttpResponse:
    facts = gather(found)
    groups = task_list(found, facts)
    tasks = [task for group in groups for task in group.tasks]
    findings = finding_lines(examine(facts), found.kind)
    context = {
        "filed": found,
        "groups": groups,
        "complete": sum(task.status == COMPLETE for task in tasks),
        "total": len(tasks),
        "next": next((task for task in tasks if task.status != COMPLETE), None),
        "actions": permissions.available(found),
        "findings": findings,
        "count_line": count_line(findings),
    }
    return render(http, "requests/tasks.html", context)


def _status(http: HttpRequest, found: Request) -> HttpResponse:
    actions = permissions.available(found)
    context = {
        **status_of(found),
        "actions": actions,
        "may_start_again": may_start_again(found, person(http)),
        "ended": found.status in (states.CLOSED, states.DECLINED, states.NO_MEANS, states.WITHDRAWN),
        "key": form_key(http),
        "has_pdf": pdf.is_available(),
        "publication": publishing.standing(found) if found.status in GIVEN_STATUSES else None,
    }
    return render(http, "requests/status.html", context)


@signed_in
@require_safe
def as_requester(http: HttpRequest, reference: str) -> HttpResponse:
    """For an officer: the status page as the requester reads it, without anything to do. The look is recorded."""
    found = readable(http, reference)
    if found.is_draft or found.organization_id in standing_of(http.user).reader_of:
        return to_status(reference)
    looked_at(http, found)
    context = {**status_of(found), "actions": (), "as_requester": True}
    return render(http, "requests/status.html", context)


def status_of(found: Request) -> dict[str, Any]:
    """What the status page says, whoever looks at it."""
    letters = list(found.letters.prefetch_related("also_to"))
    asked = filing.open_question(found) if found.status == states.QUESTION_OUT else None
    waiting = next((letter for letter in letters if letter == asked), None)
    return {
        "filed": found,
        "waiting": waiting,
        "acts": acts(found.status),
        "usual": usual_time(found),
        "steps": timeline(found.events.all(), found.status),
        "letters": [letter for letter in letters if letter != waiting],
        "routings": list(found.routings.current().select_related("unit__station")),
        "copy_kb": about_kb(found, letters),
        "signers": list(found.cosignatures.signed().select_related("organization")),
    }


@signed_in
@require_safe
def preview(http: HttpRequest, reference: str) -> HttpResponse:
    """What the officer will see, as a page of its own. Nothing is stored."""
    found = readable(http, reference)
    if not found.is_draft:
        return to_status(reference)
    looked_at(http, found)
    findings = finding_lines(examine(gather(found)), found.kind)
    context = {"filed": found, "findings": findings, "count_line": count_line(findings)}
    return render(http, "requests/preview.html", context)


@signed_in
@require_safe
def answers(http: HttpRequest, reference: str) -> HttpResponse:
    """All answers, and for what was sent the findings that the Office sees too."""
    found = readable(http, reference)
    looked_at(http, found)
    facts = gather(found)
    stored = list(found.examination.findings.all()) if found.examination else []
    findings = finding_lines(stored or examine(facts), found.kind)
    context = {
        "filed": found,
        "sections": section_lines(found, facts.unasked),
        "documents": readable_documents(found),
        "findings": findings,
        "count_line": count_line(findings),
        "needed": still_needed(found) if found.is_draft else [],
    }
    return render(http, "requests/answers.html", context)
