"""A Convention, a Protocol or a Recommendation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from standards.models.corrected import Corrected
from standards.models.trust import Trust
from standards.models.wording import in_language


class InstrumentKind(models.TextChoices):
    """Conventions and Protocols can be ratified, Recommendations cannot."""

    CONVENTION = "convention", _("Convention")
    PROTOCOL = "protocol", _("Protocol")
    RECOMMENDATION = "recommendation", _("Recommendation")


class InstrumentStatus(models.TextChoices):
    """Whether the instrument is still recommended to States. Empty means not known, not "in force"."""

    UP_TO_DATE = "up_to_date", _("Up to date")
    INTERIM = "interim", _("Interim status")
    REQUEST_FOR_INFORMATION = "request_for_information", _("Information was requested")
    TO_BE_REVISED = "to_be_revised", _("To be revised")
    OUTDATED = "outdated", _("Outdated")
    ABROGATED = "abrogated", _("Abrogated")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an instrument", "Withdrawn")
    REPLACED = "replaced", _("Replaced")


class Category(models.TextChoices):
    """Recommendations have none."""

    FUNDAMENTAL = "fundamental", _("Fundamental")
    GOVERNANCE = "governance", _("Governance")
    TECHNICAL = "technical", _("Technical")


class Instrument(Corrected):
    """An instrument, known by its letter and number: C087, P029, R113."""

    code = models.CharField(_("Code"), max_length=4, primary_key=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=InstrumentKind)
    number = models.PositiveSmallIntegerField(_("Number"))
    title_en = models.CharField(_("English title"), max_length=200)
    title_fr = models.CharField(_("French title"), max_length=200, blank=True)
    title_es = models.CharField(_("Spanish title"), max_length=200, blank=True)
    year_adopted = models.PositiveSmallIntegerField(_("Adopted (year)"))
    adopted_on = models.DateField(_("Adopted (day)"), null=True, blank=True)
    session = models.PositiveSmallIntegerField(_("Session of the Conference"))
    in_force_on = models.DateField(_("Entered into force"), null=True, blank=True)
    never_in_force = models.BooleanField(_("Never entered into force"), null=True, blank=True)
    status = models.CharField(_("Status"), max_length=30, choices=InstrumentStatus, blank=True)
    status_since = models.CharField(_("Status since"), max_length=10, blank=True)
    status_confidence = models.CharField(_("How sure the status is"), max_length=6, choices=Trust, blank=True)
    category = models.CharField(_("Category"), max_length=20, choices=Category, blank=True)
    subject = models.CharField(_("Subject"), max_length=100)
    freedom_of_association = models.BooleanField(_("Freedom of association"))
    normlex_id = models.CharField(_("Number in NORMLEX"), max_length=10, blank=True)
    normlex_id_basis = models.CharField(_("Where the NORMLEX number comes from"), max_length=20, blank=True)
    title_fr_basis = models.CharField(_("Where the French title comes from"), max_length=20, blank=True)
    title_es_basis = models.CharField(_("Where the Spanish title comes from"), max_length=20, blank=True)
    adopted_on_basis = models.CharField(_("Where the day of adoption comes from"), max_length=20, blank=True)
    in_force_on_basis = models.CharField(_("Where the entry into force comes from"), max_length=20, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="instrument_number_is_unique_in_its_kind",
                violation_error_message=_("There is an instrument of this kind and number."),
            ),
            models.CheckConstraint(
                condition=models.Q(code__startswith="C", kind=InstrumentKind.CONVENTION)
                | models.Q(code__startswith="P", kind=InstrumentKind.PROTOCOL)
                | models.Q(code__startswith="R", kind=InstrumentKind.RECOMMENDATION),
                name="instrument_letter_is_that_of_its_kind",
                violation_error_message=_("The letter of the code is that of the kind: C, P or R."),
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[CPR][0-9]{3}$"),
                name="instrument_code_is_valid",
                violation_error_message=_("The code is a letter and three digits: C087."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["", *InstrumentStatus.values]), name="instrument_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status="", status_confidence="")
                | (~models.Q(status="") & models.Q(status_confidence__in=Trust.values)),
                name="instrument_status_says_how_sure_it_is",
                violation_error_message=_(
                    "A status says how sure it is; without a status there is nothing to be sure of."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(category__in=["", *Category.values]), name="instrument_category_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short} {self.title}"

    @property
    def title(self) -> str:
        """The title in the active language, else in English."""
        return in_language(self, "title")

    @property
    def short(self) -> str:
        """The usual short form: C.87."""
        return f"{self.code[0]}.{self.number}"
