"""The requester decides on the text that the Office would publish: reads it as it would stand, agrees, or says no."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.standing import standing_of
from requests_app import permissions
from requests_app.published import told
from requests_app.refusals import Refused
from requests_app.services import publishing as service
from requests_app.views.found import person, readable, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(http: HttpRequest, reference: str) -> HttpResponse:
    """The text that stands, with both answers for who writes for the organization. A second click changes nothing."""
    found = readable(http, reference)
    if found.is_draft or found.organization_id not in standing_of(http.user).reader_of:
        return redirect("requests:detail", reference)
    if http.method == "POST":
        try:
            if http.POST.get("decision") == "consent":
                service.consent(found, http.POST.get("text", ""), by=person(http))
                messages.success(http, _("Your agreement is recorded. The Office can publish the text now."))
            elif http.POST.get("decision") == "refuse":
                service.refuse(found, by=person(http))
                messages.success(http, _("Your answer is recorded. The text is on no public page."))
        except Refused as refused:
            messages.error(http, refused.sentence)
        return redirect("requests:detail", reference)
    held = service.standing(found)
    if held is None:
        return redirect("requests:detail", reference)
    context = {
        "filed": found,
        "held": held,
        "row": told(held),
        "names_us": service.names_organization(found, held.text),
        "actions": set(permissions.available(found)) & service.possible(held),
    }
    return render(http, "requests/publishing.html", context)
