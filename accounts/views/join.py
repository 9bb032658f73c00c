"""Asking for an account. Everybody reads the same sentence, whoever and whatever exists already."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import joining
from accounts.backends import BACKEND
from accounts.join_forms import JoinForm
from accounts.models import JoinRequest, User
from accounts.people_forms import FirstPassword
from accounts.throttle import too_often, within
from accounts.views.taking_along import as_typed


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The form; what is wrong with it depends on what was typed alone. Asked to switch the language, show it again."""
    form = as_typed(JoinForm, request)
    if form.is_valid():
        if busy := too_often(request, "join"):
            return busy
        given = form.cleaned_data
        write = within(request, "join_mail", given["address"])
        joining.ask(given, language=(get_language() or "en")[:2], write=write)
        return redirect("account_join_sent")
    return render(request, "account/join.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: sets the password, or lets who has an account confirm signed in as that address."""
    if busy := too_often(request, "link"):
        return busy
    found = joining.find(token)
    account = joining.account_of(found) if found else None
    if found is None or (request.user.is_authenticated and request.user != account):
        return render(request, "account/join_over.html")
    if request.method == "POST" and request.user.is_authenticated:
        return _confirmed(request, found)
    form = None
    if account is None:
        form = FirstPassword(request.POST if request.method == "POST" else None, address=found.address)
        if form.is_valid():
            return _new_person(request, found, form.cleaned_data["password"])
    return render(request, "account/join_confirm.html", {"join": found, "form": form})


def _confirmed(request: HttpRequest, found: JoinRequest) -> HttpResponse:
    try:
        made = joining.confirm(found, by=cast(User, request.user))
    except joining.JoinRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("account")
    messages.success(request, _("Confirmed. The Office looks at it; until then you can prepare a request."))
    return redirect("organization", made.pk)


def _new_person(request: HttpRequest, found: JoinRequest, password: str) -> HttpResponse:
    try:
        user = joining.confirm_as_new(found, password)
    except joining.JoinRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    messages.success(request, _("Your account is ready. The Office looks at it; until then you can prepare a request."))
    return redirect("account")
