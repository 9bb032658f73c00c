"""The exchange: all letters, oldest first, and writing one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.languages import switching
from base.text import clean_text
from requests_app import permissions
from requests_app.refusals import Incomplete, Refused
from requests_app.services import filing
from requests_app.views.found import form_key, looked_at, person, readable, signed_in
from requests_app.views.words import words_context


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letters(http: HttpRequest, reference: str) -> HttpResponse:
    """Read the letters; write to the Office while the request is open. A second click sends no second letter."""
    found = readable(http, reference)
    if found.is_draft:
        return redirect("requests:detail", reference)
    looked_at(http, found)
    text, error, key = clean_text(http.POST.get("text", "")), "", form_key(http)
    if http.method == "POST" and not switching(http):
        try:
            if filing.write(found, text, by=person(http), key=key):
                messages.success(http, _("Your letter has been sent."))
            return redirect("requests:letters", reference)
        except Incomplete as refused:
            error = refused.sentence if text else _("Write the letter, then send it")
        except Refused as refused:
            messages.error(http, refused.sentence)
    context = {
        "filed": found,
        "letters": list(found.letters.prefetch_related("also_to")),
        "may_write": "write" in permissions.available(found),
        "key": key,
        **words_context(text, error),
    }
    return render(http, "requests/letters.html", context)
