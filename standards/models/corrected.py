"""Rows come from files; a person may correct one, and the next file must not undo that."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Corrected(models.Model):
    """A row of the reference data. While `corrected_at` is set, loading leaves the row as it is."""

    corrected_at = models.DateTimeField(_("Corrected by hand on"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
