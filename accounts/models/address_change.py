"""A new e-mail for an account, until its mailbox has confirmed it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

LASTS = timedelta(days=2)


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    """Changes as they stand."""

    def open(self) -> "AddressChangeQuerySet":
        """Those that wait for the new mailbox."""
        return self.filter(ended_at__isnull=True, expires_at__gt=timezone.now())


class AddressChange(models.Model):
    """Asked for by who is signed in; the newest of a person counts, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AddressChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)
