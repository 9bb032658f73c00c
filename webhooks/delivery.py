"""Delivering webhooks: claim, ask again, send, mark. Two workers never send the same one at the same time.

A worker that dies between sending and marking leaves the row claimed; after its lease it is sent again under the same
message id, by which a receiver drops the second.
"""

import json
import logging
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from outbox.queueing import ring_on_commit
from webhooks import endpoints, mails, signing
from webhooks.knowing import may_know
from webhooks.models import TEST, State, WebhookAttempt, WebhookDelivery, WebhookEndpoint
from webhooks.queueing import TASK
from webhooks.sealing import SecretLost
from webhooks.sending import Outcome, attempt

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=5)  # above the task time limit: a claim never outlives a living worker
# About a day in all, so that a receiver may be down overnight.
PAUSES: Final = tuple(
    timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 6 * 3600)
)
MOST_ATTEMPTS: Final = len(PAUSES) + 1
TOGETHER: Final = 8  # addresses called at the same time
BATCH: Final = 100
SWEEP_SECONDS: Final = 20  # a receiver that hangs does not keep a worker from the mail
GONE: Final = 410


@dataclass(frozen=True)
class Message:
    """What leaves the house for one delivery."""

    url: str
    body: bytes
    headers: dict[str, str]


def claimable(now: datetime) -> Q:
    """Rows that may be claimed at `now`: due, or left behind by a worker whose lease has ended."""
    return Q(state=State.QUEUED, next_attempt_at__lte=now) | Q(state=State.CLAIMED, lease_until__lte=now)


def pause(attempts: int, delivery: UUID) -> timedelta:
    """How long to wait after the given number of failed attempts; up to a fifth longer, so that what failed together
    does not return together."""
    return PAUSES[min(attempts, len(PAUSES)) - 1] * (1 + delivery.int % 21 / 100)


def deliver(ids: Collection[UUID]) -> None:
    """Attempt what somebody rang for. Runs outside any transaction. No error of sending leaves this function."""
    _round(WebhookDelivery.objects.filter(pk__in=ids))


def sweep() -> None:
    """Attempt what is due, whether or not anybody rang. Any number may run at once: the claim keeps them apart.

    An address that fails is left alone for the rest of the sweep.
    """
    ends, failed = time.monotonic() + SWEEP_SECONDS, set[UUID]()
    while time.monotonic() < ends:
        tried = _round(WebhookDelivery.objects.exclude(endpoint__in=failed))
        if not tried:
            return
        failed |= {delivery.endpoint_id for delivery in tried if delivery.state in (State.QUEUED, State.PARKED)}


def _round(wanted: QuerySet[WebhookDelivery]) -> list[WebhookDelivery]:
    """Attempt a few of those that are wanted and due, one for each address; those that were claimed.

    The database is asked by this thread alone; the others only wait for receivers.
    """
    claimed = claim(wanted)
    if not claimed:
        return []
    ready = {delivery: message for delivery in claimed if (message := _message(delivery))}
    with ThreadPoolExecutor(TOGETHER) as threads:
        outcomes = list(threads.map(_send, ready.values()))
    for delivery, outcome in zip(ready, outcomes, strict=True):
        _mark(delivery, outcome)
    return claimed


