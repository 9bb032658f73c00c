"""Who belongs to which organization, in which role, from when until when."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import Organization


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships as they stand."""

    def current(self) -> "MembershipQuerySet":
        """Those that have not ended."""
        return self.filter(until__isnull=True)


class Membership(models.Model):
    """A person's place in an organization. It ends; it is not deleted."""

    class Role(models.TextChoices):
        READER = "reader", _("Reads")
        WRITER = "writer", _("Reads and writes")
        ADMINISTRATOR = "administrator", _("Reads, writes and admits members")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("Person")
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("Organization")
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role, default=Role.READER)
    since = models.DateTimeField(_("Since"), default=timezone.now)
    until = models.DateTimeField(_("Until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=models.Q(until__isnull=True),
                name="accounts_membership_open_once",
            ),
            models.CheckConstraint(
                name="accounts_membership_role_known",
                condition=models.Q(role__in=["reader", "writer", "administrator"]),
            ),
            models.CheckConstraint(
                name="accounts_membership_ends_after_start",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
