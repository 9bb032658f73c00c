"""A request's own address: the task list of a draft, the status page of what was sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.standing import standing_of
from requests_app import permissions
from requests_app.facts import gather
from requests_app.models import Request
from requests_app.progress import COMPLETE, still_needed, task_list
from requests_app.reading import count_line, finding_lines, section_lines
from requests_app.rules.examine import examine
from requests_app.services import filing
from requests_app.views.found import looked_at, readable, signed_in, visible
from requests_app.views.timeline import timeline


@signed_in
@require_safe
def detail(http: HttpRequest, reference: str) -> HttpResponse:
    """Lead an officer to the desk, an author to the task list, a requester to the status page."""
    found = visible(http, reference)
    if found.organization_id not in standing_of(http.user).reader_of:
        return redirect("admin:requests_request_change", reference)
    if not found.sight.full:
        return render(http, "requests/line.html", {"filed": found})
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
    waiting = filing.open_question(found) if "answer" in actions else None
    context = {
        "filed": found,
        "waiting": waiting,
        "steps": timeline(found.events.all(), found.status),
        "letters": [letter for letter in found.letters.all() if letter != waiting],
        "actions": actions,
        "routings": list(found.routings.current().select_related("unit__station")),
    }
    return render(http, "requests/status.html", context)


@signed_in
@require_safe
def preview(http: HttpRequest, reference: str) -> HttpResponse:
    """What the officer will see, as a page of its own. Nothing is stored."""
    found = readable(http, reference)
    if not found.is_draft:
        return redirect("requests:detail", reference)
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
        "findings": findings,
        "count_line": count_line(findings),
        "needed": still_needed(found) if found.is_draft else [],
    }
    return render(http, "requests/answers.html", context)
