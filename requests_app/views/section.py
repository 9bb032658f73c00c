"""One section of a draft: questions, what was not understood, and beside it what the officer will see."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.languages import switching
from requests_app import permissions
from requests_app.catalogue import Place
from requests_app.facts import filing_date, gather
from requests_app.forms.answer_form import AnswerForm
from requests_app.forms.prefill import prefilled
from requests_app.forms.remarks import remarks
from requests_app.models import Part, Request
from requests_app.models.sections.base import shown
from requests_app.models.sections.registry import sections_of
from requests_app.progress import COMPLETE, task_list
from requests_app.reading import SectionLines, count_line, finding_lines, section_lines
from requests_app.refusals import NotNow, NotPermitted, Overtaken
from requests_app.rules.examine import examine
from requests_app.rules.facts import Facts
from requests_app.services import filing
from requests_app.views.found import person, readable, signed_in, to_status
from requests_app.views.keeping import is_given_back


def part_of(request: Request, slug: str) -> Part:
    """The section at this address, or 404 when the kind of help does not ask for it."""
    if slug == Request.slug:
        return request
    for model in sections_of(request.kind):
        if model.slug == slug:
            return request.section(model)
    raise Http404


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def section(http: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Show or save a section. Everything typed is stored, understood or not."""
    found = readable(http, reference)
    part = part_of(found, slug)
    if "edit" not in permissions.available(found):
        return _closed(http, found, part)
    facts = gather(found)
    if is_given_back(http):
        return _given_back(http, found, part, facts)
    if http.method == "POST":
        return _save(http, found, part, facts)
    initial = {} if isinstance(part, Request) else prefilled(found, type(part), person(http))
    form = AnswerForm(part, shown(part, found.kind, facts.unasked), initial=initial, remarks=_remarks(part, found))
    return _page(http, found, form, facts)


def _given_back(http: HttpRequest, found: Request, part: Part, facts: Facts) -> HttpResponse:
    """Show what was typed before the session ended; beside it what somebody saved meanwhile."""
    questions = shown(part, found.kind, facts.unasked)
    form = AnswerForm(part, questions, http.POST, remarks=_remarks(part, found))
    overtaken = version_of(http) != part.version
    return _page(http, found, form, facts, overtaken=overtaken)


def _save(http: HttpRequest, found: Request, part: Part, facts: Facts) -> HttpResponse:
    questions = shown(part, found.kind, facts.unasked)
    form = AnswerForm(part, questions, http.POST, remarks=_remarks(part, found))
    outcome = form.outcome()
    try:
        filing.save_answers(part, outcome.answers, outcome.raw, by=person(http), version=version_of(http))
    except Overtaken as overtaken:
        messages.error(http, overtaken.sentence)
        return _page(http, readable(http, found.reference), form, facts, overtaken=True)
    except (NotNow, NotPermitted):
        return _closed(http, readable(http, found.reference), part)
    saved = readable(http, found.reference)
    facts = gather(saved)
    part = part_of(saved, part.slug)
    here = reverse("requests:section", args=[saved.reference, part.slug])
    if switching(http):
        return redirect(here)
    if form.problems():
        return _page(http, saved, form, facts)
    more = [question for question in shown(part, saved.kind, facts.unasked) if question not in questions]
    if more and http.POST.get("go") != "all":
        messages.info(
            http, _("From your answer one more question follows: “%(question)s”") % {"question": more[0].wording}
        )
        return redirect(f"{here}#{Place(type(part), more[0]).anchor}")
    return redirect(*_next(saved, part, facts, http.POST.get("go", "")))


def _closed(http: HttpRequest, found: Request, part: Part) -> HttpResponse:
    """The draft cannot be edited (any more): lead on, but give back what was typed meanwhile."""
    form = AnswerForm(part, part.questions, http.POST)
    texts = [
        (control.label, control.typed)
        for asked in form.asked()
        for control in asked.controls
        if control.kind in ("text", "line") and http.POST.get(control.name)
    ]
    if texts:
        return render(http, "requests/kept.html", {"filed": found, "part": part, "texts": texts})
    return redirect("requests:answers", found.reference) if found.is_draft else to_status(found.reference)


def version_of(http: HttpRequest) -> int:
    """The version that the page was made from; what is no number was made from none."""
    typed = http.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


def _remarks(part: Part, found: Request) -> dict[str, dict[str, str | Promise]]:
    return remarks(part, found.country_id, filing_date(found))


def _next(found: Request, part: Part, facts: Facts, go: str) -> list[str]:
    """Where to go after saving: the next section below that is not complete, else the check page."""
    if go == "all":
        return ["requests:detail", found.reference]
    tasks = [task for group in task_list(found, facts) for task in group.tasks]
    here = next(number for number, task in enumerate(tasks) if task.part.slug == part.slug)
    for task in tasks[here + 1 :]:
        if task.status != COMPLETE:
            return ["requests:section", found.reference, task.part.slug]
    return ["requests:check", found.reference]


def _theirs(found: Request, form: AnswerForm, facts: Facts) -> list[SectionLines]:
    """What somebody else saved in this section, where it differs from what was typed."""
    stored, typed = part_of(found, form.part.slug), form.outcome()
    differs = {
        question.id
        for question in form.questions
        for name in question.fields
        if name in typed.raw or name in stored.raw or typed.answers.get(name) != stored.answer(name).read(stored)
    }
    return [
        SectionLines(lines.part, tuple(line for line in lines.lines if line.question.id in differs))
        for lines in section_lines(found, facts.unasked)
        if lines.part.slug == form.part.slug
    ]


def _page(
    http: HttpRequest, found: Request, form: AnswerForm, facts: Facts, *, overtaken: bool = False
) -> HttpResponse:
    stored = part_of(found, form.part.slug)
    slugs = [Request.slug, *(model.slug for model in sections_of(found.kind))]
    findings = finding_lines(examine(facts), found.kind)
    context = {
        "filed": found,
        "part": stored,
        "form": form,
        "problems": form.problems(),
        "version": stored.version,
        "saved_at": stored.saved_at,
        "number": slugs.index(stored.slug) + 1,
        "total": len(slugs),
        "theirs": _theirs(found, form, facts) if overtaken else [],
        "findings": findings,
        "count_line": count_line(findings),
    }
    return render(http, "requests/section.html", context)
