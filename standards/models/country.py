"""A member State of the ILO."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.corrected import Corrected
from standards.models.wording import as_it_sorts, in_language


class Region(models.TextChoices):
    """The five regions of the ILO; the value is the word of the file."""

    AFRICA = "Africa", _("Africa")
    AMERICAS = "Americas", _("Americas")
    ARAB_STATES = "Arab States", _("Arab States")
    ASIA = "Asia and the Pacific", _("Asia and the Pacific")
    EUROPE = "Europe and Central Asia", _("Europe and Central Asia")


class CountryQuerySet(models.QuerySet["Country"]):
    """Countries as people look for them."""

    def in_reading_order(self) -> list["Country"]:
        """In the order of their names in the active language. Sorted here: engines sort accents differently."""
        return sorted(self, key=lambda country: as_it_sorts(country.name))


class Country(Corrected):
    """A member State, known by its ISO code of two letters."""

    code = models.CharField(_("Code"), max_length=2, primary_key=True)
    iso3 = models.CharField(_("Code of three letters"), max_length=3, unique=True)
    m49 = models.CharField(_("UN number"), max_length=3, unique=True)
    name_en = models.CharField(_("English name"), max_length=100, unique=True)
    name_fr = models.CharField(_("French name"), max_length=100)
    name_es = models.CharField(_("Spanish name"), max_length=100)
    name_ar = models.CharField(_("Arabic name"), max_length=100)
    name_ru = models.CharField(_("Russian name"), max_length=100)
    region = models.CharField(_("Region"), max_length=30, choices=Region)
    subregion_broad = models.CharField(_("Group of subregions"), max_length=50)
    subregion = models.CharField(_("Subregion"), max_length=50)
    member_since_year = models.PositiveSmallIntegerField(_("Member since (year)"))
    member_since = models.DateField(_("Member since (day)"), null=True, blank=True)
    member_since_basis = models.CharField(_("Where the year of membership comes from"), max_length=20)
    least_developed = models.BooleanField(_("Least developed country"))
    latitude = models.FloatField(_("Latitude"))
    longitude = models.FloatField(_("Longitude"))

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name_en"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}$"),
                name="country_code_is_two_letters",
                violation_error_message=_("The code is two capital letters."),
            ),
            models.CheckConstraint(
                condition=models.Q(iso3__regex=r"^[A-Z]{3}$"),
                name="country_iso3_is_three_letters",
                violation_error_message=_("The code is three capital letters."),
            ),
            models.CheckConstraint(
                condition=models.Q(m49__regex=r"^[0-9]{3}$"),
                name="country_m49_is_three_digits",
                violation_error_message=_("The UN number is three digits."),
            ),
            models.CheckConstraint(condition=models.Q(region__in=Region.values), name="country_region_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, else in English."""
        return in_language(self, "name")
