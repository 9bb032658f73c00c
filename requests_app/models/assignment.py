"""To whom a request was given. Rows end (`until`), they are not deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from requests_app.models.routing import CurrentQuerySet


class Assignment(models.Model):
    """The specialist whom a Branch officer chose, for a request about this country.

    It gives no sight: who reads follows from the routing of the unit. It decides which station is routed.
    """

    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="assignments")
    specialist = models.ForeignKey("accounts.Specialist", models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    country = models.ForeignKey("standards.Country", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="assignment_ends_after_it_began"
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(until=None), name="assignment_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return str(self.request)
