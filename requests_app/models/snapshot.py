"""What is said in public about requests, as it stood at the end of a quarter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.snapshot import Quarter, quarter_named


class Snapshot(models.Model):
    """The publishable figures of one quarter; nothing that may not be told is stored here.

    Stored once: the database refuses to change or delete a row (requests_app/append_only.py).
    """

    quarter = models.CharField(_("Quarter"), max_length=6, primary_key=True, editable=False)
    made_at = models.DateTimeField(_("Made"), editable=False)
    figures = models.JSONField(_("Figures"), editable=False)

    class Meta:
        ordering = ["-quarter"]
        verbose_name = _("quarterly figures")
        verbose_name_plural = _("quarterly figures")
        constraints = [
            models.CheckConstraint(condition=Q(quarter__regex=r"^[0-9]{4}Q[1-4]$"), name="snapshot_quarter_is_one")
        ]

    def __str__(self) -> str:
        return self.quarter

    @property
    def of(self) -> Quarter:
        """The quarter as a value."""
        return quarter_named(self.quarter)
