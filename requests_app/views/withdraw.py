"""Taking a request back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.languages import switching
from base.text import clean_text
from requests_app import permissions
from requests_app.refusals import Incomplete, Refused
from requests_app.services import filing
from requests_app.states import WITHDRAWN
from requests_app.views.found import person, readable, signed_in
from requests_app.views.words import words_context


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(http: HttpRequest, reference: str) -> HttpResponse:
    """Say what happens, ask for a reason that may be left out, withdraw. A second click changes nothing."""
    found = readable(http, reference)
    if "withdraw" not in found.sight.actions:
        raise Http404
    text = clean_text(http.POST.get("text", ""))
    if http.method == "POST" and not switching(http) and found.status != WITHDRAWN:
        try:
            filing.withdraw(found, http.POST.get("text", ""), by=person(http))
        except Incomplete as refused:
            context = words_context(text, refused.sentence, optional=True)
            return render(http, "requests/withdraw.html", {"filed": found, **context})
        except Refused as refused:
            if readable(http, reference).status != WITHDRAWN:
                messages.error(http, refused.sentence)
        else:
            messages.success(http, _("The request %(reference)s has been withdrawn.") % {"reference": reference})
        return redirect("requests:detail", reference)
    if "withdraw" not in permissions.available(found):
        return redirect("requests:detail", reference)
    return render(http, "requests/withdraw.html", {"filed": found, **words_context(text, optional=True)})
