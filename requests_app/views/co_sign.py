"""For an organization that is asked to sign another one's request: sign, decline, read what it signed, withdraw."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.attachments import attachment
from requests_app import permissions
from requests_app.forms.answer_form import Problem
from requests_app.models import CoSignature, Document, Request
from requests_app.reading import SectionLines, section_lines
from requests_app.receipt import as_answered
from requests_app.refusals import Incomplete, Refused
from requests_app.services import cosigning
from requests_app.views.found import person, signed_in, visible


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def co_sign(http: HttpRequest, reference: str) -> HttpResponse:
    """What the person's organization is asked, or what it signed; who is not asked finds nothing here."""
    found = visible(http, reference)
    held = _held(http, found)
    row = next((one for one in held if str(one.uid) == http.POST.get("row")), held[0])
    error = ""
    if http.method == "POST":
        try:
            messages.success(http, _posted(http, found, row))
        except Incomplete as refused:
            error = str(refused.sentence)
        except Refused as refused:
            messages.error(http, refused.sentence)
        if not error:
            still = Request.objects.visible_to(http.user).filter(reference=reference).exists()
            return redirect(*(["requests:co_sign", reference] if still else ["requests:list"]))
    context = {
        "filed": found,
        "rows": [(one, signed_lines(found, one), error if one == row else "") for one in held],
        "documents": shared_documents(found) if any(one.is_signed for one in held) else [],
        "letters": list(found.letters.addressed_too(permissions.may_draft_for(http.user))),
        "problems": [Problem(error, f"id_declared_{row.uid}")] if error else [],
    }
    return render(http, "requests/co_sign.html", context)


@signed_in
@require_safe
def co_document(http: HttpRequest, reference: str, document: UUID) -> HttpResponseBase:
    """Hand out one document that is shared with who signed; else the 404 of an unknown one."""
    found = visible(http, reference)
    if not found.sight.snapshot:
        raise Http404
    for shared in shared_documents(found):
        if shared.uid == document and shared.can_be_read:
            return attachment(shared.path, shared.name, shared.media_type)
    raise Http404


def _held(http: HttpRequest, found: Request) -> list[CoSignature]:
    """The invitations and signatures of this person's organizations; 404 where there is none."""
    if not found.sight.invitation:
        raise Http404
    rows = found.cosignatures.held_by(permissions.may_draft_for(http.user)).select_related("organization")
    if held := list(rows):
        return held
    raise Http404


def _posted(http: HttpRequest, found: Request, row: CoSignature) -> str:
    """Do what was asked; what to say of it. Raises Refused."""
    uid = row.uid if "row" in http.POST else uuid.uuid4()
    if "decline" in http.POST:
        cosigning.decline(found, uid, by=person(http))
        return _("Your organization does not sign. The request is no longer shown to you.")
    if "withdraw" in http.POST:
        cosigning.withdraw_signature(found, uid, by=person(http))
        return _("The signature has been withdrawn. The request is no longer shown to you.")
    cosigning.sign(found, uid, by=person(http), declared="declared" in http.POST)
    return _("Your organization has signed the request.")


def signed_lines(found: Request, row: CoSignature) -> list[SectionLines]:
    """The answers that were signed, as they were then; what was left open is not shown."""
    if not row.is_signed:
        return []
    sections = section_lines(as_answered(found, row.snapshot["answers"]), frozenset())
    answered = [SectionLines(one.part, tuple(line for line in one.lines if line.pieces)) for one in sections]
    return [one for one in answered if one.lines]


def shared_documents(found: Request) -> list[Document]:
    """The documents that who signed may read."""
    return list(found.documents.kept().filter(shared=True))
