"""Rows come from files; a person may correct one, and the next file must not undo that."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class Corrected(models.Model):
    """A row of the reference data. While `corrected_at` is set, loading leaves the row as it is."""

    corrected_at = models.DateTimeField(_("Corrected by hand on"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """A stored row answers for all its fields, also for those that a form does not let anybody change.

        Raises ValidationError.
        """
        super().validate_constraints(exclude if self._state.adding else None)
