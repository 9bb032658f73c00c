"""Which station serves a country, and how sure that is."""

from dataclasses import dataclass

from standards.models import Country, Coverage, Station
from ta_portal.public.lines import Sure, sure


@dataclass(frozen=True)
class Claim:
    """A source that names a station for a country. Source, date and note stand as in the data."""

    station: Station
    sure: Sure | None
    source: str
    source_date: str
    note: str


@dataclass(frozen=True)
class Service:
    """The station to which the requests of `country` go, None where no row names one, and what other sources name."""

    country: Country
    claim: Claim | None
    others: tuple[Claim, ...]


def service_of(country: Country) -> Service:
    """All claims to the country, the one that counts first. One query."""
    rows = Coverage.objects.filter(country=country).select_related("station").order_by("-primary", "station")
    claims = [(row.primary, _claim(row)) for row in rows]
    first = next((claim for primary, claim in claims if primary), None)
    return Service(country, first, tuple(claim for primary, claim in claims if not primary))


def _claim(row: Coverage) -> Claim:
    return Claim(row.station, sure(row.confidence), row.source, row.source_date, row.note)
