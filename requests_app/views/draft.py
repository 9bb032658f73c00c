"""Making a draft, showing it to the Office, deleting it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Organization
from requests_app import permissions
from requests_app.forms.answer_form import AnswerForm, Problem
from requests_app.kinds import KINDS
from requests_app.models import Request
from requests_app.refusals import Refused
from requests_app.services import filing
from requests_app.views.found import person, readable

CHOOSE_ORGANIZATION = gettext_lazy("Choose the organization you write for")
EXPLAINED = {"kind": {kind.slug: kind.explained for kind in KINDS.values()}}


def _key(typed: str) -> uuid.UUID:
    """The key minted with the form; a forged one is replaced."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(http: HttpRequest) -> HttpResponse:
    """N1 to N4: organization, kind and country make the draft; the title may follow."""
    mine = Organization.objects.filter(pk__in=permissions.may_draft_for(http.user)).order_by("name")
    organizations = list(mine)
    chosen = next((found for found in organizations if str(found.pk) == http.POST.get("organization")), None)
    if len(organizations) == 1:
        chosen = organizations[0]
    key = _key(http.POST.get("key", ""))
    start = Request(country_id=(chosen and chosen.country_id) or "")
    form = AnswerForm(start, Request.questions, http.POST if http.method == "POST" else None, remarks=EXPLAINED)
    problems: list[Problem] = []
    if http.method == "POST":
        problems = [] if chosen else [Problem(str(CHOOSE_ORGANIZATION), "id_organization_0")]
        problems += form.problems()
        if chosen and not problems:
            made = filing.create_draft(by=person(http), organization=chosen, key=key, **_made_of(form))
            return redirect("requests:detail", made.reference)
    context = {"form": form, "problems": problems, "organizations": organizations, "chosen": chosen, "key": key}
    return render(http, "requests/new.html", context)


def _made_of(form: AnswerForm) -> dict[str, str]:
    answers = form.outcome().answers
    return {"kind": answers["kind"], "country": answers["country"], "title": answers.get("title", "")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(http: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then delete the draft with everything in it."""
    found = readable(http, reference)
    if "delete" not in permissions.available(found):
        return redirect("requests:detail", reference)
    if http.method == "POST":
        filing.delete_draft(found, by=person(http))
        messages.success(http, _("The draft %(reference)s has been deleted.") % {"reference": reference})
        return redirect("requests:list")
    return render(http, "requests/delete.html", {"filed": found})


@login_required
@require_POST
def show_to_office(http: HttpRequest, reference: str) -> HttpResponse:
    """Let an officer of the Branch look at the draft, or take that back."""
    found = readable(http, reference)
    if not found.is_draft:
        raise Http404
    try:
        filing.show_to_office(found, http.POST.get("show") == "yes", by=person(http))
    except Refused as refused:
        messages.error(http, refused.sentence)
    return redirect("requests:detail", reference)
