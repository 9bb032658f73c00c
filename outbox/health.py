"""What an operator must see of the outbox."""

from datetime import datetime

from django.db.models import Min

from outbox.models import Notice, State


def oldest_due_age(now: datetime) -> float | None:
    """Seconds since the oldest notice that is still owed was queued, waiting for a retry or not; None without one."""
    owed = Notice.objects.filter(state__in=(State.DUE, State.SENDING))
    oldest: datetime | None = owed.aggregate(oldest=Min("created_at"))["oldest"]
    return (now - oldest).total_seconds() if oldest else None


def parked_count() -> int:
    """How many notices wait for somebody to look at them."""
    return Notice.objects.filter(state=State.PARKED).count()
