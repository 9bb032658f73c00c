"""Where one is signed in, and ending it there."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import devices
from accounts.models import User


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The own sessions, this one among them."""
    found = devices.sign_ins(cast(User, request.user), current=request.session.session_key)
    return render(request, "account/devices.html", {"sign_ins": found})


@login_required
@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ends one of them; nothing for an id that is not one's own."""
    devices.end(cast(User, request.user), str(uid))
    messages.success(request, _("That device is signed out."))
    return redirect("account_devices")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Ends all but this one."""
    devices.end_others(cast(User, request.user), current=request.session.session_key)
    messages.success(request, _("All other devices are signed out."))
    return redirect("account_devices")
