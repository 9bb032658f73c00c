"""All questions of a kind of help on one page, for everybody: to print, to talk over, to answer elsewhere first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.kinds import KINDS, Kind
from requests_app.questionnaire import DECLARATION, ORGANIZATION, as_text, sheets


@require_safe
def all_questions(http: HttpRequest, kind: str) -> HttpResponse:
    """The page; 404 for what is no kind of help."""
    asked = _kind(kind)
    context = {
        "kind": asked,
        "kinds": KINDS.values(),
        "sheets": sheets(asked),
        "organization": ORGANIZATION,
        "declaration": DECLARATION,
    }
    return render(http, "requests/all_questions.html", context)


@require_safe
def all_questions_text(http: HttpRequest, kind: str) -> HttpResponse:
    """The same as a text file."""
    asked = _kind(kind)
    name = f"questions-{asked.slug.replace('_', '-')}.txt"
    return HttpResponse(
        as_text(asked),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]
