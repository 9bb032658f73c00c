"""The clock's door."""

from celery import shared_task

from api import once


@shared_task(name="api.forget")
def forget() -> int:
    """Delete the answers that were kept for a day; how many."""
    return once.forget()
