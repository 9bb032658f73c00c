"""Six months later: what changed, and how. Signed in, or by the link in the mail, which shows nothing else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.languages import switching
from base.text import clean_text
from requests_app.forms.answer_form import Problem
from requests_app.models.result import CHANGES
from requests_app.refusals import Incomplete, Refused
from requests_app.services import result_links, results
from requests_app.views.found import person, readable, signed_in, to_status
from requests_app.views.words import words_context


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def result(http: HttpRequest, reference: str) -> HttpResponse:
    """Answer the two questions while they are open; otherwise the status page says how it stands."""
    found = readable(http, reference)
    expected = getattr(found, "result", None)
    if expected is None or not expected.is_open or "result" not in found.sight.actions:
        return to_status(reference)
    context: dict[str, Any] = asked(http)
    if http.method == "POST" and not switching(http):
        try:
            results.record_result(found, http.POST.get("changed", ""), context["text"], by=person(http))
        except Incomplete as refused:
            context = asked(http, refused)
        except Refused as refused:
            messages.error(http, refused.sentence)
            return redirect("requests:detail", reference)
        else:
            messages.success(http, _("Thank you. What you said has been recorded."))
            return to_status(reference)
    return render(http, "requests/result.html", {"filed": found, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def result_by_link(http: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a mail: the reference and the two questions. A spent link reads like an unknown one."""
    link = result_links.opened_by(token)
    if link is None:
        return render(http, "requests/result_link.html", {"closed": True}, status=404)
    reference = link.result.request.reference
    context: dict[str, Any] = asked(http)
    if http.method == "POST" and not switching(http):
        try:
            results.record_result(link.result.request, http.POST.get("changed", ""), context["text"], by=link.user)
        except Incomplete as refused:
            context = asked(http, refused)
        except Refused:
            return render(http, "requests/result_link.html", {"closed": True}, status=404)
        else:
            return render(http, "requests/result_link.html", {"reference": reference, "thanked": True})
    return render(http, "requests/result_link.html", {"reference": reference, **context})


def asked(http: HttpRequest, refused: Incomplete | None = None) -> dict[str, Any]:
    """The two questions as they were answered, and what is wrong with the answers."""
    text, missing = clean_text(http.POST.get("text", "")), refused.missing if refused else ()
    sentence = str(refused.sentence) if refused else ""
    context = words_context(text, sentence if "text" in missing else "", optional=True)
    if "changed" in missing:
        context["problems"] = [Problem(sentence, "id_changed_0")]
    return {
        **context,
        "choices": CHANGES,
        "changed": http.POST.get("changed", ""),
        "changed_error": sentence if "changed" in missing else "",
    }
