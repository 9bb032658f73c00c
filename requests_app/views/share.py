"""Sharing a draft with colleagues, and taking over one whose author has left."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from base.languages import switching
from requests_app import permissions
from requests_app.forms.answer_form import Problem
from requests_app.models import Request
from requests_app.refusals import Incomplete, Refused
from requests_app.services import sharing
from requests_app.views.found import person, readable, signed_in, to_status, visible

READ, EDIT = "read", "edit"
ROLES = (
    (READ, gettext_lazy("Read"), gettext_lazy("Sees all answers and changes none.")),
    (EDIT, gettext_lazy("Edit"), gettext_lazy("Writes answers, shares, deletes and sends, as you do.")),
)
ANCHORS = {"member": "id_member", "role": "id_role_0"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(http: HttpRequest, reference: str) -> HttpResponse:
    """Give a colleague a role on the draft, take it back, list who has one."""
    found = readable(http, reference)
    if "share" not in permissions.available(found):
        return to_status(reference)
    problems: list[Problem] = []
    if http.method == "POST" and not switching(http):
        try:
            if "end" in http.POST:
                sharing.take_back(found, _uid(http.POST.get("end", "")) or uuid.uuid4(), by=person(http))
                messages.success(http, _("The draft is no longer shared with this colleague."))
            else:
                row = sharing.share(found, _uid(http.POST.get("member", "")), _may_edit(http), by=person(http))
                messages.success(http, _("%(name)s can now open this draft.") % {"name": row.user.name})
            return redirect("requests:share", reference)
        except Incomplete as refused:
            problems = [Problem(str(refused.sentence), ANCHORS[refused.missing[0]])]
        except Refused as refused:
            messages.error(http, refused.sentence)
            return redirect("requests:detail", reference)
    return _page(http, found, problems)


def _page(http: HttpRequest, found: Request, problems: list[Problem]) -> HttpResponse:
    shares = list(sharing.shares(found))
    members = {row.user_id: row for row in sharing.colleagues(found)}
    taken = {row.user_id for row in shares} | {person(http).pk}
    context = {
        "filed": found,
        "problems": problems,
        # Who left the organization opens nothing any more, and is not listed.
        "shares": [row for row in shares if row.user_id in members],
        "colleagues": [row for key, row in members.items() if key not in taken],
        "member": http.POST.get("member", ""),
        "roles": ROLES,
        "role": http.POST.get("role", ""),
        "member_error": next((p.sentence for p in problems if p.anchor == ANCHORS["member"]), ""),
        "role_error": next((p.sentence for p in problems if p.anchor == ANCHORS["role"]), ""),
    }
    return render(http, "requests/share.html", context)


def _may_edit(http: HttpRequest) -> bool | None:
    return {READ: False, EDIT: True}.get(http.POST.get("role", ""))


def _uid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(http: HttpRequest, reference: str) -> HttpResponse:
    """Become the author of a draft whose author has left. Its page is the draft's own."""
    found = visible(http, reference)
    if http.method == "POST":
        try:
            sharing.take_over(found, by=person(http))
        except Refused as refused:
            messages.error(http, refused.sentence)
        else:
            messages.success(http, _("The draft %(reference)s is yours now.") % {"reference": reference})
    return to_status(reference)
