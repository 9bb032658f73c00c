"""An invitation to become a member: from an administrator, to one address, for one role, once, for some days."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.membership import Membership
from accounts.models.organization import Organization

LASTS = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations as they stand."""

    def pending(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn, expired or not."""
        return self.filter(ended_at__isnull=True)

    def open(self) -> "InvitationQuerySet":
        """Those that can be accepted now."""
        return self.pending().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """Kept when it has ended: who let whom in stays on record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    address = models.EmailField(_("E-mail"), max_length=254)
    role = models.CharField(_("Role"), max_length=20, choices=Membership.Role)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Sent anew: the next turn, with another link.
    turn = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("Until"))
    asked_again_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "address"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_invitation_pending_once",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_by__isnull=True) | models.Q(ended_at__isnull=False),
                name="accounts_invitation_accepted_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()
