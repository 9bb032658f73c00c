"""Corrections by hand: the next loading leaves them alone until they are given back to the file."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from standards.loading import MODELS
from standards.models import DataFile
from standards.models.corrected import Corrected

FILE_OF_MODEL = {model: file for file, model in MODELS.items()}


def save_correction(row: Corrected, now: datetime) -> None:
    """Save a row that a person changed or added, and let everything that depends on the data know."""
    with transaction.atomic():
        row.corrected_at = now
        row.save()
        touch(type(row))


def give_back(rows: QuerySet) -> int:
    """Let the file decide about these rows again; the next loading does. Returns how many."""
    with transaction.atomic():
        given = rows.update(corrected_at=None)
        touch(rows.model)
        DataFile.objects.filter(name=FILE_OF_MODEL[rows.model]).update(digest="")
    return given


def touch(model: type) -> None:
    """Note that the rows of `model` are no longer those of the last loading."""
    name = FILE_OF_MODEL[model]
    DataFile.objects.bulk_create([DataFile(name=name)], ignore_conflicts=True)
    DataFile.objects.filter(name=name).update(version=F("version") + 1)
