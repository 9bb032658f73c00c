"""A key with which another system speaks for one person, in one organization or in one unit of the Office."""

import uuid
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NAME_LIMIT: Final = 60


class Scope(models.TextChoices):
    """What a key may do; never more than its person may do there."""

    READ = "read", _("Read")
    WRITE = "write", _("Read, and file requests for the organization")
    OFFICER = "officer", _("Read, and act as an officer")


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Keys as they stand."""

    def open(self, at: datetime | None = None) -> "ApiKeyQuerySet":
        """Those that are not ended and not over, `at` a moment or now; whether their person still belongs there is
        asked each time."""
        return self.filter(ended_at=None, expires_at__gt=at or timezone.now())


class ApiKey(models.Model):
    """One key. It is shown once; stored are its first signs, by which people know it again, and a digest.

    It is bound to a person and to one organization or unit, and counts only while that person belongs there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=NAME_LIMIT)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    organization = models.ForeignKey("accounts.Organization", models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.CASCADE, null=True, related_name="+")
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # The hour of the last call, so that a busy key does not write with each.
    used_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None, unit__isnull=False) | Q(organization__isnull=False, unit=None),
                name="accounts_api_key_has_one_place",
            )
        ]

    def __str__(self) -> str:
        return self.prefix

    @property
    def is_open(self) -> bool:
        """Whether it was not ended and is not over."""
        return self.ended_at is None and self.expires_at > timezone.now()

    @property
    def place(self) -> str:
        """Where it speaks for its person."""
        return self.organization.name if self.organization else self.unit.label if self.unit else ""

    @property
    def scope_words(self) -> list[str]:
        """What it may do, in words."""
        return [str(Scope(scope).label) for scope in self.scopes]
