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
from outbox.kinds import Mail, register
from outbox.models import Notice
from requests_app.models import Request, Routing


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
    "new": Words(
        gettext_lazy("%(reference)s: new request"),
        gettext_lazy("Request %(reference)s has come in and concerns your unit."),
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
    "decided": Words(
        gettext_lazy("%(reference)s: decided"),
        gettext_lazy("The Branch has decided on request %(reference)s."),
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
    text = "\n\n".join(
        [
            str(words.sentence) % reference,
            settings.PORTAL_URL + address,
            _("Sign in to read it. This mail carries no details, so that it can be read on any device."),
        ]
    )
    return Mail(str(words.subject) % reference, text + "\n")


def may_know(notice: Notice) -> bool:
    """Whether the recipient of `notice` knows of its request when this is asked: a person's account, or a unit."""
    if notice.unit_id:
        rows = Routing.objects.current().filter(request__reference=notice.about, unit=notice.unit_id)
        return bool(rows.exists())
    user = User.objects.filter(email=notice.address).first()
    # Whoever has the address now must be the person to whom it was written.
    if user is None or user.pk != notice.recipient_id:
        return False
    return bool(Request.objects.visible_to(user).filter(reference=notice.about).exists())


for _kind in MAILS:
    register(kind_of_notice(_kind), compose)
