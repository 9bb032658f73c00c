"""A copy to keep: everything on one page with a print style, as it stands now or as it was sent; and as a PDF."""

import math
from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from requests_app import pdf
from requests_app.facts import gather
from requests_app.models import Letter, Request, StoredFinding
from requests_app.models.access import NO
from requests_app.models.examination import SENT
from requests_app.reading import count_line, finding_lines, readable_documents, section_lines
from requests_app.receipt import as_sent, first_revision
from requests_app.rules.examine import examine
from requests_app.timeline import timeline
from requests_app.views.found import looked_at, readable, signed_in, to_status

FRAME_KB: Final = 10  # a copy with two answers in it, measured


@signed_in
@require_safe
def copy_html(http: HttpRequest, reference: str) -> HttpResponse:
    """The request as it stands now."""
    found = readable(http, reference)
    looked_at(http, found)
    return render(http, "requests/copy.html", now(found))


@signed_in
@require_safe
def copy_pdf(http: HttpRequest, reference: str) -> HttpResponse:
    """The same as a PDF; where none can be made, the page itself."""
    found = readable(http, reference)
    made = pdf.made_of(render_to_string("requests/copy.html", now(found), http)) if pdf.is_available() else None
    if made is None:
        return redirect("requests:copy_html", reference)
    looked_at(http, found)
    name = f'attachment; filename="{found.reference}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


@signed_in
@require_safe
def sent_html(http: HttpRequest, reference: str) -> HttpResponse:
    """The receipt: what was sent, whatever was answered later."""
    found = readable(http, reference)
    if found.is_draft:
        return to_status(reference)
    looked_at(http, found)
    revision = first_revision(found)
    if revision is None:
        raise Http404
    then = as_sent(found, revision)
    first = found.examinations.filter(cause=SENT).first()
    findings = finding_lines(first.findings.all() if first else [], then.kind)
    context = {
        "filed": then,
        "receipt": revision.event,
        "sections": section_lines(then, gather(then).unasked),
        "documents": [document for document in readable_documents(found) if document.at <= revision.event.at],
        "findings": findings,
        "count_line": count_line(findings),
    }
    return render(http, "requests/copy.html", context)


def now(found: Request) -> dict[str, Any]:
    """What a copy of the request says; of a draft its answers and what the rules would say today."""
    facts = gather(found)
    examined = found.examination_id
    stored = StoredFinding.objects.filter(examination=examined) if examined else examine(facts)
    findings = finding_lines(stored, found.kind)
    sent = not found.is_draft
    return {
        "filed": found,
        "sections": section_lines(found, facts.unasked),
        "documents": readable_documents(found),
        "findings": findings,
        "count_line": count_line(findings),
        "steps": timeline(found.events.all(), found.status) if sent else [],
        "signers": list(found.cosignatures.signed().select_related("organization")),
        "letters": list(found.letters.prefetch_related("also_to")) if sent and found.sight.letters != NO else [],
        "routings": list(found.routings.current().select_related("unit__station")) if sent else [],
    }


def about_kb(found: Request, letters: Iterable[Letter]) -> int:
    """About how many kilobytes a copy weighs before it is packed for the line."""
    typed = sum(len(str(value)) for part in found.answered() for value in part.answers().values())
    return FRAME_KB + math.ceil((typed + sum(len(letter.text) for letter in letters)) / 1000)
