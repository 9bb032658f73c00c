"""Writing the rows that follow from the routing rule, and from what an officer chose beside it."""

from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from accounts.models import Unit
from requests_app.facts import gather
from requests_app.models import Assignment, Request, Routing
from requests_app.models.routing import FULL
from requests_app.refusals import Incomplete
from requests_app.rules.routing import Route, routes

CHOSEN: Final = "officer"  # the reason of a row that an officer chose
STATION: Final = Unit.Kind.STATION


@dataclass(frozen=True)
class Wanted:
    """How a unit is to be routed, and why."""

    level: str
    reason: str


def route(request: Request) -> list[Routing]:
    """Bring the routing of `request` in line with the rule and give back the rows that begin.

    A row that is no longer wanted ends: whoever need not know any more does not. The station that goes with the
    specialist whom an officer chose stands instead of the rule's, until the request is about another country.
    Inside a transaction.
    """
    now = timezone.now()
    units = {(unit.kind, unit.station_id or ""): unit for unit in Unit.objects.all()}
    wanted = {_unit(units, found): Wanted(found.level, found.source.document) for found in routes(gather(request))}
    if chosen := _chosen(request):
        wanted = {unit: how for unit, how in wanted.items() if unit.kind != STATION or unit == chosen}
        if chosen.kind == STATION:
            wanted.setdefault(chosen, Wanted(FULL, CHOSEN))
    kept = set()
    for row in Routing.objects.current().filter(request=request).select_related("unit"):
        how = wanted.get(row.unit)
        if how and how.level == row.level:
            kept.add(row.unit)
        else:
            row.until = now
            row.save(update_fields=["until"])
    return Routing.objects.bulk_create(
        Routing(request=request, unit=unit, level=how.level, reason=how.reason, since=now)
        for unit, how in wanted.items()
        if unit not in kept
    )


def _chosen(request: Request) -> Unit | None:
    """The unit that an officer chose for this country. A choice made for another country ends here."""
    current = Assignment.objects.current().filter(request=request)
    current.exclude(country=request.country_id).update(until=timezone.now())
    found = current.select_related("unit").first()
    return found.unit if found else None


def _unit(units: dict[tuple[str, str], Unit], found: Route) -> Unit:
    try:
        return units[found.unit, found.station]
    except KeyError:
        raise Incomplete(f"no unit {found.unit} {found.station}: run sync_units") from None
