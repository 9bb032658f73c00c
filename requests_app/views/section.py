"""One section of a draft: questions, what was not understood, and beside it what the officer will see."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app import permissions
from requests_app.facts import filing_date, gather
from requests_app.forms.answer_form import AnswerForm
from requests_app.forms.prefill import prefilled
from requests_app.forms.remarks import remarks
from requests_app.models import Part, Request
from requests_app.models.sections.base import shown
from requests_app.models.sections.registry import sections_of
from requests_app.progress import COMPLETE, task_list
from requests_app.reading import count_line, finding_lines, section_lines
from requests_app.refusals import Overtaken
from requests_app.rules.examine import examine
from requests_app.rules.facts import Facts
from requests_app.services import filing
from requests_app.views.found import person, readable


def part_of(request: Request, slug: str) -> Part:
    """The section at this address, or 404 when the kind of help does not ask for it."""
    if slug == Request.slug:
        return request
    for model in sections_of(request.kind):
        if model.slug == slug:
            return request.section(model)
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(http: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Show or save a section. Everything typed is stored, understood or not."""
    found = readable(http, reference)
    part = part_of(found, slug)
    if "edit" not in permissions.available(found):
        return redirect("requests:detail" if not found.is_draft else "requests:answers", reference)
    facts = gather(found)
    questions = shown(part, found.kind, facts.unasked)
    if http.method == "POST":
        return _save(http, found, part, facts)
    initial = {} if isinstance(part, Request) else prefilled(found, type(part), person(http))
    form = AnswerForm(part, questions, initial=initial, remarks=_remarks(part, found))
    return _page(http, found, part, form, facts)


def _save(http: HttpRequest, found: Request, part: Part, facts: Facts) -> HttpResponse:
    form = AnswerForm(part, shown(part, found.kind, facts.unasked), http.POST, remarks=_remarks(part, found))
    outcome = form.outcome()
    try:
        filing.save_answers(
            part, outcome.answers, outcome.raw, by=person(http), version=_version(http.POST.get("version", ""))
        )
    except Overtaken as overtaken:
        messages.error(http, overtaken.sentence)
        return _page(http, readable(http, found.reference), part, form, facts, overtaken=True)
    saved = readable(http, found.reference)
    facts = gather(saved)
    if form.problems():
        return _page(http, saved, part_of(saved, part.slug), form, facts)
    return redirect(*_next(saved, part, facts, http.POST.get("go", "")))


def _version(typed: str) -> int:
    """The version that the page was made from; what is no number was made from none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


def _remarks(part: Part, found: Request) -> dict[str, dict[str, str | Promise]]:
    return remarks(part, found.country_id, filing_date(found))


def _next(found: Request, part: Part, facts: Facts, go: str) -> list[str]:
    """Where to go after saving: the next section that is not complete, else the check page."""
    if go == "all":
        return ["requests:detail", found.reference]
    tasks = [task for group in task_list(found, facts) for task in group.tasks]
    here = next(number for number, task in enumerate(tasks) if task.part.slug == part.slug)
    for task in tasks[here + 1 :] + tasks[:here]:
        if task.status != COMPLETE:
            return ["requests:section", found.reference, task.part.slug]
    return ["requests:check", found.reference]


def _page(
    http: HttpRequest, found: Request, part: Part, form: AnswerForm, facts: Facts, *, overtaken: bool = False
) -> HttpResponse:
    stored = part_of(found, part.slug)
    slugs = [Request.slug, *(model.slug for model in sections_of(found.kind))]
    findings = finding_lines(examine(facts), found.kind)
    context = {
        "filed": found,
        "part": part,
        "form": form,
        "problems": form.problems(),
        "version": stored.version,
        "saved_at": stored.saved_at,
        "number": slugs.index(part.slug) + 1,
        "total": len(slugs),
        "theirs": [s for s in section_lines(found, facts.unasked) if s.part.slug == part.slug] if overtaken else [],
        "findings": findings,
        "count_line": count_line(findings),
        "title_prefix": _("Error: ") if form.problems() else "",
    }
    return render(http, "requests/section.html", context)
