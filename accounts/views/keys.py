"""The keys of the API that somebody made: the list, a new one, ending one."""

from typing import cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import api_keys
from accounts.models import User
from base.languages import switching


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The own keys, the newest first."""
    user = cast(User, request.user)
    keys = user.api_keys.select_related("organization", "unit__station")
    return render(request, "account/keys.html", {"keys": keys, "may_make": bool(api_keys.places_of(user))})


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for place, scopes and name; then show the key, this once."""
    user = cast(User, request.user)
    places, typed = api_keys.places_of(user), request.POST
    chosen = typed.get("place", places[0].value if len(places) == 1 else "")
    refused = None
    if request.method == "POST" and not switching(request):
        place = next((place for place in places if place.value == chosen), None)
        try:
            key, word = api_keys.issue(user, place, typed.getlist("scope"), name=typed.get("name", ""))
        except api_keys.KeyRefused as why:
            refused = why
        else:
            return render(request, "account/key_made.html", {"key": key, "word": word})
    context = {
        "places": places,
        "chosen": chosen,
        "scopes": api_keys.scopes_of(places),
        "ticked": typed.getlist("scope") if request.method == "POST" else ["read"],
        "name": typed.get("name", ""),
        "refused": refused,
        "days": api_keys.DAYS,
    }
    return render(request, "account/key_new.html", context)


@login_required
@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends one of them; nothing for a key that is not one's own."""
    api_keys.end(cast(User, request.user), key)
    messages.success(request, _("That key opens nothing any more."))
    return redirect("account_keys")
