"""What a person is told by mail: at once, in one mail a day, or not at all. Two kinds cannot be turned off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import DigestLine, NoticeChoice, User
from outbox.models import Notice
from outbox.queueing import Addressee, queue

NOW, DAILY, NONE = "now", "daily", "none"
HOWS: Final = {NOW: _("At once"), DAILY: _("In one mail a day"), NONE: _("Not by mail")}
DIGEST = "account.digest"
HOUR = 6  # UTC: the mail of the day tells what happened before
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Event:
    """Something one is told of; what is `needed` is always told."""

    slug: str
    words: Promise
    needed: bool = False

    @property
    def hows(self) -> tuple[str, ...]:
        """What can be chosen."""
        return (NOW, DAILY) if self.needed else (NOW, DAILY, NONE)


EVENTS: Final = (
    Event("received", _("A request of your organization has reached the Office")),
    Event("question", _("The Office has a question for you"), needed=True),
    Event("answered", _("An answer of your organization has reached the Office")),
    Event("decision", _("The Office has decided on a request"), needed=True),
    Event("given", _("Assistance was given")),
    Event("result", _("The Office asks what came of the assistance")),
    Event("joined", _("Your organization has a new member")),
)
_BY_SLUG: Final = {event.slug: event for event in EVENTS}


def chosen(user: User) -> dict[str, str]:
    """How this person is told of each event."""
    rows = dict(NoticeChoice.objects.filter(user=user).values_list("event", "how"))
    return {event.slug: rows.get(event.slug, NOW) for event in EVENTS}


def choose(user: User, wanted: Mapping[str, str]) -> None:
    """Keeps what can be chosen; anything else leaves the event as it was."""
    with transaction.atomic():
        for slug, how in wanted.items():
            if slug not in _BY_SLUG or how not in _BY_SLUG[slug].hows:
                continue
            if how == NOW:
                NoticeChoice.objects.filter(user=user, event=slug).delete()
            else:
                NoticeChoice.objects.update_or_create(user=user, event=slug, defaults={"how": how})


def told_now(event: str, whom: Iterable[Addressee], *, kind: str, about: str) -> list[Addressee]:
    """Whom of these to write at once. For who wants one mail a day a line is kept; one query, and one for the lines.

    Belongs into the transaction of the change.
    """
    people = list(whom)
    rows = NoticeChoice.objects.filter(event=event, user__in=[one.user_id for one in people if one.user_id])
    hows = dict(rows.values_list("user_id", "how"))
    if _BY_SLUG[event].needed:
        hows = {user: how for user, how in hows.items() if how != NONE}
    later = [one.user_id for one in people if one.user_id and hows.get(one.user_id) == DAILY]
    DigestLine.objects.bulk_create([DigestLine(user_id=user, kind=kind, about=about) for user in later])
    return [one for one in people if one.user_id is None or one.user_id not in hows]


def owe_digests(now: datetime) -> int:
    """Owes everybody with lines the mail of the day, once; how many mails. Any number of calls a day."""
    until = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    until -= timedelta(days=1) if now < until else timedelta()
    cause = f"digest {until.date()}"
    with transaction.atomic():
        written = Notice.objects.filter(kind=DIGEST, cause=cause).values("recipient")
        waiting = DigestLine.objects.filter(day=None, at__lt=until).exclude(user__in=written)
        lines = list(waiting.select_for_update(of=("self",)))
        people = User.objects.filter(pk__in={line.user_id for line in lines}, is_active=True)
        DigestLine.objects.filter(pk__in=[line.pk for line in lines]).update(day=until.date())
        whom = [Addressee(user.email, user.language, user_id=user.pk) for user in people]
        queue(DIGEST, "", whom, cause)
        DigestLine.objects.filter(day__lt=(until - KEPT).date()).delete()
    return len(whom)


def lines_of(notice: Notice) -> list[DigestLine]:
    """What the mail of the day tells its recipient."""
    return list(DigestLine.objects.filter(user=notice.recipient_id, day=notice.cause.removeprefix("digest ")))
