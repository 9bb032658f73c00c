"""Check and send: all answers, the findings, who will read it, the declaration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.languages import switching
from requests_app import permissions
from requests_app.facts import gather
from requests_app.models import Request
from requests_app.progress import still_needed
from requests_app.reading import count_line, finding_lines, readable_documents, section_lines
from requests_app.refusals import Incomplete, Refused
from requests_app.rules.examine import examine
from requests_app.services import filing
from requests_app.views.found import looked_at, person, readable, signed_in, to_status


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check(http: HttpRequest, reference: str) -> HttpResponse:
    """Show everything once more; send on POST. A second click finds the request sent and shows its status."""
    found = readable(http, reference)
    if not found.is_draft:
        return to_status(reference)
    looked_at(http, found)
    declared = http.POST.get("declared") == "yes"
    if http.method == "POST" and not switching(http):
        try:
            filing.send(found, by=person(http), declared=declared)
        except Incomplete:
            return _page(http, found, declared, asked=True)
        except Refused as refused:
            messages.error(http, refused.sentence)
            return _page(http, found, declared, asked=False)
        messages.success(http, _("Your request %(reference)s has been sent.") % {"reference": reference})
        return to_status(reference)
    return _page(http, found, declared, asked=False)


def _page(http: HttpRequest, found: Request, declared: bool, *, asked: bool) -> HttpResponse:
    facts = gather(found)
    findings = finding_lines(examine(facts), found.kind)
    sections = section_lines(found, facts.unasked)
    needed = still_needed(found)
    context = {
        "filed": found,
        "sections": sections,
        "documents": readable_documents(found),
        "unread": [section.part for section in sections if section.part.raw],
        "told": [line.sentence for line in findings if line.rule == "ROUTE-1"],
        "findings": findings,
        "count_line": count_line(findings),
        "needed": needed,
        "declared": declared,
        "asked": asked,
        "undeclared": asked and not declared,
        "number": len(needed) + (not declared),
        "may_edit": "edit" in permissions.available(found),
        "may_send": "send" in permissions.available(found),
    }
    return render(http, "requests/check.html", context)
