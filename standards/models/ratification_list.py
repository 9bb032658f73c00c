"""How complete the list of ratifications of one instrument is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.corrected import Corrected
from standards.models.instrument import Instrument
from standards.models.trust import TEXT


class RatificationList(Corrected):
    """Only where `absence_means_not_ratified` may a State without a line be called not ratified."""

    instrument = models.OneToOneField(
        Instrument,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="ratification_list",
        verbose_name=_("Instrument"),
    )
    published = models.PositiveSmallIntegerField(_("Published number of ratifications"), null=True, blank=True)
    source = models.CharField(_("Source of that number"), max_length=TEXT, blank=True)
    as_of = models.CharField(_("Date of the list"), max_length=10, blank=True)
    state = models.CharField(_("How complete"), max_length=TEXT)
    absence_means_not_ratified = models.BooleanField(_("A missing line means not ratified"))

    class Meta:
        ordering = ["instrument"]
        verbose_name = _("list of ratifications")
        verbose_name_plural = _("lists of ratifications")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(absence_means_not_ratified=False) | ~models.Q(as_of=""),
                name="a_complete_list_has_a_date",
                violation_error_message=_("A list in which a missing line means not ratified needs its date."),
            ),
        ]

    def __str__(self) -> str:
        return self.pk
