"""The worker's door to the webhooks."""

from uuid import UUID

from celery import shared_task

from webhooks import delivery, endpoints


@shared_task(name="webhooks.deliver")
def deliver(ids: list[str]) -> None:
    """Attempt the deliveries somebody rang for."""
    delivery.deliver([UUID(one) for one in ids])


@shared_task(name="webhooks.sweep")
def sweep() -> None:
    """Attempt what nobody rang for."""
    delivery.sweep()


@shared_task(name="webhooks.tidy")
def tidy() -> None:
    """Seal secrets with the newest key, and forget those whose time is over."""
    endpoints.tidy()
