"""What is known of a country: its ratifications on a day, and the station that serves it.

Doubt is "unknown", never "not ratified": only a list that says so, or a date that has not come, makes a State one that
has not ratified.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, Q, QuerySet, Value

from base.compiled import compiled
from standards.models import Country, Coverage, DataFile, Ratification, RatificationList, RatificationStatus, Trust
from standards.partial_dates import last_day
from standards.reading.tables import COURSES

_COUNTRY: Final = "<country>"
RATIFIED, NOT_RATIFIED, DENOUNCED, UNKNOWN = "ratified", "not_ratified", "denounced", "unknown"


@dataclass(frozen=True)
class RatificationFact:
    """What is known of one instrument on one day.

    `status` is ratified, not_ratified, denounced or unknown; `date` and `year` are those of the registration, where
    known; `list_date` is the date of the list as it stands there (2024, 2023-07; empty: no list); `confidence` that
    of the line (high, medium, low; empty: there is no line).
    """

    code: str
    status: str
    date: date | None
    year: int | None
    list_date: str
    confidence: str


@dataclass(frozen=True)
class StationFact:
    """The station that serves a country. `disputed`: another station is named too. Headquarters is the Branch alone."""

    code: str
    city: str
    confidence: str
    disputed: bool
    is_headquarters: bool


def ratifications_on(country_code: str, codes: Iterable[str], on: date) -> dict[str, RatificationFact]:
    """What is known on the day `on` of each of `codes`, unknown ones included. Two queries."""
    wanted = list(dict.fromkeys(codes))
    same = [f"<code {number}>" for number in range(len(wanted))]
    real = {_COUNTRY: country_code, **dict(zip(same, wanted, strict=True))}

    def queries() -> list[Any]:
        is_member = Exists(Country.objects.filter(pk=_COUNTRY))
        lists = RatificationList.objects.filter(pk__in=same).annotate(is_member=is_member)
        return [lists, Ratification.objects.filter(country=_COUNTRY, instrument__in=same)]

    lists, rows = (asked.rows(real) for asked in compiled(("ratifications", len(wanted)), queries, real))
    by_list, by_row = {held.pk: held for held in lists}, {row.instrument_id: row for row in rows}
    return {code: fact(code, by_row.get(code), by_list.get(code), on) for code in wanted}


def ratifications_of(code: str, on: date) -> dict[str, RatificationFact]:
    """What is known on the day `on` of one instrument, by the code of every member State. Three queries."""
    held = RatificationList.objects.filter(pk=code).annotate(is_member=Value(True)).first()
    rows = {row.country_id: row for row in Ratification.objects.filter(instrument=code)}
    members = Country.objects.order_by("pk").values_list("pk", flat=True)
    return {member: fact(code, rows.get(member), held, on) for member in members}


def fact(code: str, row: Ratification | None, held: RatificationList | None, on: date) -> RatificationFact:
    """Judge one line, or its absence. `held` carries `is_member`: absence tells nothing of what is not a member."""
    list_date = (row.as_of if row else "") or (held.as_of if held else "")
    if row:
        status = status_on(row, last_day(list_date), on)
        return RatificationFact(code, status, row.date, row.year, list_date, row.confidence)
    if held and held.absence_means_not_ratified and getattr(held, "is_member", False):
        return RatificationFact(code, NOT_RATIFIED, None, None, list_date, Trust.MEDIUM.value)
    return RatificationFact(code, UNKNOWN, None, None, list_date, "")


def status_on(row: Ratification, list_day: date | None, on: date) -> str:
    """The status of a line on the day `on`; `list_day` is the last day that the date of its list can mean.

    Without the day of registration there is a time about which the line says nothing: from the first day on which it
    may have been registered until the first on which it certainly was. The day of a denunciation is not kept, so a
    denounced instrument is so from the date of the list on.
    """
    if row.status in (RatificationStatus.NOT_RATIFIED, RatificationStatus.UNKNOWN):
        return str(row.status)
    if (first := first_possible_day(row)) and on < first:
        return NOT_RATIFIED
    if row.status == RatificationStatus.DENOUNCED:
        return DENOUNCED if list_day and on >= list_day else UNKNOWN
    certain = row.date or min((day for day in (year_end(row), list_day) if day), default=None)
    return RATIFIED if certain and on >= certain else UNKNOWN


def first_possible_day(row: Ratification) -> date | None:
    """The first day on which the ratification may have been registered; None when nothing is known."""
    return row.date or (date(row.year, 1, 1) if row.year else None)


def year_end(row: Ratification) -> date | None:
    """The last day of the year of registration; None when that is not known."""
    return date(row.year, 12, 31) if row.year else None


def station_of(country_code: str) -> StationFact | None:
    """The station that serves a country; None for an unknown country and one that no row names. One query."""
    [asked] = compiled("station", lambda: [_claims(_COUNTRY)], [_COUNTRY])
    claims = asked.rows({_COUNTRY: country_code})
    if not claims or not claims[0].primary:
        return None
    station = claims[0].station
    return StationFact(station.code, station.city, claims[0].confidence, len(claims) > 1, station.is_headquarters)


def _claims(country: str) -> QuerySet[Coverage]:
    """The stations that are named for a country, the first one first."""
    return Coverage.objects.filter(country=country).select_related("station").order_by("-primary")


def data_digest() -> str:
    """A text that changes whenever reference data that rules look at changes, by a file or by hand. One query."""
    files = (
        DataFile.objects.filter(~Q(version=0))
        .exclude(name=COURSES)
        .order_by("name")
        .values_list("name", "digest", "version")
    )
    return hashlib.sha256(repr(list(files)).encode()).hexdigest()
