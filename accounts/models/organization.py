"""Governments, employers' and workers' organizations: those who may ask for help."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Organization(models.Model):
    """An organization of a constituent. Before it is verified it can draft, not send."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        EMPLOYERS = "employers", _("Employers' organization")
        WORKERS = "workers", _("Workers' organization")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Group"), max_length=20, choices=Kind)
    # Empty for international federations.
    country = models.ForeignKey(
        "standards.Country", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Country")
    )
    proof = models.TextField(_("Proof"), blank=True, max_length=4000)
    created_at = models.DateTimeField(_("Made on"), auto_now_add=True)
    verified_at = models.DateTimeField(_("Verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Verified by"),
    )
    # The Bureau of the group agrees before the Branch verifies an employers' or a workers' organization.
    agreed_at = models.DateTimeField(_("Bureau agreed on"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Agreed by"),
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="accounts_organization_kind_known",
                condition=models.Q(kind__in=["government", "employers", "workers"]),
            ),
            models.CheckConstraint(
                name="accounts_organization_verified_pair",
                condition=models.Q(verified_at__isnull=True, verified_by__isnull=True)
                | models.Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_organization_agreed_pair",
                condition=models.Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | models.Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether the Branch has verified it; only then can it send a request."""
        return self.verified_at is not None
