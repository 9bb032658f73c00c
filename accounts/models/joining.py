"""Asking for an account and an organization, and each step that followed. Nobody is looked up, nobody is listed."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organization import Organization

LASTS = timedelta(days=7)


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Requests to join as they stand."""

    def open(self) -> "JoinRequestQuerySet":
        """Those whose address waits to be confirmed."""
        return self.filter(confirmed_at__isnull=True, expires_at__gt=timezone.now())

    def forgotten(self) -> "JoinRequestQuerySet":
        """Those whose address was never confirmed in time; they are deleted."""
        return self.filter(confirmed_at__isnull=True, expires_at__lte=timezone.now())

    def undecided(self) -> "JoinRequestQuerySet":
        """Those that the Office has before it."""
        return self.filter(confirmed_at__isnull=False, decided_at__isnull=True)


class JoinRequest(models.Model):
    """What somebody wrote to get an account. The organization it makes can draft; sending waits for the Office."""

    class Outcome(models.TextChoices):
        VERIFIED = "verified", _("Verified")
        ADMITTED = "admitted", _("Admitted by the organization")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Name"), max_length=120)
    function = models.CharField(_("Function"), max_length=120, blank=True)
    address = models.EmailField(_("E-mail"), max_length=254)
    organization_name = models.CharField(_("Organization"), max_length=200)
    kind = models.CharField(_("Group"), max_length=20, choices=Organization.Kind)
    country = models.ForeignKey(
        "standards.Country", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Country")
    )
    proof = models.TextField(_("Proof"), max_length=4000)
    language = models.CharField(_("Language"), max_length=5, default="en")
    made_at = models.DateTimeField(_("Asked on"), default=timezone.now)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    confirmed_at = models.DateTimeField(_("Confirmed on"), null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="joins")
    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, null=True, related_name="join")
    # The organization whose administrator was asked to admit the person.
    passed_to = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="asked_to_admit",
        verbose_name=_("With the administrator of"),
    )
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(_("Decided on"), null=True)
    letter = models.TextField(_("Letter"), max_length=4000, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, person__isnull=True, organization__isnull=True)
                | models.Q(confirmed_at__isnull=False, person__isnull=False, organization__isnull=False),
                name="accounts_join_confirmed_has_person",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at__isnull=True)
                | models.Q(outcome__in=["verified", "admitted", "declined"], decided_at__isnull=False),
                name="accounts_join_decided_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class JoinStep(models.Model):
    """One step: what, by whom, when, and on which proof. Only ever added."""

    class What(models.TextChoices):
        CONFIRMED = "confirmed", _("Address confirmed")
        AGREED = "agreed", _("Agreed by the Bureau")
        VERIFIED = "verified", _("Verified")
        PASSED = "passed", _("Given to the organization’s administrator")
        RETURNED = "returned", _("Not admitted by the organization")
        ADMITTED = "admitted", _("Admitted by the organization")
        DECLINED = "declined", _("Declined")

    join = models.ForeignKey(JoinRequest, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    proof = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.join_id)
