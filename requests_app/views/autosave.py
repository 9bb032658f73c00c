"""Saving a section while it is being written, and what the officer will see then: a piece of the page, for its script.

The button does the same with the whole page. Nothing is said by a status here: the script has no use for one, and the
browser would report it as an error of the page.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from requests_app import permissions
from requests_app.facts import gather
from requests_app.forms.answer_form import AnswerForm
from requests_app.models.sections.base import shown
from requests_app.reading import count_line, finding_lines
from requests_app.refusals import NotNow, NotPermitted, Overtaken
from requests_app.rules.examine import examine
from requests_app.services import filing
from requests_app.views.found import person, readable
from requests_app.views.section import part_of, version_of

SIGNED_OUT = _("You have been signed out. Press “Save and continue”: what you typed is kept until you sign in again.")
OTHERS = _("Somebody else saved this section meanwhile. Press “Save and continue” to see both texts.")
CLOSED = _("This draft cannot be changed any more. Press “Save and continue” to keep what you typed.")


@require_POST
def autosave(http: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Store what is typed, understood or not, and answer with the findings and the new version (X-Version)."""
    if not http.user.is_authenticated:
        return _said(http, SIGNED_OUT)
    found = readable(http, reference)
    part = part_of(found, slug)
    if "edit" not in permissions.available(found):
        return _said(http, CLOSED)
    outcome = AnswerForm(part, shown(part, found.kind, gather(found).unasked), http.POST).outcome()
    try:
        stored = filing.save_answers(part, outcome.answers, outcome.raw, by=person(http), version=version_of(http))
    except Overtaken:
        return _said(http, OTHERS)
    except (NotNow, NotPermitted):
        return _said(http, CLOSED)
    saved = readable(http, reference)
    findings = finding_lines(examine(gather(saved)), saved.kind)
    context = {"filed": saved, "findings": findings, "count_line": count_line(findings), "saved_at": stored.saved_at}
    response = render(http, "requests/_live.html", context)
    response["X-Version"] = str(stored.version)
    return response


def _said(http: HttpRequest, sentence: str | Promise) -> HttpResponse:
    """Nothing was stored: say why, where the findings stood."""
    return render(http, "requests/_live.html", {"said": sentence})
