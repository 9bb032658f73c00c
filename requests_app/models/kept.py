"""What somebody typed into a form whose session had ended: kept for a day, for that person alone."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from requests_app.models.request import Request

KEPT_FOR: Final = timedelta(hours=24)


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    """What is kept, for whom."""

    def of(self, user: User) -> "KeptFormQuerySet":
        """What `user` typed and has not got back yet; of requests that he may still know of, or of none yet."""
        known = Q(request=None) | Q(request__in=Request.objects.visible_to(user).values("pk"))
        return self.filter(known, user=user, kept_at__gt=timezone.now() - KEPT_FOR)

    def over(self) -> "KeptFormQuerySet":
        """What nobody came back for."""
        return self.filter(kept_at__lte=timezone.now() - KEPT_FOR)


class KeptForm(models.Model):
    """The answers of one form as they were typed. `place` is the address's name and arguments, without language.

    In clear, as the draft beside it is: whoever reads this table reads that one too.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Empty for the form that makes a draft. With the draft go the answers.
    request = models.ForeignKey("requests.Request", models.CASCADE, null=True, related_name="+")
    place = models.CharField(max_length=200)
    typed = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="kept_form_once")]
        indexes = [models.Index(fields=["kept_at"], name="kept_form_by_age")]

    def __str__(self) -> str:
        return self.request.reference if self.request else ""
