"""What is known of one State and one instrument."""

from typing import Any

from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from standards.models.corrected import Corrected
from standards.models.country import Country
from standards.models.instrument import Instrument
from standards.models.trust import TEXT, Trust


class RatificationStatus(models.TextChoices):
    """`unknown` is unknown: it must never be read as "not ratified"."""

    IN_FORCE = "in_force", _("Ratified")
    DENOUNCED = "denounced", _("Denounced")
    NOT_RATIFIED = "not_ratified", _("Not ratified")
    UNKNOWN = "unknown", _("Not known")


class Ratification(Corrected):
    """One line of a list of ratifications. `date` is the day of registration; `as_of` the date of the list."""

    id = models.CharField(max_length=7, primary_key=True, editable=False)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="ratifications", verbose_name=_("Country")
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="ratifications", verbose_name=_("Instrument")
    )
    status = models.CharField(_("Status"), max_length=12, choices=RatificationStatus)
    date = models.DateField(_("Registered on"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("Registered in (year)"), null=True, blank=True)
    confidence = models.CharField(_("How sure this is"), max_length=6, choices=Trust)
    source = models.CharField(_("Source"), max_length=TEXT)
    as_of = models.CharField(_("Date of the list"), max_length=10, blank=True)

    class Meta:
        ordering = ["country", "instrument"]
        verbose_name = _("ratification")
        verbose_name_plural = _("ratifications")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "instrument"],
                name="one_ratification_per_country_and_instrument",
                violation_error_message=_("This country and this instrument have a row already."),
            ),
            models.CheckConstraint(
                condition=models.Q(id=Concat("country_id", models.Value("-"), "instrument_id")),
                name="ratification_is_named_by_country_and_instrument",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=RatificationStatus.values), name="ratification_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=Trust.values), name="ratification_confidence_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["in_force", "denounced"]) | models.Q(date=None, year=None),
                name="only_a_ratification_has_a_date",
                violation_error_message=_(
                    "Only a ratification has a date: leave day and year empty, or choose another status."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(date=None) | models.Q(date__year=models.F("year")),
                name="ratification_year_is_that_of_its_date",
                violation_error_message=_("Day and year of the registration differ."),
            ),
            models.CheckConstraint(
                condition=~models.Q(id__contains="-R"),
                name="a_recommendation_is_not_ratified",
                violation_error_message=_("A Recommendation is not ratified."),
            ),
        ]

    def __str__(self) -> str:
        return self.id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under the name of its country and instrument."""
        self.id = f"{self.country_id}-{self.instrument_id}"
        super().save(*args, **kwargs)
