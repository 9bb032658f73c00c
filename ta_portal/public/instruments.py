"""Conventions, Protocols and Recommendations, and who has ratified one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.csv import download
from standards.lookup import DENOUNCED, RATIFIED, UNKNOWN, RatificationFact, ratifications_of
from standards.models import Country, Instrument, InstrumentKind, InstrumentStatus, Region
from supervisory.normlex import page
from ta_portal.public.caching import for_everybody
from ta_portal.public.codes import one_address
from ta_portal.public.lines import STATES, Line, line, sure
from ta_portal.public.typed import names, typed

NOT_STATED = "not_stated"
PLURALS: Mapping[str, Promise] = {
    InstrumentKind.CONVENTION: _("Conventions"),
    InstrumentKind.PROTOCOL: _("Protocols"),
    InstrumentKind.RECOMMENDATION: _("Recommendations"),
}
STATUSES = [*InstrumentStatus.choices, (NOT_STATED, _("Not stated"))]
COLUMNS = ("country_code", "country", "region", "instrument", "status", "registered", "list_date", "confidence")


@dataclass(frozen=True)
class InRegion:
    """The States of one region and what is known of each; `counts` by the word for it."""

    name: str
    rows: list[tuple[Country, Line]]
    counts: list[tuple[Promise, int]]


@for_everybody
def instruments(request: HttpRequest) -> HttpResponseBase:
    """All of them by kind, or those that the words, the status and the subject of the address leave."""
    name, status, freedom = typed(request, "name"), typed(request, "status"), request.GET.get("freedom") == "yes"
    if status not in dict(STATUSES):
        status = ""
    found = [
        instrument
        for instrument in Instrument.objects.order_by("code")
        if (not name or is_named(instrument, name))
        and (not status or (instrument.status or NOT_STATED) == status)
        and (not freedom or instrument.freedom_of_association)
    ]
    lines = [(instrument, sure(instrument.status_confidence)) for instrument in found]
    kinds = [(word, [line for line in lines if line[0].kind == kind]) for kind, word in PLURALS.items()]
    context = {
        "name": name,
        "status": status,
        "freedom": freedom,
        "statuses": STATUSES,
        "count": len(found),
        "kinds": [(word, rows) for word, rows in kinds if rows],
    }
    return render(request, "public/instruments.html", context)


def is_named(instrument: Instrument, text: str) -> bool:
    """Whether `text` is part of its title or of a usual way to write its number: C087, C.87, C87."""
    return names(text, instrument.title, instrument.code, instrument.short, instrument.short.replace(".", ""))


@for_everybody
def instrument(request: HttpRequest, instrument_code: str) -> HttpResponseBase:
    """One instrument on this day. Raises Http404."""
    if elsewhere := one_address(request, instrument_code):
        return elsewhere
    found = get_object_or_404(Instrument.objects.select_related("ratification_list"), pk=instrument_code)
    today = timezone.localdate()
    facts = {} if found.kind == InstrumentKind.RECOMMENDATION else ratifications_of(instrument_code, today)
    is_listed = any(fact.status != UNKNOWN for fact in facts.values())
    context = {
        "instrument": found,
        "sure": sure(found.status_confidence),
        "can_be_ratified": found.kind != InstrumentKind.RECOMMENDATION,
        "held": getattr(found, "ratification_list", None),
        "today": today,
        "regions": by_region(facts) if is_listed else [],
        "counts": counted(facts.values()) if is_listed else [],
        "text_at": page("12100", "P12100_INSTRUMENT_ID", found.normlex_id) if found.normlex_id else "",
        "list_at": page("11300", "P11300_INSTRUMENT_ID", found.normlex_id) if found.normlex_id else "",
    }
    return render(request, "public/instrument.html", context)


def by_region(facts: Mapping[str, RatificationFact]) -> list[InRegion]:
    """The facts by region and country, as readers look for them. One query."""
    rows = [(country, facts[country.pk]) for country in Country.objects.all().in_reading_order()]
    found = []
    for region in Region:
        held = [(country, fact) for country, fact in rows if country.region == region]
        lines = [(country, line(fact)) for country, fact in held]
        found.append(InRegion(str(region.label), lines, counted(fact for _country, fact in held)))
    return [region for region in found if region.rows]


def counted(facts: Iterable[RatificationFact]) -> list[tuple[Promise, int]]:
    """How many States there are of each sort."""
    counts = Counter(fact.status for fact in facts)
    return [(word, counts[status]) for status, word in STATES.items() if counts[status]]


@for_everybody
def ratifications_csv(request: HttpRequest, instrument_code: str) -> HttpResponseBase:
    """The ratifications of one instrument as a file. Raises Http404, also for what cannot be ratified."""
    if elsewhere := one_address(request, instrument_code):
        return elsewhere
    if not Instrument.objects.filter(pk=instrument_code).exclude(kind=InstrumentKind.RECOMMENDATION).exists():
        raise Http404
    facts = ratifications_of(instrument_code, timezone.localdate())
    rows = [cells(country, facts[country.pk]) for country in Country.objects.all().in_reading_order()]
    return download(f"ratifications-{instrument_code}.csv", COLUMNS, rows)


def cells(country: Country, fact: RatificationFact) -> list[object]:
    """A line of the file: codes and ISO dates, an empty cell for what is not known."""
    day = fact.date.isoformat() if fact.date else fact.year
    registered = day if fact.status in (RATIFIED, DENOUNCED) else None
    confidence = fact.confidence if fact.status != UNKNOWN else ""
    return [country.pk, country.name, country.region, fact.code, fact.status, registered, fact.list_date, confidence]
