"""Corrections by hand: imports leave the item alone until it is given back to the files."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from supervisory.models import RecordVersion, SupervisoryItem
from supervisory.models.record_version import lock


def save_correction(item: SupervisoryItem, now: datetime) -> None:
    """Save an item that a person changed or added."""
    with transaction.atomic():
        lock()
        item.corrected_at = now
        item.save()
        RecordVersion.objects.update(number=F("number") + 1)


def give_back(items: QuerySet[SupervisoryItem]) -> int:
    """Let imports change these items again. Returns how many."""
    return items.update(corrected_at=None)
