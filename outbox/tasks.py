"""The worker's door to the outbox."""

from uuid import UUID

from celery import shared_task

from outbox import delivery


@shared_task(name="outbox.deliver")
def deliver(ids: list[str]) -> None:
    """Deliver the notices somebody rang for."""
    for notice_id in ids:
        delivery.deliver(UUID(notice_id))


@shared_task(name="outbox.sweep")
def sweep() -> None:
    """Deliver what nobody rang for."""
    delivery.sweep()
