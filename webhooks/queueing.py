"""Owing webhooks: rows in the transaction of the event, one ring of the doorbell after its commit."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from outbox.queueing import ring_on_commit
from webhooks.models import TEST, WebhookDelivery, WebhookEndpoint

TASK = "webhooks.deliver"


def owe(
    organization: UUID, kind: str, *, reference: str, version: int, event: UUID, at: datetime
) -> list[WebhookDelivery]:
    """Owe an event to each address of the organization; one query where it has none.

    Belongs into the transaction of the event: raises TransactionManagementError outside one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("a webhook is owed in the transaction of its event")
    told = list(WebhookEndpoint.objects.active().filter(organization=organization).values_list("pk", flat=True))
    if not told:
        return []
    return _store(
        WebhookDelivery(endpoint_id=endpoint, event=event, type=kind, reference=reference, version=version, at=at)
        for endpoint in told
    )


def owe_test(endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Owe one address the event with which its owner tries it."""
    now = timezone.now()
    return _store([WebhookDelivery(endpoint=endpoint, event=uuid.uuid4(), type=TEST, at=now)])[0]


def _store(deliveries: Iterable[WebhookDelivery]) -> list[WebhookDelivery]:
    stored = WebhookDelivery.objects.bulk_create(deliveries)
    ring_on_commit([delivery.pk for delivery in stored], TASK)
    return stored
