"""What an operator must see of the outbox."""

from datetime import datetime
from typing import Any

from django.db.models import Min, Subquery

from outbox.models import Notice, State


def oldest_due_age(now: datetime) -> float | None:
    """Seconds since the oldest notice that is still owed was queued, waiting for a retry or not; None without one."""
    owed = Notice.objects.filter(state__in=(State.DUE, State.SENDING))
    oldest: datetime | None = owed.aggregate(oldest=Min("created_at"))["oldest"]
    return (now - oldest).total_seconds() if oldest else None


def last_outcome(address: Any) -> Subquery:
    """How the last mail to an address (an OuterRef) that was tried to the end went: sent, parked; null without one."""
    ended = Notice.objects.filter(address=address, state__in=(State.SENT, State.PARKED)).order_by("-created_at")
    return Subquery(ended.values("state")[:1])


def parked_count() -> int:
    """How many notices wait for somebody to look at them."""
    return Notice.objects.filter(state=State.PARKED).count()
