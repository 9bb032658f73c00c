"""The Office's units that take part: the Branch, the two Bureaux, and one unit for each station."""

import uuid

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A unit of the Office. Officers stand in it by a Post; notices go to its address."""

    class Kind(models.TextChoices):
        BRANCH = "branch", _("Freedom of Association Branch")
        ACTRAV = "actrav", pgettext_lazy("the Bureau for Workers' Activities", "ACTRAV")
        ACTEMP = "actemp", pgettext_lazy("the Bureau for Employers' Activities", "ACT/EMP")
        STATION = "station", _("Station")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    station = models.ForeignKey(
        "standards.Station", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Station")
    )
    address = models.EmailField(_("Address of its notices"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["kind", "station"]
        constraints = [
            models.CheckConstraint(
                name="accounts_unit_station_kind_has_station",
                condition=models.Q(kind="station", station__isnull=False)
                | models.Q(kind__in=["branch", "actrav", "actemp"], station__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(station__isnull=True), name="accounts_unit_kind_once"
            ),
            models.UniqueConstraint(
                fields=["station"], condition=models.Q(station__isnull=False), name="accounts_unit_station_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    @admin.display(description=_("Unit"))
    def label(self) -> str:
        """What readers call it, in the active language; for a station one query unless the station is fetched."""
        if self.station is not None:
            return gettext("Specialists in %(city)s") % {"city": self.station.city}
        return str(self.Kind(self.kind).label)
