"""The record of one country in counts, and the latest of what each body said: never all of its items."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from supervisory.models import SupervisoryItem
from supervisory.models.words import Extent
from supervisory.tallies import SPEAKS


@dataclass(frozen=True)
class Count:
    """The items of a year and a body: how many, how many speak of assistance or cooperation, how many read whole."""

    year: int | None
    body: str
    items: int
    speaking: int
    whole: int

    @property
    def read_whole(self) -> bool:
        """Whether nothing seen means that there is nothing."""
        return self.whole == self.items


def counts_of(country_code: str) -> list[Count]:
    """Every year and body with items. One query."""
    rows = SupervisoryItem.objects.filter(country=country_code).order_by().values_list("year", "body")
    counted = rows.annotate(
        items=models.Count("key"),
        speaking=models.Count("key", filter=SPEAKS["either"]),
        whole=models.Count("key", filter=Q(extent=Extent.WHOLE)),
    )
    return [Count(*row) for row in counted]


def latest_of(country_code: str, most: int) -> QuerySet[SupervisoryItem]:
    """At most so many items of each body, the latest, with instruments and referrals. Three queries."""
    place = Window(RowNumber(), partition_by="body", order_by=[F("year").desc(nulls_last=True), "key"])
    items = SupervisoryItem.objects.filter(country=country_code).annotate(place=place).filter(place__lte=most)
    return items.order_by("place").prefetch_related("links", "referrals")
