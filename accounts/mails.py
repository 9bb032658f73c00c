"""The mails about members: a sentence and a link. No name, no organization, no typed word stands in any of them.

What a mail is about is looked up when it leaves: what has ended in the meantime is not written of.
"""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import links
from accounts.models import Invitation, Membership, User
from accounts.notice_choices import told_now
from outbox.kinds import Mail, register
from outbox.models import Notice
from outbox.queueing import Addressee, queue

INVITED = "account.invited"
ASKED_AGAIN = "account.asked_again"
JOINED = "account.joined"


def mail(subject: str, *parts: str, path: str = "") -> Mail:
    """A mail of these parts with the address of a page of the portal after the first."""
    first, *others = parts
    lines = [first, settings.PORTAL_URL + path, *others] if path else parts
    return Mail(subject, "\n\n".join(lines) + "\n")


def to(user: User) -> Addressee:
    """A person's account."""
    return Addressee(user.email, user.language, user_id=user.pk)


def invite(invitation: Invitation) -> None:
    """Owe the mail of this turn of an invitation."""
    language = invitation.by.language
    queue(INVITED, "", [Addressee(invitation.address, language)], f"{invitation.pk} {invitation.turn}")


def tell_asked_again(invitation: Invitation, whom: list[User]) -> None:
    """Owe the administrators the word that an invitation is asked for again."""
    queue(ASKED_AGAIN, "", map(to, whom), f"{invitation.pk} {invitation.turn}")


def tell_joined(membership: Membership, whom: list[User]) -> None:
    """Owe the administrators who want it by mail the word that there is a new member."""
    now = told_now("joined", map(to, whom), kind=JOINED, about=str(membership.organization_id))
    queue(JOINED, "", now, str(membership.pk))


def compose_invited(notice: Notice) -> Mail | None:
    """The invitation with its link; nothing when it has ended or was sent anew."""
    key, turn = notice.cause.split()
    invitation = Invitation.objects.open().filter(pk=UUID(key), turn=int(turn)).first()
    if invitation is None:
        return None
    path = reverse("account_invitation", args=[links.word_of("invitation", invitation.pk, invitation.turn)])
    return mail(
        _("You are invited"),
        _("Somebody invites you to write for an organization. Open this page to see who, and for which one:"),
        _("The link works once and for 14 days. If you do not know what this is about, there is nothing to do."),
        path=path,
    )


def compose_asked_again(notice: Notice) -> Mail | None:
    """To an administrator, who finds the invitation on the organization's page."""
    invitation = Invitation.objects.pending().filter(pk=UUID(notice.cause.split()[0])).first()
    if invitation is None or not administers(notice, invitation.organization_id):
        return None
    return mail(
        _("Somebody asks for a new invitation"),
        _("An invitation that you sent is too old, and its recipient asks for a new one. You find it on this page:"),
        _("Send it anew or withdraw it there."),
        path=reverse("organization", args=[invitation.organization_id]),
    )


def compose_joined(notice: Notice) -> Mail | None:
    """To an administrator, who finds the new member on the organization's page."""
    membership = Membership.objects.current().filter(pk=UUID(notice.cause)).first()
    if membership is None or not administers(notice, membership.organization_id):
        return None
    return mail(
        _("A new member"),
        _("An organization that you look after has a new member. You find who it is on this page:"),
        path=reverse("organization", args=[membership.organization_id]),
    )


def administers(notice: Notice, organization: UUID) -> bool:
    """Whether whoever has the address now is the person written to, and looks after this organization."""
    found = Membership.objects.current().filter(
        organization=organization,
        role=Membership.Role.ADMINISTRATOR,
        user=notice.recipient_id,
        user__email=notice.address,
        user__is_active=True,
    )
    return bool(found.exists())


register(INVITED, compose_invited)
register(ASKED_AGAIN, compose_asked_again)
register(JOINED, compose_joined)
