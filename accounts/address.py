"""Changing the e-mail of an account: confirmed from the new mailbox, told to the old one.

Whether the new address has an account is looked up when the mail leaves and when it is confirmed, never for the page.
"""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import devices, links
from accounts.mails import mail
from accounts.models import AddressChange, User
from accounts.models.address_change import LASTS
from base.refusals import Refused
from outbox.kinds import Mail, register
from outbox.models import Notice
from outbox.queueing import Addressee, queue

PURPOSE = "address"
CONFIRM, CHANGED = "account.address", "account.address_changed"


class AddressRefused(Refused):
    """The address is not changed."""


def ask(user: User, address: str, *, write: bool = True) -> None:
    """Keeps the wish, ends an earlier one, and owes the mail to the new address; the same whoever has it."""
    with transaction.atomic():
        AddressChange.objects.filter(user=user, ended_at=None).update(ended_at=timezone.now())
        change = AddressChange(user=user, address=address, expires_at=timezone.now() + LASTS)
        change.digest = links.digest_of(links.word_of(PURPOSE, change.pk))
        change.save()
        if write:
            queue(CONFIRM, "", [Addressee(address, user.language)], str(change.pk))


def find(word: str, user: User) -> AddressChange | None:
    """The change that this link confirms for this person now."""
    return AddressChange.objects.open().filter(digest=links.digest_of(word), user=user).first()


def confirm(change: AddressChange, *, by: User, session: str | None) -> None:
    """From now on `by` signs in with the new address; all other devices are signed out, the old mailbox is told.

    AddressRefused a second time, and when another account has the address.
    """
    try:
        with transaction.atomic():
            user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
            taken = User.objects.filter(email__iexact=change.address).exclude(pk=user.pk)
            if taken.exists() or not AddressChange.objects.open().filter(pk=change.pk, user=user).exists():
                raise AddressRefused(_("This link does not work here."))
            AddressChange.objects.filter(pk=change.pk).update(ended_at=timezone.now())
            queue(CHANGED, "", [Addressee(user.email, user.language, user_id=user.pk)], str(change.pk))
            user.email = change.address
            user.save(update_fields=["email"])
            EmailAddress.objects.filter(user=user).delete()  # the library's own list of addresses
            devices.end_others(user, current=session)
    except IntegrityError:  # the same address, made an account at the same moment
        raise AddressRefused(_("This link does not work here.")) from None


def compose_confirm(notice: Notice) -> Mail | None:
    """The link; for the owner of another account the word that it has one."""
    change = AddressChange.objects.open().filter(pk=UUID(notice.cause)).first()
    if change is None:
        return None
    if User.objects.filter(email__iexact=change.address).exists():
        return mail(
            _("This address has an account"),
            _("Somebody wanted to use this address for an account. It has one already, so nothing was changed."),
        )
    return mail(
        _("Confirm your new address"),
        _("Sign in with the address that you have used so far, and open this page to change it to this one:"),
        _("The link works once and for two days. If you do not know what this is about, there is nothing to do."),
        path=reverse("account_confirm_email", args=[links.word_of(PURPOSE, change.pk)]),
    )


def compose_changed(notice: Notice) -> Mail:
    """To the old address, whoever has it now: it names nothing."""
    return mail(
        _("The address of your account was changed"),
        _("The account that had this address has another one now. If this was not you, write to us:"),
        path=reverse("contact"),
    )


register(CONFIRM, compose_confirm)
register(CHANGED, compose_changed)
