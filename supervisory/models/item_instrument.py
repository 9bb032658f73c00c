"""Which instruments an item is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models import Instrument
from supervisory.models.item import SupervisoryItem


class ItemInstrument(models.Model):
    """One instrument of one item."""

    item = models.ForeignKey(
        SupervisoryItem, on_delete=models.CASCADE, related_name="links", db_index=False, verbose_name=_("Item")
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="supervisory_links", verbose_name=_("Instrument")
    )

    class Meta:
        ordering = ["instrument"]
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "instrument"],
                name="an_instrument_once_per_item",
                violation_error_message=_("This instrument is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.instrument_id
