"""Who serves whom: the stations of the standards specialists."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_info

from standards.models import Country, Coverage, Station, StationRegion, Trust
from ta_portal.public.caching import for_everybody
from ta_portal.public.map import pin
from ta_portal.public.service import service_of
from ta_portal.public.typed import typed


@dataclass(frozen=True)
class Served:
    """A country that a station serves. `unsure`: a best guess. `disputed`: another source names another station."""

    country: Country
    unsure: bool
    disputed: bool


@dataclass(frozen=True)
class Entry:
    """A station in the list: the languages in words, the countries in reading order."""

    station: Station
    languages: list[str]
    countries: list[Served]


@for_everybody
def specialists(request: HttpRequest) -> HttpResponseBase:
    """The box that answers for one country, the map, the list."""
    countries = Country.objects.all().in_reading_order()
    asked = typed(request, "country").upper()
    chosen = next((country for country in countries if country.pk == asked), None)
    stations = list(Station.objects.order_by("city"))
    served = served_by(countries)
    entries = [entry(station, served[station.pk]) for station in stations]
    context = {
        "countries": countries,
        "asked": asked,
        "service": service_of(chosen) if chosen else None,
        "pins": [pin(station) for station in stations if not station.is_headquarters],
        "regions": [
            (region.label, [held for held in entries if held.station.region == region]) for region in StationRegion
        ],
        "headquarters": next((held for held in entries if held.station.is_headquarters), None),
    }
    return render(request, "public/specialists.html", context)


def served_by(countries: list[Country]) -> dict[str, list[Served]]:
    """By station the countries whose requests go there, in the order of `countries`. One query."""
    claims: dict[str, list[Coverage]] = defaultdict(list)
    for claim in Coverage.objects.order_by("-primary"):
        claims[claim.country_id].append(claim)
    served: dict[str, list[Served]] = defaultdict(list)
    for country in countries:
        held = claims[country.pk]
        if held and held[0].primary:
            found = Served(country, held[0].confidence == Trust.LOW, len(held) > 1)
            served[held[0].station_id].append(found)
    return served


def entry(station: Station, served: list[Served]) -> Entry:
    """A station with its languages in words."""
    return Entry(station, [language_name(code) for code in station.language_codes], served)


def language_name(code: str) -> str:
    """The name of a language in the active one; its code where nobody has named it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
