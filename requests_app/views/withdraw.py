"""Taking a request back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app import permissions
from requests_app.forms.answer_form import Problem
from requests_app.refusals import Incomplete, Refused
from requests_app.services import filing
from requests_app.views.found import person, readable


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(http: HttpRequest, reference: str) -> HttpResponse:
    """Say what happens, ask for a reason that may be left out, withdraw."""
    found = readable(http, reference)
    if "withdraw" not in found.sight.actions:
        raise Http404
    text, problems = http.POST.get("text", ""), list[Problem]()
    if http.method == "POST":
        try:
            filing.withdraw(found, text, by=person(http))
        except Incomplete as refused:
            problems = [Problem(str(refused.sentence), "id_text")]
        except Refused as refused:
            messages.error(http, refused.sentence)
            return redirect("requests:detail", reference)
        else:
            messages.success(http, _("The request %(reference)s has been withdrawn.") % {"reference": reference})
            return redirect("requests:detail", reference)
    if "withdraw" not in permissions.available(found):
        return redirect("requests:detail", reference)
    context = {"filed": found, "text": text, "problems": problems, "limit": filing.LETTER_LIMIT}
    return render(http, "requests/withdraw.html", context)
