"""Courses of the International Training Centre in Turin (R095), as examples of what it can give."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.corrected import Corrected
from standards.models.trust import TEXT, Trust


class Mode(models.TextChoices):
    """How a course is held."""

    FACE_TO_FACE = "face-to-face", _("Face to face")
    ONLINE = "online", _("Online")
    SELF_GUIDED = "self-guided", _("Self-guided, online")


class Course(Corrected):
    """A course that was found on a page; there is no current catalogue. A day that is not known is empty."""

    code = models.CharField(_("Code"), max_length=30, primary_key=True)
    title = models.CharField(_("Title"), max_length=200)
    course_code = models.CharField(_("Code of the Centre"), max_length=20, blank=True)
    starts = models.DateField(_("First day"), null=True, blank=True)
    ends = models.DateField(_("Last day"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=100)
    languages = models.CharField(
        _("Languages"), max_length=30, blank=True, help_text=_("Codes of two letters with a space between them")
    )
    mode = models.CharField(_("How it is held"), max_length=20, choices=Mode)
    audience = models.CharField(_("For whom"), max_length=100, blank=True)
    confidence = models.CharField(_("How sure this is"), max_length=6, choices=Trust)
    source = models.CharField(_("Source"), max_length=TEXT)
    note = models.CharField(_("Note"), max_length=TEXT, blank=True)

    class Meta:
        ordering = ["-starts", "code"]
        verbose_name = _("course in Turin")
        verbose_name_plural = _("courses in Turin")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[a-z0-9-]{3,30}$"),
                name="course_code_is_plain",
                violation_error_message=_("The code is 3 to 30 small letters, figures and hyphens."),
            ),
            models.CheckConstraint(condition=models.Q(mode__in=Mode.values), name="course_mode_is_known"),
            models.CheckConstraint(condition=models.Q(confidence__in=Trust.values), name="course_confidence_is_known"),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(starts__isnull=False, ends__gte=models.F("starts")),
                name="course_ends_after_it_begins",
                violation_error_message=_("The last day is not before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_past(self, today: date) -> bool | None:
        """Whether it is over on that day; None where its days are not known."""
        if self.starts is None:
            return None
        if self.mode == Mode.SELF_GUIDED and self.ends is None:
            return False
        return (self.ends or self.starts) < today
