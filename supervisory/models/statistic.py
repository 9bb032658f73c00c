"""A figure that the Office published. It is never added to, or compared with, items counted here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.labels import labelled
from standards.models.trust import TEXT


class Population(models.TextChoices):
    """What kind of comment or case a figure counts. Figures of two populations do not add up."""

    OBSERVATIONS = "observations", _("observations only")
    OBSERVATIONS_AND_DIRECT_REQUESTS = "observations_and_direct_requests", _("observations and direct requests")
    INDIVIDUAL_CASES = "individual_cases", _("conclusions on individual cases")
    SPECIAL_PARAGRAPHS = "special_paragraphs", _("special paragraphs")
    REPORTING_CASES = "reporting_cases", _("cases of reporting obligations")
    CASES = "cases", _("cases")
    REQUESTS = "requests", _("requests to the Office")
    OTHER = "other", _("not about comments or cases")


class Statistic(models.Model):
    """One published figure with its source. `inconsistent`: the source contradicts itself; the note says how."""

    key = models.CharField(_("Key"), max_length=32, primary_key=True, editable=False)
    body = models.CharField(_("Body"), max_length=30)
    period_start = models.CharField(_("From"), max_length=10, blank=True)
    period_end = models.CharField(_("Until"), max_length=10, blank=True)
    measure = models.CharField(_("What is counted"), max_length=TEXT)
    count = models.PositiveIntegerField(_("Figure"))
    unit = models.CharField(_("Unit"), max_length=30)
    relates_to = models.CharField(_("Relates to"), max_length=30)
    population = models.CharField(_("Which comments or cases"), max_length=40, choices=Population)
    document = models.CharField(_("Document"), max_length=3)
    paragraph = models.PositiveSmallIntegerField(_("Paragraph"), null=True, blank=True)
    inconsistent = models.BooleanField(_("The source contradicts itself"), default=False)
    note = models.CharField(_("Note"), max_length=TEXT, blank=True)

    class Meta:
        ordering = ["document", "paragraph", "measure", "period_start"]
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "period_start", "period_end", "measure", "document", "paragraph"],
                name="a_figure_is_published_once",
            ),
            models.CheckConstraint(
                condition=models.Q(population__in=Population.values), name="statistic_population_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(document__regex=r"^[0-9]{3}$"), name="statistic_document_is_three_digits"
            ),
            models.CheckConstraint(
                condition=models.Q(inconsistent=False) | ~models.Q(note=""), name="an_inconsistent_figure_says_why"
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.measure, self.count)
