"""Which station serves which member State."""

from typing import Any

from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from standards.models.corrected import Corrected
from standards.models.country import Country
from standards.models.station import Station
from standards.models.trust import TEXT, Trust


class Coverage(Corrected):
    """A claim that a station serves a State. One is primary; a second claim makes the State disputed."""

    id = models.CharField(max_length=6, primary_key=True, editable=False)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="coverage", verbose_name=_("Country"))
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="coverage", verbose_name=_("Station"))
    primary = models.BooleanField(_("Requests go there"), default=False)
    confidence = models.CharField(_("How sure this is"), max_length=6, choices=Trust)
    source = models.CharField(_("Source"), max_length=TEXT)
    source_date = models.CharField(_("Date of the source"), max_length=20, blank=True)
    note = models.CharField(_("Note"), max_length=TEXT, blank=True)

    class Meta:
        ordering = ["country", "-primary", "station"]
        verbose_name = _("coverage of a country")
        verbose_name_plural = _("coverage of countries")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "station"],
                name="one_coverage_per_country_and_station",
                violation_error_message=_("This country and this station have a row already."),
            ),
            models.UniqueConstraint(
                fields=["country"],
                condition=models.Q(primary=True),
                name="one_primary_station_per_country",
                violation_error_message=_("The requests of this country go to another station. Change that row first."),
            ),
            models.CheckConstraint(
                condition=models.Q(id=Concat("country_id", models.Value("-"), "station_id")),
                name="coverage_is_named_by_country_and_station",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=Trust.values), name="coverage_confidence_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under the name of its country and station."""
        self.id = f"{self.country_id}-{self.station_id}"
        super().save(*args, **kwargs)
