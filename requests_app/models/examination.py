"""What the rules found, stored with their versions: at sending, at every answer, and when rules or data change."""

import uuid

from django.db import models
from django.db.models import Q

from requests_app.rules.finding import CLARIFY, LEVELS, MISSING

SENT = "sent"
ANSWERED = "answered"
CHANGED = "changed"


class Examination(models.Model):
    """One examination of a request. `basis` names the rules and the reference data that it used."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="examinations")
    cause = models.CharField(max_length=10)
    at = models.DateTimeField()
    basis = models.CharField(max_length=64)
    missing = models.PositiveSmallIntegerField(default=0)
    to_clarify = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=[SENT, ANSWERED, CHANGED]), name="examination_cause_known")
        ]

    def __str__(self) -> str:
        return str(self.request)


class StoredFinding(models.Model):
    """A finding: rule, version, parameters, ids of evidence. Its sentence is made in the reader's language."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="findings")
    place = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10)
    question = models.CharField(max_length=4, blank=True)
    params = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=sorted(LEVELS)), name="finding_level_known"),
            models.UniqueConstraint(fields=["examination", "place"], name="finding_place_once"),
        ]

    def __str__(self) -> str:
        return str(self.examination)

    @property
    def is_open(self) -> bool:
        """Whether something is missing or to be clarified."""
        return self.level in (MISSING, CLARIFY)
