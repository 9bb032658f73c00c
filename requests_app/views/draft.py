"""Making a draft, showing it to the Office, deleting it."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import Organization
from base.languages import switching
from requests_app import permissions
from requests_app.forms.answer_form import AnswerForm, Problem
from requests_app.kinds import KINDS
from requests_app.models import Request
from requests_app.models.on_record import called
from requests_app.refusals import Refused
from requests_app.services import filing
from requests_app.views.found import form_key, person, readable, signed_in, to_status
from supervisory.models import SupervisoryItem

CHOOSE_ORGANIZATION = gettext_lazy("Choose the organization you write for")
COUNTRY_CODE = re.compile(r"[A-Z]{2}", re.ASCII)
ITEM_KEY = re.compile(r"[a-z]{1,20}-[0-9a-z]{1,24}", re.ASCII)
OTHER_COUNTRY = gettext_lazy("The comment or case was not linked: it is about another country.")
SHOWN = gettext_lazy("Officers of the Branch can now read this draft.")
TAKEN_BACK = gettext_lazy("Officers of the Branch can no longer read this draft.")
EXPLAINED = {"kind": {kind.slug: kind.explained for kind in KINDS.values()}}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(http: HttpRequest) -> HttpResponse:
    """N1 to N4: organization, kind and country make the draft; the title may follow."""
    mine = Organization.objects.filter(pk__in=permissions.may_draft_for(http.user)).order_by("name")
    organizations = list(mine)
    chosen = next((found for found in organizations if str(found.pk) == http.POST.get("organization")), None)
    if len(organizations) == 1:
        chosen = organizations[0]
    key, typed = form_key(http), http.method == "POST" and organizations != []
    posted = typed and not switching(http)
    item = _item_of(http)
    start = Request(country_id=item.country_id if item else _country_of(http) or (chosen and chosen.country_id) or "")
    form = AnswerForm(start, Request.questions, http.POST if typed else None, remarks=EXPLAINED)
    if switching(http):
        form.judged = set()  # nobody said that this is all
    unchosen = posted and chosen is None
    problems: list[Problem] = []
    if posted:
        problems = [Problem(str(CHOOSE_ORGANIZATION), "id_organization_0")] if unchosen else []
        problems += form.problems()
        if chosen and not problems:
            made = filing.create_draft(by=person(http), organization=chosen, key=key, because_of=item, **_made_of(form))
            if item and made.country_id != item.country_id:
                messages.info(http, OTHER_COUNTRY)
            return redirect("requests:detail", made.reference)
    context = {
        "form": form,
        "problems": problems,
        "organizations": organizations,
        "chosen": chosen,
        "choose_organization": CHOOSE_ORGANIZATION if unchosen else "",
        "key": key,
        "item": item,
        "item_words": called(item) if item else "",
        "item_unknown": item is None and bool(_typed_item(http)),
    }
    return render(http, "requests/new.html", context)


def _country_of(http: HttpRequest) -> str:
    """The code in the address, by which a country's page leads here; empty for whatever is no code."""
    code = http.GET.get("country", "")
    return code if COUNTRY_CODE.fullmatch(code) else ""


def _typed_item(http: HttpRequest) -> str:
    given = http.POST if http.method == "POST" else http.GET
    return given.get("item", "")


def _item_of(http: HttpRequest) -> SupervisoryItem | None:
    """The item from which the request starts; None without one, and for whatever is no item's key."""
    key = _typed_item(http)
    if not ITEM_KEY.fullmatch(key):
        return None
    return SupervisoryItem.objects.select_related("country").prefetch_related("links").filter(pk=key).first()


def _made_of(form: AnswerForm) -> dict[str, str]:
    answers = form.outcome().answers
    return {"kind": answers["kind"], "country": answers["country"], "title": answers.get("title", "")}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(http: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then delete the draft with everything in it."""
    found = readable(http, reference)
    if not found.is_draft:
        return to_status(reference)
    if "delete" not in permissions.available(found):
        return redirect("requests:detail", reference)
    if http.method == "POST":
        try:
            filing.delete_draft(found, by=person(http))
        except Refused as refused:
            messages.error(http, refused.sentence)
            return redirect("requests:detail", reference)
        messages.success(http, _("The draft %(reference)s has been deleted.") % {"reference": reference})
        return redirect("requests:list")
    return render(http, "requests/delete.html", {"filed": found})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show_to_office(http: HttpRequest, reference: str) -> HttpResponse:
    """Let an officer of the Branch look at the draft, or take that back. Its page is the draft's own."""
    found = readable(http, reference)
    if http.method == "POST" and found.is_draft:
        show = http.POST.get("show") == "yes"
        try:
            filing.show_to_office(found, show, by=person(http))
        except Refused as refused:
            messages.error(http, refused.sentence)
        else:
            messages.success(http, SHOWN if show else TAKEN_BACK)
    return to_status(reference)
