"""Starting again from a copy of a request that was sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app.refusals import Refused
from requests_app.services import starting_again
from requests_app.views.found import form_key, person, readable, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start_again(http: HttpRequest, reference: str) -> HttpResponse:
    """Make the draft and lead to it. Its button stands on the status page; a second click makes no second draft."""
    found = readable(http, reference)
    if http.method == "POST":
        try:
            draft = starting_again.start_again(found, by=person(http), key=form_key(http))
        except Refused as refused:
            messages.error(http, refused.sentence)
        else:
            words = {"reference": reference}
            messages.success(
                http,
                _("This draft holds the answers of %(reference)s. Look at each; say again who may know of it.") % words,
            )
            return redirect("requests:detail", draft.reference)
    return redirect("requests:detail", reference)
