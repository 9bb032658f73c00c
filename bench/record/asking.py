"""Requests of many organizations, and their links to items of the record, from a seed.

Every country has three organizations. For ten items there are two requests and exactly six links; one request in ten
has none. The requests have status, officer, units and events as the services leave them; their answers are empty.
"""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import cycle
from random import Random

from django.db import transaction

from accounts.models import Organization, Unit, User
from requests_app import states
from requests_app.kinds import KINDS
from requests_app.models import Event, Examination, LinkKind, Request, Routing, SupervisoryLink
from requests_app.models.routing import FULL
from standards.models import Coverage

BATCH = 2_000
LINKS = (0, 3, 3, 3, 3, 3, 3, 4, 4, 4)  # of ten requests
LED_TO = {  # the actions behind each status
    states.SENT: "send",
    states.IN_EXAMINATION: "send take",
    states.QUESTION_OUT: "send take ask",
    states.ACCEPTED: "send take accept",
    states.IN_PREPARATION: "send take accept prepare",
    states.GIVEN: "send take accept prepare give",
    states.CLOSED: "send take accept prepare give close",
    states.DECLINED: "send take decline",
    states.NO_MEANS: "send take no_means",
    states.WITHDRAWN: "send withdraw",
}
STATUSES = (*LED_TO, states.CLOSED, states.CLOSED)  # closed is the most frequent
BUREAUX = {"workers": ["actrav"], "employers": ["actemp"], "government": ["actrav", "actemp"]}
FIRST = datetime(2021, 1, 1, tzinfo=UTC)


def make_requests(by_country: dict[str, list[str]], count: int, officer: User, random: Random) -> None:
    """Write `count` requests with what hangs on them."""
    organizations = organizations_of(by_country, officer)
    stations = dict(Coverage.objects.filter(primary=True).values_list("country", "station"))
    units = {unit.station_id or unit.kind: unit for unit in Unit.objects.all()}
    places = random.choices(sorted(by_country), [len(by_country[code]) for code in sorted(by_country)], k=count)
    for start in range(0, count, BATCH):
        held: list[tuple[Request, list[str]]] = []
        for number in range(start, min(count, start + BATCH)):
            country = places[number]
            organization = random.choice(organizations[country])
            keys = [*BUREAUX[organization.kind], "branch", stations.get(country, "")]
            request = a_request(number + 1, country, organization, officer, random)
            held.append((request, [key for key in keys if key in units]))
        linked = [link for request, _keys in held for link in links_of(request, by_country, random)]
        write(held, units, linked)


def organizations_of(by_country: dict[str, list[str]], officer: User) -> dict[str, list[Organization]]:
    """Three fictional organizations of each country, verified."""
    found = {
        country: [
            Organization(
                name=f"{kind.title()} of {country} (fictional)",
                kind=kind,
                country_id=country,
                verified_at=FIRST,
                verified_by=officer,
            )
            for kind in BUREAUX
        ]
        for country in sorted(by_country)
    }
    Organization.objects.bulk_create([organization for held in found.values() for organization in held])
    return found


def a_request(pk: int, country: str, organization: Organization, officer: User, random: Random) -> Request:
    """A request that came to a status."""
    status, sent = random.choice(STATUSES), FIRST + timedelta(minutes=random.randrange(5 * 365 * 24 * 60))
    return Request(
        pk=pk,
        form_key=uuid.UUID(int=pk),
        organization=organization,
        author=officer,
        kind=random.choice(list(KINDS)),
        country_id=country,
        title=f"Request {pk} (fictional)",
        status=status,
        version=len(LED_TO[status].split()),
        created_at=sent,
        saved_at=sent,
        sent_at=sent,
        officer=None if status in (states.SENT, states.WITHDRAWN) else officer,
        examination_id=pk,
    )


def links_of(request: Request, by_country: dict[str, list[str]], random: Random) -> list[SupervisoryLink]:
    """Its links to items of its country: seven in ten ask, two address, one mentions."""
    items = by_country[request.country_id]
    kinds = cycle(random.sample([*[LinkKind.ASKED] * 7, *[LinkKind.ADDRESSES] * 2, LinkKind.MENTIONS], 10))
    return [
        SupervisoryLink(
            request=request, item_id=key, kind=next(kinds), added_by_id=request.author_id, since=request.sent_at
        )
        for key in random.sample(items, LINKS[request.pk % 10])
    ]


def write(held: list[tuple[Request, list[str]]], units: dict[str, Unit], links: list[SupervisoryLink]) -> None:
    """All rows of some requests; a request and its first examination need each other, hence one transaction."""
    requests = [request for request, _keys in held]
    with transaction.atomic():
        Request.objects.bulk_create(requests)
        Examination.objects.bulk_create(
            [Examination(pk=r.pk, request=r, cause="sent", at=r.sent_at, basis="seed") for r in requests]
        )
        Event.objects.bulk_create([event for request in requests for event in events_of(request)])
        Routing.objects.bulk_create(
            [
                Routing(request=request, unit=units[key], level=FULL, reason="seed", since=request.sent_at)
                for request, keys in held
                for key in keys
            ]
        )
        SupervisoryLink.objects.bulk_create(links)


def events_of(request: Request) -> list[Event]:
    """What happened to it, a month between one event and the next."""
    events, before = [], states.DRAFT
    for number, action in enumerate(LED_TO[request.status].split()):
        after = states.BY_ACTION[action].target or before
        at = request.sent_at + timedelta(days=30 * number)
        actor = request.author
        events.append(
            Event(
                request=request,
                action=action,
                actor=actor,
                status_before=before,
                status_after=after,
                version=number + 1,
                at=at,
            )
        )
        before = after
    return events
