"""Rows from which follows who sees a request. Rows end (`until`), they are not deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

FULL = "full"
INFORMED = "informed"


class CurrentQuerySet(models.QuerySet):
    """Rows that have not ended."""

    def current(self) -> "CurrentQuerySet":
        return self.filter(until=None)


class Routing(models.Model):
    """A unit of the Office to which a request is routed: it reads it in full, or is informed that it exists."""

    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="routings")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[FULL, INFORMED]), name="routing_level_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="routing_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["request", "unit"], condition=Q(until=None), name="routing_once_per_unit_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["unit", "level", "request"], condition=Q(until=None), name="routing_current")]

    def __str__(self) -> str:
        return str(self.request)


class DraftShare(models.Model):
    """A colleague with whom the author shares a draft, to read or to edit."""

    request = models.ForeignKey("requests.Request", models.CASCADE, related_name="shares")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    may_edit = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "user"], condition=Q(until=None), name="draft_shared_once_per_person_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.request)
