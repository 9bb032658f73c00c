"""Delivering a notice: claim, send, mark. Ten deliveries of one notice send it once.

A worker that dies between sending and marking leaves the row `sending`; after its lease it is sent again. Nobody can
know whether the first mail arrived, so both carry the same Message-ID and a mail server may drop the second.
"""

import logging
import smtplib
import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.core.validators import validate_email
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from outbox.kinds import Mail, composers
from outbox.models import Notice, State
from outbox.queueing import ring_on_commit

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # above the task time limit: a claim never outlives a living worker
MOST_ATTEMPTS = 8
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
BATCH = 100
SWEEP_SECONDS = 120  # below the soft task time limit; the next sweep goes on


class UnknownKind(Exception):
    """No app has registered how notices of this kind are written."""


def claimable(now: datetime) -> Q:
    """Rows that may be claimed at `now`: due, or left behind by a worker whose lease has ended."""
    return Q(state=State.DUE, next_attempt_at__lte=now) | Q(state=State.SENDING, lease_until__lte=now)


def due(now: datetime) -> QuerySet[Notice]:
    """Notices that wait for a delivery at `now`, the longest waiting first."""
    return Notice.objects.filter(claimable(now)).order_by("next_attempt_at", "id")


def pause(attempts: int, notice_id: UUID) -> timedelta:
    """How long to wait after the given number of failed attempts: 1 min to 4 h, spread by up to a fifth.

    The spread comes from the notice's random id, so that what failed together does not return together.
    """
    return PAUSES[min(attempts, len(PAUSES)) - 1] * (1 + notice_id.int % 21 / 100)


def is_permanent(error: Exception) -> bool:
    """Whether trying again cannot help: refused for good by the mail server, or a mail that cannot be written."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, UnknownKind | BadHeaderError | ValidationError)


def deliver(notice_id: UUID, now: datetime | None = None) -> None:
    """Send the notice unless it is sent, parked, dropped or in other hands. Runs outside any transaction.

    No error of composing or sending leaves this function: each is counted, kept by its class name and tried again
    later, or parked.
    """
    now = now or timezone.now()
    notice = claim(notice_id, now)
    if notice is None:
        return
    if notice.attempts > MOST_ATTEMPTS:
        mark(notice, state=State.PARKED, attempts=MOST_ATTEMPTS, last_error="WorkerLost")
        logger.error("notice %s parked: WorkerLost", notice.pk)
        return
    try:
        mail = compose(notice)
        if mail is not None:
            send(notice, mail)
    except Exception as error:  # whatever fails, the row must tell it and the next notice must go out
        failed(notice, error, now)
    else:
        finished(notice, sent=mail is not None)


def claim(notice_id: UUID, now: datetime) -> Notice | None:
    """Take the notice for one lease, in one conditional update; None when there is nothing to take."""
    taken = Notice.objects.filter(claimable(now), pk=notice_id).update(
        state=State.SENDING, attempts=F("attempts") + 1, lease_until=now + LEASE
    )
    return Notice.objects.get(pk=notice_id) if taken else None


def compose(notice: Notice) -> Mail | None:
    """The mail in its recipient's language, None when he may no longer know. Raises UnknownKind."""
    if notice.kind not in composers:
        raise UnknownKind(notice.kind)
    with translation.override(notice.language):
        return composers[notice.kind](notice)


def send(notice: Notice, mail: Mail) -> None:
    """Hand one mail to the delivery backend. Raises what the backend raises, ValidationError on a wrong address."""
    validate_email(notice.address)
    message = EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[notice.address],
        headers={
            "Message-ID": f"<{notice.pk}@{urlsplit(settings.PORTAL_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if get_connection(settings.DELIVERY_EMAIL_BACKEND).send_messages([message]) != 1:
        raise ConnectionError("the delivery backend took nothing")


def finished(notice: Notice, *, sent: bool) -> None:
    """Mark as sent or dropped, and blank the stored words. A mail that left is sent, whoever holds the lease now."""
    Notice.objects.filter(pk=notice.pk, state__in=(State.DUE, State.SENDING)).update(
        state=State.SENT if sent else State.DROPPED,
        sent_at=timezone.now() if sent else None,
        lease_until=None,
        last_error="",
        subject="",
        body="",
    )


def failed(notice: Notice, error: Exception, now: datetime) -> None:
    """Put the notice back for later, or park it. Only the error's class is kept: its text may carry an address."""
    reason = type(error).__name__
    if is_permanent(error) or notice.attempts >= MOST_ATTEMPTS:
        mark(notice, state=State.PARKED, last_error=reason)
        logger.error("notice %s parked: %s", notice.pk, reason)
    else:
        mark(notice, state=State.DUE, next_attempt_at=now + pause(notice.attempts, notice.pk), last_error=reason)
        logger.warning("notice %s: %s at attempt %d", notice.pk, reason, notice.attempts)


def mark(notice: Notice, **values: object) -> None:
    """Write the outcome of this claim, unless a later claim has taken over."""
    own = Notice.objects.filter(pk=notice.pk, state=State.SENDING, attempts=notice.attempts)
    own.update(lease_until=None, **values)


def sweep(now: datetime | None = None) -> None:
    """Deliver what is due, whether or not anybody rang. Any number may run at once: the claim keeps them apart."""
    ends = time.monotonic() + SWEEP_SECONDS
    for notice_id in list(due(now or timezone.now()).values_list("pk", flat=True)[:BATCH]):
        if time.monotonic() > ends:
            return
        deliver(notice_id, now)


def redrive(ids: list[UUID]) -> int:
    """Make parked notices due again with all their attempts; tells how many were parked."""
    again = Notice.objects.filter(pk__in=ids, state=State.PARKED).update(
        state=State.DUE, attempts=0, next_attempt_at=timezone.now(), last_error=""
    )
    ring_on_commit(ids)
    return again
