"""The exchange: all letters, oldest first, and writing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
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
def letters(http: HttpRequest, reference: str) -> HttpResponse:
    """Read the letters; write to the Office while the request is open."""
    found = readable(http, reference)
    if found.is_draft:
        return redirect("requests:detail", reference)
    text, problems = http.POST.get("text", ""), list[Problem]()
    if http.method == "POST":
        try:
            filing.write(found, text, by=person(http))
        except Incomplete as refused:
            problems = [Problem(str(refused.sentence), "id_text")]
        except Refused as refused:
            messages.error(http, refused.sentence)
        else:
            messages.success(http, _("Your letter has been sent."))
            return redirect("requests:letters", reference)
    context = {
        "filed": found,
        "letters": list(found.letters.all()),
        "may_write": "write" in permissions.available(found),
        "text": text,
        "problems": problems,
        "limit": filing.LETTER_LIMIT,
        "title_prefix": _("Error: ") if problems else "",
    }
    return render(http, "requests/letters.html", context)
