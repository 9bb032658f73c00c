"""What one is told by mail, and how."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import notice_choices
from accounts.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """A line for each event, with what can be chosen."""
    user = cast(User, request.user)
    if request.method == "POST":
        notice_choices.choose(user, request.POST.dict())
        messages.success(request, _("Saved."))
        return redirect("account_notices")
    now = notice_choices.chosen(user)
    rows = [
        {"event": event, "options": [(how, notice_choices.HOWS[how], how == now[event.slug]) for how in event.hows]}
        for event in notice_choices.EVENTS
    ]
    return render(request, "account/notices.html", {"rows": rows})
