"""Webhooks: the addresses that an organization names, what is owed to them, and what came of each attempt.

The rows are the truth; the broker is a doorbell. No row holds a typed word of a request: a reference, a type, a number.
"""

import hashlib
import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from webhooks.addresses import LIMIT
from webhooks.sealing import SecretLost, unseal
from webhooks.words import outcome

TEST: Final = "webhook.test"
OVERLAP: Final = timedelta(hours=24)  # how long the former secret signs too


class EndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    """Addresses as they stand."""

    def active(self) -> "EndpointQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at=None)


class WebhookEndpoint(models.Model):
    """An address to which an organization wants to be told what happens to its requests. It ends, it is not deleted."""

    class Ended(models.TextChoices):
        BY_PERSON = "person", _("ended by an administrator")
        GONE = "gone", _("ended because the receiver answered that it is gone (410)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    url = models.CharField(max_length=LIMIT)
    description = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Sealed (sealing.py). The former one signs too until its time is over.
    secret = models.CharField(max_length=255)
    former_secret = models.CharField(max_length=255, blank=True)
    former_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=10, choices=Ended, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(former_secret="", former_until=None)
                | (~Q(former_secret="") & Q(former_until__isnull=False)),
                name="webhook_former_secret_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="", ended_by=None)
                | Q(ended_at__isnull=False, ended_because="person", ended_by__isnull=False)
                | Q(ended_at__isnull=False, ended_because="gone", ended_by=None),
                name="webhook_ends_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["organization", "url"], condition=Q(ended_at=None), name="webhook_address_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organization"], condition=Q(ended_at=None), name="webhook_active_of"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_active(self) -> bool:
        """Whether it is told of events."""
        return self.ended_at is None

    @property
    def is_rotating(self) -> bool:
        """Whether the former secret still signs."""
        return self.former_until is not None and self.former_until > timezone.now()

    @property
    def mark(self) -> str:
        """A word that changes with the secret and tells nothing of it."""
        return hashlib.sha256(self.secret.encode()).hexdigest()[:16]

    def keys(self) -> list[bytes]:
        """The secrets that sign now, the newest first. Raises SecretLost when none can be read any more."""
        found = []
        for sealed in (self.secret, self.former_secret if self.is_rotating else ""):
            with suppress(SecretLost):
                found += [unseal(sealed)] if sealed else []
        if not found:
            raise SecretLost
        return found


class State(models.TextChoices):
    """Where a delivery is on its way."""

    QUEUED = "queued", _("queued")
    CLAIMED = "claimed", _("being sent")
    DELIVERED = "delivered", _("delivered")
    PARKED = "parked", _("parked")
    DROPPED = "dropped", _("dropped")


class WebhookDelivery(models.Model):
    """One event owed to one address. Its id is the message's, the same at every attempt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, models.PROTECT, related_name="deliveries")
    event = models.UUIDField()
    type = models.CharField(_("type"), max_length=40)
    reference = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(_("last answer"), null=True)
    last_error = models.CharField(_("last error"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="webhook_once_for_each_event"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="webhook_state_is_known"),
            models.CheckConstraint(
                condition=Q(type=TEST, reference="", version=None)
                | (~Q(type=TEST) & ~Q(reference="") & Q(version__isnull=False)),
                name="webhook_about_a_request_unless_test",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=State.DELIVERED) & Q(delivered_at=None)),
                name="webhook_delivered_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLAIMED, lease_until__isnull=False)
                | (~Q(state=State.CLAIMED) & Q(lease_until=None)),
                name="webhook_claimed_has_its_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "-created_at"], name="webhook_of_an_address"),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=(State.QUEUED, State.CLAIMED)),
                name="webhook_still_owed",
            ),
        ]

    def __str__(self) -> str:
        # The id, not the reference: parked ones are shown to technical administrators, who see no request.
        return str(self.pk)

    @property
    def message(self) -> str:
        """The message's id, as the receiver reads it."""
        return f"msg_{self.pk.hex}"

    @property
    def can_go_again(self) -> bool:
        """Whether it can be sent again: it was given up, or delivered."""
        return self.state in (State.PARKED, State.DELIVERED)


class WebhookAttempt(models.Model):
    """One attempt: when, what was answered (a status, never a word of the answer) or what failed, how long it took."""

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=100, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.delivery_id)

    @property
    def outcome(self) -> str | Promise:
        """What came of it, in words."""
        return outcome(self.status, self.error)
