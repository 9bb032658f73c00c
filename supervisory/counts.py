"""What can be counted in the record itself. These are samples of what was imported, never published figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from supervisory.models import RecordVersion, Referral, SupervisoryItem


@dataclass(frozen=True)
class Counted:
    """How many imported items, or referrals, there are. `country`, `way` are empty where they were not asked for."""

    year: int | None
    body: str
    count: int
    country: str = ""
    topic: str = ""
    way: str = ""


def record_version() -> int:
    """Grows with every change of the record: what is kept of it is good while this stays the same. One query."""
    return RecordVersion.objects.values_list("number", flat=True).first() or 0


def items_by_year(country_code: str = "") -> list[Counted]:
    """Items per year and body, of one country or of all. One query."""
    items = SupervisoryItem.objects.filter(country=country_code) if country_code else SupervisoryItem.objects.all()
    rows = items.order_by("year", "body").values_list("year", "body").annotate(count=Count("key"))
    return [Counted(year, body, count, country_code) for year, body, count in rows]


def referrals_by_year(country_code: str = "") -> list[Counted]:
    """Referrals per year, body, topic and way: assistance and cooperation apart. One query."""
    referrals = Referral.objects.filter(item__country=country_code) if country_code else Referral.objects.all()
    names = ("item__year", "item__body", "topic", "way")
    rows = referrals.order_by(*names).values_list(*names).annotate(count=Count("id"))
    return [Counted(year, body, count, country_code, topic, way) for year, body, topic, way, count in rows]


def referrals_by_country() -> list[Counted]:
    """Referrals per country, topic and way over all years and bodies: the rows of the gap map. One query."""
    names = ("item__country", "topic", "way")
    rows = Referral.objects.order_by(*names).values_list(*names).annotate(count=Count("id"))
    return [Counted(None, "", count, country, topic, way) for country, topic, way, count in rows]


def items_of(country_code: str, bodies: Iterable[str] = ()) -> QuerySet[SupervisoryItem]:
    """The items of a country with instruments and referrals, the newest first. Three queries, cut it to a page."""
    items = SupervisoryItem.objects.filter(country=country_code)
    wanted = list(bodies)
    items = items.filter(body__in=wanted) if wanted else items
    return items.prefetch_related("links", "referrals")