def claim(wanted: QuerySet[WebhookDelivery]) -> list[WebhookDelivery]:
    """Take up to TOGETHER of the wanted that are due for one lease, one for each address, passing over those in other
    hands."""
    now = timezone.now()
    with transaction.atomic():
        rows = wanted.filter(claimable(now)).order_by("next_attempt_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(of=("self",), skip_locked=True)
        first: dict[UUID, WebhookDelivery] = {}
        for row in rows[:BATCH]:
            first.setdefault(row.endpoint_id, row)
        claimed = list(first.values())[:TOGETHER]
        for row in claimed:
            row.state, row.attempts, row.lease_until = State.CLAIMED, row.attempts + 1, now + LEASE
        WebhookDelivery.objects.bulk_update(claimed, ["state", "attempts", "lease_until"])
    return claimed


def _message(delivery: WebhookDelivery) -> Message | None:
    """What to send; None when nothing is to be sent, and the row says why."""
    if delivery.attempts > MOST_ATTEMPTS:
        _park(delivery, "WorkerLost", attempts=MOST_ATTEMPTS)
        return None
    endpoint = WebhookEndpoint.objects.active().filter(pk=delivery.endpoint_id).first()
    if endpoint is None or not may_be_told(endpoint, delivery):
        _write(delivery, state=State.DROPPED)
        return None
    try:
        return message_of(endpoint, delivery)
    except SecretLost:
        _mark(delivery, Outcome(None, SecretLost.__name__, 0))
        return None


def may_be_told(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> bool:
    """Whether the address's organization may still know of the request."""
    return delivery.type == TEST or may_know(endpoint.organization_id, delivery.reference)


def message_of(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> Message:
    """The message of an attempt that is made now. Raises SecretLost."""
    body = body_of(delivery)
    seconds = int(timezone.now().timestamp())
    signed = signing.headers(delivery.message, seconds, body, endpoint.keys())
    about = {"Content-Type": "application/json", "User-Agent": "ta-portal-webhooks/1"}
    return Message(endpoint.url, body, {**about, **signed})


def body_of(delivery: WebhookDelivery) -> bytes:
    """The same bytes at every attempt: type, time, the event's id, reference and version, and nothing else."""
    data: dict[str, Any] = {
        "event": str(delivery.event),
        "reference": delivery.reference or None,
        "version": delivery.version,
    }
    at = delivery.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return json.dumps({"type": delivery.type, "timestamp": at, "data": data}, separators=(",", ":")).encode()


def _send(message: Message) -> Outcome:
    return attempt(message.url, message.headers, message.body)


@transaction.atomic
def _mark(delivery: WebhookDelivery, outcome: Outcome) -> None:
    """Keep what came of an attempt, and let what follows from it follow."""
    WebhookAttempt.objects.create(
        delivery=delivery,
        number=delivery.attempts,
        status=outcome.status,
        error=outcome.error,
        milliseconds=outcome.milliseconds,
    )
    told = {"last_status": outcome.status, "last_error": outcome.error}
    if outcome.is_success:
        _write(delivery, state=State.DELIVERED, delivered_at=timezone.now(), **told)
    elif outcome.status == GONE:
        _write(delivery, state=State.DROPPED, **told)
        endpoints.end_gone(delivery.endpoint_id)
    elif delivery.attempts >= MOST_ATTEMPTS:
        _park(delivery, outcome.error, last_status=outcome.status)
    else:
        now = timezone.now()
        later = now + max(pause(delivery.attempts, delivery.pk), outcome.wait)
        _write(delivery, state=State.QUEUED, next_attempt_at=later, **told)
        if outcome.wait:
            _leave_alone(delivery.endpoint_id, now + outcome.wait)


def _leave_alone(endpoint: UUID, until: datetime) -> None:
    """Let everything that waits for an address wait until then: its receiver asked for it."""
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, state=State.QUEUED, next_attempt_at__lt=until)
    waiting.update(next_attempt_at=until)


@transaction.atomic
def _park(delivery: WebhookDelivery, error: str, **values: object) -> None:
    """Give it up for now. The administrators are told of the first that is given up since something arrived there."""
    endpoint = WebhookEndpoint.objects.select_for_update(of=("self",), no_key=True).get(pk=delivery.endpoint_id)
    is_first = not _is_silent(endpoint)
    if _write(delivery, state=State.PARKED, last_error=error, **values) and is_first:
        mails.tell_parked(endpoint)
    logger.error("webhook %s parked: %s", delivery.pk, error or values.get("last_status"))


def _is_silent(endpoint: WebhookEndpoint) -> bool:
    """Whether something was given up at the address after the last that arrived there, and nobody sent it again."""
    arrived = endpoint.deliveries.aggregate(last=Max("delivered_at"))["last"]
    parked = endpoint.deliveries.filter(state=State.PARKED)
    return bool((parked.filter(next_attempt_at__gt=arrived) if arrived else parked).exists())


def _write(delivery: WebhookDelivery, **values: Any) -> bool:
    """Write the outcome of this claim; False where a later claim has taken over."""
    own = WebhookDelivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, attempts=delivery.attempts)
    written = own.update(lease_until=None, **values)
    delivery.state = values["state"]
    return written == 1


def replay(wanted: QuerySet[WebhookDelivery]) -> int:
    """Send the parked and the delivered among `wanted` again, with all attempts, to addresses that still stand; how
    many. The message keeps its id."""
    done = wanted.filter(state__in=(State.PARKED, State.DELIVERED), endpoint__ended_at=None)
    with transaction.atomic():
        ids = list(done.values_list("pk", flat=True))
        again = WebhookDelivery.objects.filter(pk__in=ids, state__in=(State.PARKED, State.DELIVERED)).update(
            state=State.QUEUED,
            attempts=0,
            next_attempt_at=timezone.now(),
            delivered_at=None,
            last_status=None,
            last_error="",
        )
        ring_on_commit(ids[:TOGETHER], TASK)
    return again


def replay_parked_since(moment: datetime, wanted: QuerySet[WebhookDelivery]) -> int:
    """Send again what is parked among `wanted` and happened since `moment`; how many."""
    return replay(wanted.filter(state=State.PARKED, at__gte=moment))
