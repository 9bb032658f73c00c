"""The page of an organization: for its members only, and its acts for its administrators. Else it does not exist."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import invitations, joining, organizations
from accounts.models import Invitation, JoinRequest, Membership, Organization, User
from accounts.people_forms import InviteForm, RoleForm
from accounts.standing import standing_of
from accounts.throttle import too_often
from accounts.views.taking_along import as_typed
from base.refusals import Refused


def own(request: HttpRequest, organization: UUID, *, administers: bool = False) -> Organization:
    """The organization, for its members (its administrators); Http404 like an unknown one for anybody else."""
    standing = standing_of(request.user)
    if organization not in (standing.administrator_of if administers else standing.reader_of):
        raise Http404
    return get_object_or_404(Organization.objects.select_related("country"), pk=organization)


@login_required
@require_safe
def page(request: HttpRequest, organization: UUID) -> HttpResponse:
    """What it is, who its members are; for an administrator also whom it has invited."""
    found = own(request, organization)
    administers = found.pk in standing_of(request.user).administrator_of
    members = Membership.objects.current().filter(organization=found).select_related("user")
    context = {
        "organization": found,
        "members": members.order_by("user__name", "pk"),
        "administers": administers,
        "joins": JoinRequest.objects.undecided().filter(passed_to=found) if administers else (),
        "invitations": Invitation.objects.pending().filter(organization=found) if administers else (),
    }
    return render(request, "account/organization.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, organization: UUID) -> HttpResponse:
    """Whom, and as what."""
    found = own(request, organization, administers=True)
    form = as_typed(InviteForm, request)
    if form.is_valid():
        if busy := too_often(request, "invite"):
            return busy
        try:
            invitations.invite(found, form.cleaned_data["address"], form.cleaned_data["role"], by=_who(request))
        except Refused as refused:
            form.add_error("address", refused.sentence)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("organization", found.pk)
    return render(request, "account/invite.html", {"organization": found, "form": form})


@login_required
@require_POST
def invitation_act(request: HttpRequest, organization: UUID, invitation: UUID, act: str) -> HttpResponse:
    """Sends an invitation anew, or withdraws it."""
    found = own(request, organization, administers=True)
    sent = get_object_or_404(Invitation, pk=invitation, organization=found)
    if act == "again":
        if busy := too_often(request, "invite"):
            return busy
        _said(request, lambda: invitations.send_anew(sent, by=_who(request)), _("The invitation is on its way again."))
    elif act == "withdraw":
        _said(request, lambda: invitations.withdraw(sent, by=_who(request)), _("The invitation is withdrawn."))
    else:
        raise Http404
    return redirect("organization", found.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, organization: UUID, join: UUID) -> HttpResponse:
    """Somebody whom the Branch asks the administrators about: let in, or given back to the Branch."""
    found = own(request, organization, administers=True)
    asked = get_object_or_404(JoinRequest.objects.undecided(), pk=join, passed_to=found)
    posted = request.POST if request.method == "POST" else None
    form = RoleForm(posted if posted and "role" in posted else None, initial={"role": Membership.Role.READER})
    if posted is not None and "back" in posted:
        _said(request, lambda: joining.give_back(asked, by=_who(request)), _("The Office decides now."))
        return redirect("organization", found.pk)
    if form.is_valid():
        role = form.cleaned_data["role"]
        _said(request, lambda: joining.admit(asked, role, by=_who(request)), _("The person is a member now."))
        return redirect("organization", found.pk)
    return render(request, "account/organization_join.html", {"organization": found, "join": asked, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, organization: UUID, membership: UUID) -> HttpResponse:
    """A member's role and the end of the membership: for administrators, and the end also for the person."""
    found = own(request, organization)
    rows = Membership.objects.current().filter(organization=found).select_related("user", "organization")
    row = get_object_or_404(rows, pk=membership)
    administers = found.pk in standing_of(request.user).administrator_of
    self_ = row.user_id == _who(request).pk
    if not (administers or self_):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = RoleForm(posted if posted and "role" in posted else None, initial={"role": row.role})
    if posted is not None and "end" in posted:
        done = _said(
            request, lambda: organizations.end_membership(row, by=_who(request)), _("The membership has ended.")
        )
        return redirect("account") if done and self_ else redirect("organization", found.pk)
    if administers and form.is_valid():
        role = form.cleaned_data["role"]
        _said(request, lambda: organizations.change_role(row, role, by=_who(request)), _("Saved."))
        return redirect("organization", found.pk)
    context = {"organization": found, "membership": row, "form": form, "administers": administers, "self": self_}
    return render(request, "account/member.html", context)


def _who(request: HttpRequest) -> User:
    return cast(User, request.user)


def _said(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Whether the act was done; says so, or why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.sentence)
        return False
    messages.success(request, done)
    return True
