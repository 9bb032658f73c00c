"""What a specialist does, in which languages, and for how much there is room (R092, R093)."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.post import Post
from accounts.models.unit import Unit


class Duty(models.TextChoices):
    """What the network of specialists does (document 003)."""

    NEW_RATIFICATIONS = "new_ratifications", _("Ratifying further Conventions")
    REPORTING = "reporting", _("Obligations to report")
    PROBLEMS_RAISED = "problems_raised", _("Problems that supervisory bodies have raised")
    DRAFT_LAWS = "draft_laws", _("Reading draft laws")
    MEETINGS = "meetings", _("Meetings with governments, employers and workers")


class SpecialistQuerySet(models.QuerySet["Specialist"]):
    """Profiles as they stand."""

    def current(self) -> "SpecialistQuerySet":
        """Those of people whose account is open and whose place in the unit counts."""
        posts = Post.objects.counting().filter(user=OuterRef("user"), unit=OuterRef("unit"))
        return self.filter(Exists(posts), user__is_active=True)


class Specialist(models.Model):
    """The profile of a person in a station, or at headquarters (the Branch). It gives no rights: the post does."""

    class Kind(models.TextChoices):
        STANDARDS = "standards", _("Standards")
        EMPLOYERS = "employers", _("Employers' activities")
        WORKERS = "workers", _("Workers' activities")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("Person")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    kind = models.CharField(_("Specialist in"), max_length=20, choices=Kind, default=Kind.STANDARDS)
    duties = models.JSONField(_("Duties"), default=list, blank=True)
    languages = models.CharField(
        _("Languages"), max_length=30, help_text=_("Codes of two letters with a space between them: fr en")
    )
    busy_at = models.PositiveSmallIntegerField(_("Busy from this number of open requests on"), default=4)
    full_at = models.PositiveSmallIntegerField(_("Full from this number of open requests on"), default=8)
    absent_until = models.DateField(_("Absent until"), null=True, blank=True)

    objects = SpecialistQuerySet.as_manager()

    class Meta:
        verbose_name = _("specialist")
        verbose_name_plural = _("specialists")
        ordering = ["unit", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(languages__regex=r"^[a-z]{2}( [a-z]{2})*$"),
                name="accounts_specialist_languages_are_codes",
                violation_error_message=_("Write codes of two letters with a space between them: fr en."),
            ),
            models.CheckConstraint(
                condition=Q(busy_at__gte=1, full_at__gt=models.F("busy_at")),
                name="accounts_specialist_busy_before_full",
                violation_error_message=_("Busy begins at one request or later, and full after busy."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["standards", "employers", "workers"]), name="accounts_specialist_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def language_codes(self) -> tuple[str, ...]:
        """("fr", "en")."""
        return tuple(self.languages.split())

    def is_absent(self, on: date) -> bool:
        """Whether the person is away on that day, the last one included. For Branch officers only."""
        return self.absent_until is not None and on <= self.absent_until
