"""The link of an invitation. Whatever does not work answers in one way, whether it ever existed or not."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations
from accounts.backends import BACKEND
from accounts.models import Invitation, User
from accounts.people_forms import NewMemberForm
from accounts.throttle import too_often
from accounts.views.taking_along import as_typed
from base.languages import switching


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, to which organization, as what, until when; one button accepts.

    A switch of the language is a look at the link like any other, and counted as one: who tries links out must not
    escape the count by it.
    """
    if busy := too_often(request, "link"):
        return busy
    found = invitations.find(token)
    account = invitations.account_of(found) if found else None
    known = request.user.is_authenticated
    if found is None or (known and request.user != account):
        return render(request, "account/invitation_over.html", {"token": token})
    if request.method == "POST" and known and not switching(request):
        return _accepted(request, found)
    form = None
    if account is None:
        form = as_typed(NewMemberForm, request, address=found.address)
        if form.is_valid():
            return _new_member(request, found, form)
    return render(request, "account/invitation.html", {"invitation": found, "form": form, "account": account})


@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for a new one; the same answer for every link."""
    if busy := too_often(request, "link"):
        return busy
    invitations.ask_again(token)
    return render(request, "account/invitation_asked.html")


def _accepted(request: HttpRequest, found: Invitation) -> HttpResponse:
    try:
        invitations.accept(found, by=cast(User, request.user))
    except invitations.InvitationRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("account")
    messages.success(request, _("You are a member now."))
    return redirect("organization", found.organization_id)


def _new_member(request: HttpRequest, found: Invitation, form: NewMemberForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        user = invitations.accept_as_new(found, language=(get_language() or "en")[:2], **given)
    except invitations.InvitationRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    messages.success(request, _("Your account is ready, and you are a member now."))
    return redirect("organization", found.organization_id)
