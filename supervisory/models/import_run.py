"""What was imported when, by whom, and what it changed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervisory.models.item import SupervisoryItem


class RunState(models.TextChoices):
    """An uploaded file waits until a person has read what it would change."""

    WAITING = "waiting", _("Tried, not applied")
    DONE = "done", _("Applied")
    DROPPED = "dropped", _("Dropped")


class Holding(models.TextChoices):
    """What a file holds."""

    CASES = "cases", _("Cases")
    COMMENTS = "comments", _("Comments")
    STATISTICS = "statistics", _("Published figures")


class ImportRun(models.Model):
    """One file, once. `content` is kept while the file waits; `outcome` is the report as shown (see report.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.CharField(_("File"), max_length=200)
    shape = models.CharField(_("What it holds"), max_length=20, blank=True, choices=Holding)
    digest = models.CharField(_("Digest of the file"), max_length=64, blank=True)
    all_or_nothing = models.BooleanField(_("All rows or none"), default=True)
    state = models.CharField(_("State"), max_length=10, choices=RunState)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("By")
    )
    at = models.DateTimeField(_("Date"))
    added_rows = models.PositiveIntegerField(_("Added"), default=0)
    changed_rows = models.PositiveIntegerField(_("Changed"), default=0)
    unchanged_rows = models.PositiveIntegerField(_("Unchanged"), default=0)
    kept_rows = models.PositiveIntegerField(_("Kept as corrected by hand"), default=0)
    refused_rows = models.PositiveIntegerField(pgettext_lazy("rows", "Refused"), default=0)
    outcome = models.JSONField(default=dict, editable=False)
    content = models.BinaryField(blank=True, default=bytes, editable=False)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["digest"], name="supervisory_run_by_digest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RunState.values), name="import_run_state_is_known")
        ]

    def __str__(self) -> str:
        return self.file


class ItemChange(models.Model):
    """One field of one item that an import changed. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="changes", verbose_name=_("Import"))
    item = models.ForeignKey(SupervisoryItem, on_delete=models.PROTECT, related_name="changes", verbose_name=_("Item"))
    field = models.CharField(_("Field"), max_length=30)
    before = models.CharField(_("Before"), max_length=500, blank=True)
    after = models.CharField(_("After"), max_length=500, blank=True)

    class Meta:
        ordering = ["-run__at", "field"]
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")

    def __str__(self) -> str:
        return self.field
