"""The mails of asking for an account. Which account exists is looked up here, when the mail to its owner leaves."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import links
from accounts.mails import administers, mail, to
from accounts.models import JoinRequest, Unit, User
from outbox.kinds import Mail, register
from outbox.models import Notice
from outbox.queueing import Addressee, queue

CONFIRM = "account.join"
CAME = "account.join_came"
PASSED = "account.join_passed"
DECIDED = "account.join_decided"


def confirm_join(join: JoinRequest) -> None:
    """Owe the mail with the link that confirms the address."""
    queue(CONFIRM, "", [Addressee(join.address, join.language)], str(join.pk))


def tell_join_came(join: JoinRequest, units: list[Unit]) -> None:
    """Owe these units the word that a request to join waits for their step."""
    whom = [Addressee(unit.address, settings.LANGUAGE_CODE, unit_id=unit.pk) for unit in units]
    queue(CAME, "", whom, f"{join.pk} {join.steps.count()}")


def tell_join_passed(join: JoinRequest, whom: list[User]) -> None:
    """Owe the administrators the word that somebody asks to become a member."""
    queue(PASSED, "", map(to, whom), f"{join.pk} {join.steps.count()}")


def tell_join_decided(join: JoinRequest) -> None:
    """Owe the person the word that it is decided."""
    if join.person is not None:
        queue(DECIDED, "", [to(join.person)], str(join.pk))


def compose_confirm(notice: Notice) -> Mail | None:
    """The link, in the words for who has an account or for who has none; nothing once it was used."""
    join = JoinRequest.objects.open().filter(pk=UUID(notice.cause)).first()
    if join is None:
        return None
    path = reverse("account_join_confirm", args=[links.word_of("join", join.pk)])
    if User.objects.filter(email__iexact=join.address).exists():
        return mail(
            _("You have an account already"),
            _(
                "Somebody asked for an account with this address, which has one already. If it was you, and you want "
                "to write for a further organization, confirm it here:"
            ),
            _("The link works once and for 7 days. If it was not you, there is nothing to do."),
            path=path,
        )
    return mail(
        _("Confirm your address"),
        _("Somebody asked for an account with this address. If it was you, confirm it and set a password here:"),
        _("The link works once and for 7 days. If it was not you, there is nothing to do."),
        path=path,
    )


def compose_came(notice: Notice) -> Mail | None:
    """To a unit, whose officers find it at the desk."""
    join = JoinRequest.objects.undecided().filter(pk=UUID(notice.cause.split()[0])).first()
    if join is None:
        return None
    return mail(
        _("A request to join waits"),
        _("A request to join waits for your unit at the desk:"),
        path=reverse("admin:accounts_joinrequest_change", args=[join.pk]),
    )


def compose_passed(notice: Notice) -> Mail | None:
    """To an administrator, who finds it on the organization's page."""
    join = JoinRequest.objects.undecided().filter(pk=UUID(notice.cause.split()[0])).first()
    if join is None or join.passed_to_id is None or not administers(notice, join.passed_to_id):
        return None
    return mail(
        _("Somebody asks to become a member"),
        _("Somebody asks to become a member of an organization that you look after. You find who on this page:"),
        path=reverse("organization", args=[join.passed_to_id]),
    )


def compose_decided(notice: Notice) -> Mail | None:
    """To the person, who finds the outcome on the account's page."""
    person = User.objects.filter(email=notice.address, is_active=True).first()
    if person is None or person.pk != notice.recipient_id:
        return None
    return mail(
        _("Your request to join is decided"),
        _("The Office has decided on your request to join. Sign in to read it:"),
        path=reverse("account"),
    )


register(CONFIRM, compose_confirm)
register(CAME, compose_came)
register(PASSED, compose_passed)
register(DECIDED, compose_decided)
