"""Gathering the facts: from the request, its sections and what the reference data know of the country."""

from datetime import UTC, date

from django.utils import timezone

from requests_app.kinds import OPINION
from requests_app.models import Conventions, Provision, Request
from requests_app.models.sections.base import left_open
from requests_app.rules.facts import DENOUNCED, NOT_RATIFIED, Facts, Ratified, Station
from standards.lookup import RatificationFact, StationFact, ratifications_on, station_of


def filing_date(request: Request) -> date:
    """The day as of which everything is looked up: that of sending, today for a draft. In UTC, whoever looks."""
    return timezone.localdate(request.sent_at or timezone.now(), UTC)


def chosen_conventions(request: Request) -> list[str]:
    """The codes of the Conventions that the request is about, in the order of the form."""
    chosen = list(request.section(Conventions).instruments)
    if request.kind == OPINION:
        chosen.append(request.section(Provision).instrument)
    return [code for code in dict.fromkeys(chosen) if code.startswith("C")]


def gather(request: Request) -> Facts:
    """One picture of `request` as of its filing date. Costs at most four queries when the sections are loaded."""
    on = filing_date(request)
    found = ratifications_on(request.country_id, chosen_conventions(request), on)
    ratifications = tuple(_ratified(fact) for fact in found.values())
    unasked = unasked_questions(ratifications)
    parts = request.answered()
    return Facts(
        on=on,
        kind=request.kind,
        group=request.organization.kind,
        country=request.country_id,
        answers={part.slug: part.answers() for part in parts},
        open=frozenset(q.id for part in parts for q in left_open(part, request.kind, unasked)),
        ratifications=ratifications,
        station=_station(station_of(request.country_id)),
        unasked=unasked,
        has_documents=request.has_documents,
    )


def unasked_questions(ratifications: tuple[Ratified, ...]) -> frozenset[str]:
    """The ids of questions that these facts rule out: Q6 shows only when a chosen Convention is not ratified."""
    asked = any(row.status in (NOT_RATIFIED, DENOUNCED) for row in ratifications)
    return frozenset() if asked else frozenset({"Q6"})


def _ratified(fact: RatificationFact) -> Ratified:
    day = fact.date.isoformat() if fact.date else str(fact.year or "")
    return Ratified(fact.code, fact.status, day, fact.list_date, fact.confidence)


def _station(fact: StationFact | None) -> Station | None:
    if fact is None:
        return None
    return Station(fact.code, fact.city, fact.confidence, fact.disputed, fact.is_headquarters)
