"""Where the standards specialists work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.corrected import Corrected
from standards.models.country import Country, Region


class StationRegion(models.TextChoices):
    """The seven regions by which stations, and only stations, are grouped."""

    AFRICA = "Africa", _("Africa")
    AMERICAS = "Americas", _("Americas")
    CARIBBEAN = "Caribbean", _("Caribbean")
    ARAB_STATES = "Arab States", _("Arab States")
    EAST_ASIA = "East Asia", _("East Asia")
    SOUTH_ASIA = "South Asia", _("South Asia")
    EASTERN_EUROPE = "Eastern Europe and Central Asia", _("Eastern Europe and Central Asia")


class Station(Corrected):
    """A duty station, or headquarters, known by three letters (headquarters: HQ). Headquarters has no region."""

    code = models.CharField(_("Code"), max_length=3, primary_key=True)
    city = models.CharField(_("City"), max_length=100)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("Country"))
    is_headquarters = models.BooleanField(_("Headquarters"), default=False)
    region = models.CharField(_("Region of the station"), max_length=40, choices=StationRegion, blank=True)
    ilo_region = models.CharField(_("Region"), max_length=30, choices=Region, blank=True)
    timezone = models.CharField(_("Time zone"), max_length=50)
    latitude = models.FloatField(_("Latitude"))
    longitude = models.FloatField(_("Longitude"))
    office_name = models.CharField(_("Office"), max_length=100)
    languages = models.CharField(
        _("Working languages"), max_length=30, help_text=_("Codes of two letters with a space between them")
    )
    listed_in = models.CharField(_("Listed in"), max_length=100, blank=True)

    class Meta:
        ordering = ["city"]
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2,3}$"),
                name="station_code_is_letters",
                violation_error_message=_("The code is two or three capital letters."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_headquarters=True, region="", ilo_region="")
                | models.Q(is_headquarters=False, region__in=StationRegion.values, ilo_region__in=Region.values),
                name="a_station_has_a_region_and_headquarters_none",
                violation_error_message=_("A station needs both regions; headquarters has none."),
            ),
            models.CheckConstraint(
                condition=models.Q(languages__regex=r"^[a-z]{2}( [a-z]{2})*$"),
                name="station_languages_are_codes",
                violation_error_message=_("Write codes of two letters with a space between them: fr en."),
            ),
            models.UniqueConstraint(
                fields=["is_headquarters"],
                condition=models.Q(is_headquarters=True),
                name="one_headquarters",
                violation_error_message=_("There is one headquarters."),
            ),
        ]

    def __str__(self) -> str:
        return self.city

    @property
    def language_codes(self) -> tuple[str, ...]:
        """Working languages, the main one first: ("fr", "en")."""
        return tuple(self.languages.split())
