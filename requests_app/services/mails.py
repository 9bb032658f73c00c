"""The mails: a reference and a link, no organization, no title, no country, no typed word.

The recipient is asked for again when the mail leaves: who may no longer know of the request gets none.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.standing import standing_of
from outbox.kinds import Mail, register
from outbox.models import Notice
from requests_app.models import Letter, Request, Routing
from requests_app.services import result_links


@dataclass(frozen=True)
class Words:
    """Subject and sentence of a mail; `desk` leads the link to the officers' desk."""

    subject: Promise
    sentence: Promise
    desk: bool = False


MAILS: Final = {
    "received": Words(
        gettext_lazy("%(reference)s: received"),
        gettext_lazy("Your request %(reference)s has reached the Office."),
    ),
    "question": Words(
        gettext_lazy("%(reference)s: a question for you"),
        gettext_lazy("The Office has a question about your request %(reference)s and waits for your answer."),
    ),
    "answer_received": Words(
        gettext_lazy("%(reference)s: your answer was received"),
        gettext_lazy("The answer of your organization on request %(reference)s has reached the Office."),
    ),
    "accepted": Words(
        gettext_lazy("%(reference)s: found suitable"),
        gettext_lazy("Your request %(reference)s was found suitable."),
    ),
    "declined": Words(
        gettext_lazy("%(reference)s: decided"),
        gettext_lazy("The Office has decided on your request %(reference)s. A letter gives the reasons."),
    ),
    "no_means": Words(
        gettext_lazy("%(reference)s: decided"),
        gettext_lazy("The Office has decided on your request %(reference)s. A letter gives the reasons."),
    ),
    "given": Words(
        gettext_lazy("%(reference)s: assistance given"),
        gettext_lazy("The Office has recorded that assistance was given on your request %(reference)s."),
    ),
    "result_asked": Words(
        gettext_lazy("%(reference)s: what has changed?"),
        gettext_lazy(
            "Assistance was given on your request %(reference)s six months ago. The Office asks you two questions "
            "about what has changed since. The link opens them without sign-in; it works once, for 60 days."
        ),
    ),
    "consent_asked": Words(
        gettext_lazy("%(reference)s: a question on publishing"),
        gettext_lazy("The Office asks whether it may publish a text on the assistance given on request %(reference)s."),
    ),
    "published": Words(
        gettext_lazy("%(reference)s: published"),
        gettext_lazy("The text on request %(reference)s to which you agreed is public now. You can end that."),
    ),
    "taken_off": Words(
        gettext_lazy("%(reference)s: taken off"),
        gettext_lazy("The Office has taken off its text on the assistance given on request %(reference)s."),
    ),
    "new": Words(
        gettext_lazy("%(reference)s: new request"),
        gettext_lazy("Request %(reference)s has come in and concerns your unit."),
        desk=True,
    ),
    "assigned": Words(
        gettext_lazy("%(reference)s: given to you"),
        gettext_lazy("Request %(reference)s has been given to you."),
        desk=True,
    ),
    "unassigned": Words(
        gettext_lazy("%(reference)s: no longer with you"),
        gettext_lazy("Request %(reference)s is no longer given to you."),
        desk=True,
    ),
    "answered": Words(
        gettext_lazy("%(reference)s: answer received"),
        gettext_lazy("The requester has answered on request %(reference)s."),
        desk=True,
    ),
    "letter": Words(
        gettext_lazy("%(reference)s: letter received"),
        gettext_lazy("The requester has written on request %(reference)s."),
        desk=True,
    ),
    "document": Words(
        gettext_lazy("%(reference)s: document added"),
        gettext_lazy("The requester has added a document to request %(reference)s."),
        desk=True,
    ),
    "document_refused": Words(
        gettext_lazy("%(reference)s: document refused"),
        gettext_lazy("A document that you added to request %(reference)s was refused by the virus check and deleted."),
    ),
    "co_invited": Words(
        gettext_lazy("%(reference)s: you are asked to sign"),
        gettext_lazy("Another organization asks yours to sign its request %(reference)s with it, within 30 days."),
    ),
    "co_again": Words(
        gettext_lazy("%(reference)s: you are asked to sign again"),
        gettext_lazy(
            "Request %(reference)s was changed after your organization signed it. The signature has ended; "
            "your organization is asked to sign again, within 30 days."
        ),
    ),
    "co_signed": Words(
        gettext_lazy("%(reference)s: signed by another organization"),
        gettext_lazy("An organization that you asked to sign your request %(reference)s has signed it."),
    ),
    "co_declined": Words(
        gettext_lazy("%(reference)s: not signed"),
        gettext_lazy("An organization that you asked to sign your request %(reference)s has declined."),
    ),
    "co_withdrawn": Words(
        gettext_lazy("%(reference)s: signature withdrawn"),
        gettext_lazy("An organization has withdrawn its signature from your request %(reference)s."),
    ),
    "co_letter": Words(
        gettext_lazy("%(reference)s: a letter for you too"),
        gettext_lazy(
            "The Office has addressed a letter on request %(reference)s, which your organization signed, to you too."
        ),
    ),
    "decided": Words(
        gettext_lazy("%(reference)s: decided"),
        gettext_lazy("The Branch has decided on request %(reference)s."),
        desk=True,
    ),
    "consent_answered": Words(
        gettext_lazy("%(reference)s: answer on publishing"),
        gettext_lazy("The requester has decided on the text to be published on request %(reference)s."),
        desk=True,
    ),
    "withdrawn": Words(
        gettext_lazy("%(reference)s: withdrawn"),
        gettext_lazy("The requester has withdrawn request %(reference)s."),
        desk=True,
    ),
}
_PREFIX = "request."


