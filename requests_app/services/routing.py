"""Writing the rows that follow from the routing rule."""

from django.utils import timezone

from accounts.models import Unit
from requests_app.facts import gather
from requests_app.models import Request, Routing
from requests_app.refusals import Incomplete
from requests_app.rules.routing import Route, routes


def route(request: Request) -> list[Routing]:
    """Bring the routing of `request` in line with the rule: new rows begin, a changed level ends and begins anew.

    A row that an answer no longer asks for stays: who has been told is not un-told by a rule. Inside a transaction.
    """
    now = timezone.now()
    units = {(unit.kind, unit.station_id or ""): unit for unit in Unit.objects.all()}
    current = {row.unit_id: row for row in Routing.objects.current().filter(request=request)}
    begun = []
    for found in routes(gather(request)):
        unit = _unit(units, found)
        row = current.get(unit.pk)
        if row and row.level == found.level:
            continue
        if row:
            row.until = now
            row.save(update_fields=["until"])
        begun.append(Routing(request=request, unit=unit, level=found.level, reason=found.source.document, since=now))
    return Routing.objects.bulk_create(begun)


def _unit(units: dict[tuple[str, str], Unit], found: Route) -> Unit:
    try:
        return units[found.unit, found.station]
    except KeyError:
        raise Incomplete(f"no unit {found.unit} {found.station}: run sync_units") from None
