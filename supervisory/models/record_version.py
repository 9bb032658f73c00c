"""One row that every change of the record goes through."""

from django.db import models


class RecordVersion(models.Model):
    """Grows with every change of items and figures; its row is the lock that lets one import write at a time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_record_version")]

    def __str__(self) -> str:
        return str(self.number)


def lock() -> None:
    """Let one change of the record be written at a time, also the very first. Inside a transaction."""
    RecordVersion.objects.bulk_create([RecordVersion()], ignore_conflicts=True)
    RecordVersion.objects.select_for_update(of=("self",)).get(pk=1)
