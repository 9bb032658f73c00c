"""Inviting a member: made, sent anew, withdrawn, accepted once, asked for again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import links, mails
from accounts.models import Invitation, Membership, Organization, User
from accounts.models.invitation import LASTS
from accounts.organizations import OrganizationRefused, administrators, admit
from accounts.standing import standing_of
from base.refusals import Refused

PURPOSE = "invitation"
MOST_PENDING = 50  # of one organization: nobody writes to the whole world in its name


class InvitationRefused(Refused):
    """An invitation is not made, withdrawn or accepted."""


def invite(organization: Organization, address: str, role: str, *, by: User) -> Invitation:
    """Invites an address. Whether it has an account is not looked at, so that nobody learns it here.

    InvitationRefused unless by an administrator, who holds every role that he can give; for a member, and twice.
    """
    address = address.strip().lower()
    with transaction.atomic():
        organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        _may(organization, by)
        if role not in Membership.Role.values:
            raise InvitationRefused(_("Choose a role from the list."))
        if Membership.objects.current().filter(organization=organization, user__email=address).exists():
            raise InvitationRefused(_("This person is a member already."))
        pending = Invitation.objects.pending().filter(organization=organization)
        if pending.filter(address=address).exists():
            raise InvitationRefused(_("This address is invited already. Send that invitation anew."))
        if pending.count() >= MOST_PENDING:
            raise InvitationRefused(_("There are too many open invitations. Withdraw some first."))
        invitation = Invitation(organization=organization, address=address, role=role, by=by)
        _turn(invitation, 1)
    return invitation


def send_anew(invitation: Invitation, *, by: User) -> Invitation:
    """Another link and another 14 days; the former link opens nothing from now on."""
    with transaction.atomic():
        invitation = _locked(invitation)
        _may(invitation.organization, by)
        if invitation.ended_at is not None:
            raise InvitationRefused(_("This invitation has ended."))
        invitation.by, invitation.asked_again_at = by, None
        _turn(invitation, invitation.turn + 1)
    return invitation


def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Its link opens nothing from now on."""
    with transaction.atomic():
        invitation = _locked(invitation)
        _may(invitation.organization, by)
        if invitation.ended_at is not None:
            raise InvitationRefused(_("This invitation has ended."))
        invitation.ended_at, invitation.ended_by = timezone.now(), by
        invitation.save()
    return invitation


def find(word: str) -> Invitation | None:
    """The invitation that this link opens now: open, and its sender still looks after the organization."""
    found = Invitation.objects.open().filter(digest=links.digest_of(word))
    invitation = found.select_related("organization__country", "by").first()
    if invitation is None or not administrators(invitation.organization).filter(user=invitation.by_id).exists():
        return None
    return invitation


def account_of(invitation: Invitation) -> User | None:
    """The account of the address, if there is one."""
    return User.objects.filter(email__iexact=invitation.address).first()


def accept(invitation: Invitation, *, by: User) -> Membership:
    """The person of that address becomes a member. InvitationRefused for anybody else and a second time."""
    with transaction.atomic():
        invitation = _locked(invitation)
        if invitation.ended_at is not None or invitation.is_expired or by.email != invitation.address:
            raise InvitationRefused(_("This invitation does not work here."))
        try:
            membership = admit(user=by, organization=invitation.organization, role=invitation.role, by=invitation.by)
        except OrganizationRefused as refused:
            raise InvitationRefused(refused.sentence) from None
        invitation.ended_at, invitation.ended_by, invitation.accepted_by = timezone.now(), by, by
        invitation.save()
    return membership


def accept_as_new(invitation: Invitation, *, name: str, function: str, password: str, language: str) -> User:
    """Makes the account of the address and accepts. InvitationRefused when there is one by now."""
    with transaction.atomic():
        invitation = _locked(invitation)
        if account_of(invitation) is not None:
            raise InvitationRefused(_("This invitation does not work here."))
        user = User.objects.create_user(invitation.address, password, name=name, function=function, language=language)
        accept(invitation, by=user)
    return user


def ask_again(word: str) -> None:
    """Tells the administrators once that a link which is too old is asked for again. Nothing for any other link."""
    with transaction.atomic():
        invitation = (
            Invitation.objects.pending()
            .select_for_update(of=("self",))
            .filter(digest=links.digest_of(word), expires_at__lte=timezone.now(), asked_again_at=None)
            .first()
        )
        if invitation is None:
            return
        invitation.asked_again_at = timezone.now()
        invitation.save(update_fields=["asked_again_at"])
        whom = administrators(invitation.organization).select_related("user")
        mails.tell_asked_again(invitation, [membership.user for membership in whom])


def _turn(invitation: Invitation, turn: int) -> None:
    invitation.turn = turn
    invitation.digest = links.digest_of(links.word_of(PURPOSE, invitation.pk, turn))
    invitation.expires_at = timezone.now() + LASTS
    invitation.save()
    mails.invite(invitation)


def _may(organization: Organization, by: User) -> None:
    if organization.pk not in standing_of(by).administrator_of:
        raise InvitationRefused(_("Only the administrator of the organization invites."))


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
