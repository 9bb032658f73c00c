"""The one mail of the day: a line and a link for each thing, and nothing that its recipient may no longer know."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notice_choices import DIGEST, lines_of
from accounts.standing import standing_of
from outbox.kinds import Mail, register
from outbox.models import Notice
from requests_app.models import Request
from requests_app.services.mails import MAILS

# A kind of notice → the event of which people choose how they are told. Officers' notices have none.
EVENT_OF: Final = {
    "received": "received",
    "question": "question",
    "answer_received": "answered",
    "accepted": "decision",
    "declined": "decision",
    "no_means": "decision",
    "given": "given",
    "result_asked": "result",
}


def compose(notice: Notice) -> Mail | None:
    """The mail, or None when nothing is left to tell."""
    user = User.objects.filter(email=notice.address, is_active=True).first()
    if user is None or user.pk != notice.recipient_id:
        return None
    lines = lines_of(notice)
    seen = Request.objects.visible_to(user).filter(reference__in={line.about for line in lines})
    references = set(seen.values_list("reference", flat=True))
    looked_after = {str(key) for key in standing_of(user).administrator_of}
    parts = []
    for line in lines:
        if line.about in references and line.kind in MAILS:
            words = str(MAILS[line.kind].subject) % {"reference": line.about}
            parts.append((words, reverse("requests:detail", args=[line.about])))
        elif line.about in looked_after:
            parts.append((_("A new member"), reverse("organization", args=[line.about])))
    if not parts:
        return None
    texts = [f"{words}\n{settings.PORTAL_URL}{path}" for words, path in dict.fromkeys(parts)]
    end = _("Sign in to read it. This mail carries no details, so that it can be read on any device.")
    return Mail(_("News of the day"), "\n\n".join([*texts, end]) + "\n")


register(DIGEST, compose)
