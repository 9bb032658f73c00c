"""One thing that a supervisory body said about one State."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from standards.models import Country, Instrument, Trust
from standards.models.corrected import Corrected
from standards.models.trust import TEXT
from standards.partial_dates import last_day
from standards.reading.cells import FIRST_YEAR, LAST_YEAR
from supervisory import normlex
from supervisory.models.words import CASES, COMMENTS, About, Body, Extent, ReportType, Status

IN_TIME = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
# What the referrals say, in short. Written where they are (referral.py), and nowhere else.
SPOKEN = ("speaks_of_assistance", "speaks_of_cooperation", "points_to_assistance")
NUMBERED = {"case-": [Body.CFA_CASE], "comment-": list(COMMENTS)}


def random_key() -> str:
    """The key of an item that has no number and came from no file."""
    return f"item-{secrets.token_hex(8)}"


def number_fits_key() -> models.Q:
    """A numbered item is known by its number, so that no number is there twice."""
    fits = models.Q(number="")
    for start, bodies in NUMBERED.items():
        fits |= models.Q(body__in=bodies, key=Concat(models.Value(start), "number"))
    return fits | ~models.Q(body__in=[body for bodies in NUMBERED.values() for body in bodies])


class SupervisoryItem(Corrected):
    """An observation, a direct request, a discussion, a case. What it says of assistance hangs on it as referrals.

    `satisfaction` and `interest` are true where they were seen; false means "not in what was read" (`extent`).
    `year` is that in which the body spoke, worked out from the dates below it. `speaks_of_…` and `points_to_assistance`
    follow from the referrals, so that whoever counts does not go through them.
    """

    key = models.CharField(_("Key"), max_length=32, primary_key=True, default=random_key, editable=False)
    body = models.CharField(_("Body"), max_length=30, choices=Body)
    number = models.CharField(
        _("Number"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[1-9][0-9]*\Z", _("Write the number in digits."))],
        help_text=_("Of the case, or of the comment in NORMLEX"),
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="supervisory_items", db_index=False, verbose_name=_("Country")
    )
    instruments = models.ManyToManyField(
        Instrument, through="ItemInstrument", related_name="supervisory_items", verbose_name=_("Instruments")
    )
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True, editable=False)
    year_adopted = models.PositiveSmallIntegerField(_("Adopted (year)"), null=True, blank=True, validators=IN_TIME)
    session = models.PositiveSmallIntegerField(_("Session of the Conference"), null=True, blank=True)
    year_published = models.PositiveSmallIntegerField(
        _("Published or discussed (year)"), null=True, blank=True, validators=IN_TIME
    )
    complaint_on = models.DateField(_("Date of the complaint"), null=True, blank=True)
    status = models.CharField(pgettext_lazy("of a case", "Status"), max_length=10, choices=Status, blank=True)
    report_type = models.CharField(_("Kind of report"), max_length=15, choices=ReportType, blank=True)
    report_number = models.PositiveSmallIntegerField(_("Number of the report"), null=True, blank=True)
    report_date = models.CharField(
        _("Date of the report"), max_length=10, blank=True, help_text=_("A day, a month or a year: 2019-06")
    )
    paragraphs = models.CharField(_("Paragraphs of the report"), max_length=20, blank=True)
    about = models.CharField(_("What it is about"), max_length=15, choices=About, blank=True)
    satisfaction = models.BooleanField(_("Noted with satisfaction"), default=False)
    interest = models.BooleanField(_("Noted with interest"), default=False)
    speaks_of_assistance = models.BooleanField(default=False, editable=False)
    speaks_of_cooperation = models.BooleanField(default=False, editable=False)
    points_to_assistance = models.BooleanField(default=False, editable=False)
    language = models.CharField(_("Language of the text read"), max_length=2, blank=True)
    extent = models.CharField(_("How much was read"), max_length=5, choices=Extent, default=Extent.PART)
    confidence = models.CharField(_("How sure this is"), max_length=6, choices=Trust, default=Trust.HIGH)
    source = models.CharField(_("Source"), max_length=TEXT, blank=True)
    note = models.CharField(_("Note"), max_length=TEXT, blank=True)
    added_by = models.ForeignKey(
        "ImportRun", on_delete=models.PROTECT, null=True, editable=False, related_name="added", db_index=False
    )

    class Meta:
        ordering = ["-year", "key"]
        verbose_name = _("supervisory item")
        verbose_name_plural = _("supervisory items")
        indexes = [
            models.Index(fields=["country", "body", "year"], name="supervisory_item_by_country"),
            models.Index(fields=["body", "year", "country"], name="supervisory_item_by_body"),
            models.Index(fields=["-year", "key"], name="supervisory_item_in_order"),
            models.Index(
                fields=["country", "body", "year"],
                include=["key"],
                condition=models.Q(points_to_assistance=True),
                name="supervisory_item_pointing",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key__regex=r"^[a-z]+-[0-9a-z]+$"), name="supervisory_item_key_is_a_word_and_a_number"
            ),
            models.CheckConstraint(condition=number_fits_key(), name="supervisory_item_is_known_by_its_number"),
            models.CheckConstraint(condition=models.Q(body__in=Body.values), name="supervisory_item_body_is_known"),
            models.CheckConstraint(
                condition=models.Q(status="") | models.Q(status__in=Status.values, body__in=CASES),
                name="only_a_case_has_a_status",
                violation_error_message=_("Only a case has a status. Leave it empty, or choose another body."),
            ),
            models.CheckConstraint(
                condition=models.Q(report_type="") | models.Q(report_type__in=ReportType.values, body=Body.CFA_CASE),
                name="only_a_case_has_a_kind_of_report",
                violation_error_message=_("Only a case of the Committee on Freedom of Association has this."),
            ),
            models.CheckConstraint(
                condition=models.Q(about__in=["", *About.values]), name="supervisory_item_about_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(extent__in=Extent.values), name="supervisory_item_extent_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=Trust.values), name="supervisory_item_confidence_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(year=None) | models.Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="supervisory_item_year_is_in_time",
            ),
            models.CheckConstraint(
                condition=models.Q(points_to_assistance=False) | models.Q(speaks_of_assistance=True),
                name="who_points_to_assistance_speaks_of_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.number}".strip()

    def clean(self) -> None:
        """A number is there once, a date is a date. Raises ValidationError. One query for a new item."""
        self.name_by_number()
        if self._state.adding and SupervisoryItem.objects.filter(pk=self.key).exists():
            raise ValidationError({"number": _("This number is in the record already.")})
        if self.report_date and last_day(self.report_date) is None:
            raise ValidationError({"report_date": _("Write a day, a month or a year: 2019-06-30, 2019-06 or 2019.")})
        self.year = self.year_spoken()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under the number, where the body numbers what it says, with the year worked out.

        What follows from the referrals is left as it stands: what was loaded may be older than they are.
        """
        self.name_by_number()
        self.year = self.year_spoken()
        if self._state.adding:
            kwargs["force_insert"] = True
        else:
            kwargs.setdefault("update_fields", SAVED)
        super().save(*args, **kwargs)

    def name_by_number(self) -> None:
        """Give a new item the key that its number makes."""
        starts = [start for start, bodies in NUMBERED.items() if self.body in bodies]
        if self._state.adding and self.number and starts:
            self.key = f"{starts[0]}{self.number}"

    def year_spoken(self) -> int | None:
        """When the body spoke: the year of adoption, of the discussion, of the report, else of the complaint."""
        report = last_day(self.report_date) if self.report_date else None
        complaint = self.complaint_on.year if self.complaint_on else None
        return self.year_adopted or self.year_published or (report.year if report else None) or complaint

    @property
    def url(self) -> str:
        """The public text in the reader's language; empty where its number is not known."""
        return normlex.address(self.body, self.number, self.source)

    @property
    def flags_are_final(self) -> bool:
        """Whether "not seen" means that it is not there."""
        return self.extent == Extent.WHOLE


SAVED = [
    field.name for field in SupervisoryItem._meta.concrete_fields if not field.primary_key and field.name not in SPOKEN
]
