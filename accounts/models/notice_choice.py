"""How a person wants to be told of each kind of event, and what waits for the one mail of the day."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class NoticeChoice(models.Model):
    """A choice that differs from "at once", which needs no row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=20)
    how = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="accounts_noticechoice_once"),
            models.CheckConstraint(
                condition=models.Q(how__in=["daily", "none"]), name="accounts_noticechoice_how_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DigestLine(models.Model):
    """One thing to be told in the mail of the day: its kind, and the reference or id that it is about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField(null=True)  # of the mail that tells it

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "day"], name="accounts_digest_of_a_day")]

    def __str__(self) -> str:
        return str(self.pk)
