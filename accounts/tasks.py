"""The clock's door, and what a worker must know to write the mails of this app."""

from celery import shared_task
from django.utils import timezone

from accounts import address, devices, join_mails, joining, mails, notice_choices

__all__ = ["address", "join_mails", "mails"]


@shared_task(name="accounts.forget")
def forget() -> int:
    """Delete the requests to join whose address was never confirmed, and sessions that are over; how many."""
    return joining.forget() + devices.forget()


@shared_task(name="accounts.owe_digests")
def owe_digests() -> int:
    """Owe the mail of the day to everybody who wants one and has something to be told; how many."""
    return notice_choices.owe_digests(timezone.now())
