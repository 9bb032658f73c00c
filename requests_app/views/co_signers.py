"""For who files: which organizations are asked to sign with it, how that stands, which documents they may read."""

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
from requests_app.services import cosigning
from requests_app.views.found import person, readable, signed_in, to_status

ANCHOR = "id_address"
# The same whether or not anybody was found.
ASKED = gettext_lazy(
    "If the address belongs to somebody who writes for one other verified organization, "
    "that organization can now sign within 30 days."
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def co_signers(http: HttpRequest, reference: str) -> HttpResponse:
    """Invite by an address, take an invitation back, choose the documents that are shared."""
    found = readable(http, reference)
    if "invite" not in permissions.available(found):
        return to_status(reference)
    error = ""
    if http.method == "POST" and not switching(http):
        try:
            messages.success(http, _posted(http, found))
            return redirect("requests:co_signers", reference)
        except Incomplete as refused:
            error = str(refused.sentence)
        except Refused as refused:
            messages.error(http, refused.sentence)
            return redirect("requests:co_signers", reference)
    context = {
        "filed": found,
        "rows": list(found.cosignatures.select_related("organization")),
        "documents": list(found.documents.kept()),
        "only_office": cosigning.only_the_office(found),
        "address": http.POST.get("address", ""),
        "error": error,
        "problems": [Problem(error, ANCHOR)] if error else [],
    }
    return render(http, "requests/co_signers.html", context)


def _posted(http: HttpRequest, found: Request) -> str:
    """Do what was asked; what to say of it. Raises Refused."""
    if "take_back" in http.POST:
        try:
            uid = uuid.UUID(http.POST["take_back"])
        except ValueError:
            uid = uuid.uuid4()
        cosigning.take_back(found, uid, by=person(http))
        return _("The invitation has been taken back.")
    if "share" in http.POST:
        cosigning.share_documents(found, http.POST.getlist("document"), by=person(http))
        return _("Your choice of documents is saved.")
    cosigning.invite(found, http.POST.get("address", ""), by=person(http))
    return str(ASKED)
