"""The supervisory record of a country, and how an item of the record is shown in public."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from base.charts import Bar, bars
from requests_app.models.on_record import called
from requests_app.published import assisted_years
from supervisory.country_counts import Count, counts_of, latest_of
from supervisory.models import SupervisoryItem
from supervisory.models.words import Body
from ta_portal.public.lines import Sure, sure

LATEST: Final = 5  # items of a body before "all of them"


@dataclass(frozen=True)
class Line:
    """An item in words; `called` is its whole name, `assisted` the years of published assistance that addresses it.

    `said` and `noted` read "not in the part read" where the rest of the text is not known.
    """

    item: SupervisoryItem
    country: str
    body: str
    year: str
    instruments: tuple[str, ...]
    said: str
    noted: str
    url: str
    sure: Sure | None
    called: str
    assisted: tuple[int, ...] = ()


@dataclass(frozen=True)
class OfBody:
    """What one body said: how many items, the latest of them."""

    body: str
    name: str
    count: int
    lines: Sequence[Line]


@dataclass(frozen=True)
class OfYear:
    """How many items of a year were seen to speak of assistance or cooperation; `whole`: all were read whole."""

    year: int | None
    items: int
    speaking: int
    whole: bool
    bar: Bar


@dataclass(frozen=True)
class Record:
    """The record of one country; empty lists where it holds nothing."""

    country_code: str
    bodies: Sequence[OfBody]
    years: Sequence[OfYear]
    items: int


def record_of(country_code: str) -> Record:
    """The record of a country: counts, and the latest items. Five queries, whatever it holds."""
    counts = counts_of(country_code)
    return Record(country_code, by_body(country_code, counts), by_year(counts), sum(count.items for count in counts))


def by_body(country_code: str, counts: Sequence[Count]) -> list[OfBody]:
    """The latest items of each body, in the order of the bodies."""
    lines: dict[str, list[Line]] = {}
    for line in lines_of(latest_of(country_code, LATEST)):
        lines.setdefault(line.item.body, []).append(line)
    held = {body: sum(count.items for count in counts if count.body == body) for body in lines}
    return [OfBody(body.value, str(body.label), held[body], lines[body]) for body in Body if body in lines]


def by_year(counts: Sequence[Count]) -> list[OfYear]:
    """The years with items, the latest first."""
    years = sorted({count.year for count in counts}, key=lambda year: -(year or 0))
    held = [[count for count in counts if count.year == year] for year in years]
    speaking = [sum(count.speaking for count in of_year) for of_year in held]
    return [
        OfYear(year, sum(count.items for count in of_year), said, all(count.read_whole for count in of_year), bar)
        for year, of_year, said, bar in zip(years, held, speaking, bars(speaking), strict=True)
    ]


def lines_of(items: Iterable[SupervisoryItem]) -> list[Line]:
    """Items in words, with the years of published assistance that addresses them. One query more than loading them."""
    held = list(items)
    years = assisted_years([item.pk for item in held]) if held else {}
    return [replace(line_of(item), assisted=years.get(item.pk, ())) for item in held]


def line_of(item: SupervisoryItem) -> Line:
    """An item in words, from what was loaded with it: `links` and `referrals`, and `country` where that is shown."""
    absent = _("none") if item.flags_are_final else _("not in the part read")
    noted = [words for seen, words in ((item.satisfaction, _("satisfaction")), (item.interest, _("interest"))) if seen]
    return Line(
        item=item,
        country=item.country.name if "country" in item._state.fields_cache else "",
        body=str(item),
        year=str(item.year or ""),
        instruments=tuple(link.instrument_id for link in item.links.all()),
        said=" · ".join(str(referral) for referral in item.referrals.all()) or absent,
        noted=", ".join(noted) or absent,
        url=item.url,
        sure=sure(item.confidence),
        called=called(item),
    )