def kind_of_notice(kind: str) -> str:
    """The name of a kind in the outbox. Raises KeyError for one without words."""
    if kind not in MAILS:
        raise KeyError(kind)
    return _PREFIX + kind


def compose(notice: Notice) -> Mail | None:
    """The mail of a notice, or None when the recipient may not know of the request any more."""
    if not may_know(notice):
        return None
    words = MAILS[notice.kind.removeprefix(_PREFIX)]
    reference = {"reference": notice.about}
    address = (
        reverse("admin:requests_request_change", args=[notice.about])
        if words.desk
        else reverse("requests:detail", args=[notice.about])
    )
    sign_in = _("Sign in to read it. This mail carries no details, so that it can be read on any device.")
    return _mail(words, reference, address, sign_in)


def compose_result(notice: Notice) -> Mail | None:
    """The mail that asks what has changed, with the link of this recipient; None once nothing is asked any more."""
    address = result_links.address_for(notice) if may_know(notice) else None
    if address is None:
        return None
    words = MAILS["result_asked"]
    return _mail(words, {"reference": notice.about}, address, _("Give the link to nobody: it answers in your name."))


def compose_letter(notice: Notice) -> Mail | None:
    """The mail on a letter that went to an organization that signed; None for who may not read that letter any more."""
    user = recipient(notice)
    if user is None:
        return None
    letters = Letter.objects.addressed_too(standing_of(user).writer_of).filter(uid=notice.cause)
    return compose(notice) if letters.exists() else None


def _mail(words: Words, reference: dict[str, str], address: str, last: str) -> Mail:
    text = "\n\n".join([str(words.sentence) % reference, settings.PORTAL_URL + address, last])
    return Mail(str(words.subject) % reference, text + "\n")


def may_know(notice: Notice) -> bool:
    """Whether the recipient of `notice` knows of its request when this is asked: a person's account, or a unit."""
    if notice.unit_id:
        rows = Routing.objects.current().filter(request__reference=notice.about, unit=notice.unit_id)
        return bool(rows.exists())
    user = recipient(notice)
    return user is not None and bool(Request.objects.visible_to(user).filter(reference=notice.about).exists())


def recipient(notice: Notice) -> User | None:
    """The person to whom it was written, if he still has the address."""
    user = User.objects.filter(email=notice.address).first()
    return user if user and user.pk == notice.recipient_id else None


_COMPOSED: Final = {"result_asked": compose_result, "co_letter": compose_letter}
for _kind in MAILS:
    register(kind_of_notice(_kind), _COMPOSED.get(_kind, compose))
