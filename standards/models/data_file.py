"""Which file was loaded, and whether anything changed since."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataFile(models.Model):
    """The last loading of one file. `version` grows with every change of its rows, loaded or made by hand."""

    name = models.CharField(_("File"), max_length=50, primary_key=True)
    digest = models.CharField(_("Digest of the file"), max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("Rows"), default=0)
    version = models.PositiveIntegerField(_("Version of the data"), default=0)
    loaded_at = models.DateTimeField(_("Loaded"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("data file")
        verbose_name_plural = _("data files")

    def __str__(self) -> str:
        return self.name
