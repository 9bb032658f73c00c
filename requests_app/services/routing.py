"""Writing the rows that follow from the routing rule."""

from django.utils import timezone

from accounts.models import Unit
from requests_app.facts import gather
from requests_app.models import Request, Routing
from requests_app.refusals import Incomplete
from requests_app.rules.routing import Route, routes


def route(request: Request) -> list[Routing]:
    """Bring the routing of `request` in line with the rule and give back the rows that begin.

    A row that the rule no longer gives ends: whoever need not know any more does not. Inside a transaction.
    """
    now = timezone.now()
    units = {(unit.kind, unit.station_id or ""): unit for unit in Unit.objects.all()}
    wanted = {_unit(units, found): found for found in routes(gather(request))}
    kept = set()
    for row in Routing.objects.current().filter(request=request).select_related("unit"):
        found = wanted.get(row.unit)
        if found and found.level == row.level:
            kept.add(row.unit)
        else:
            row.until = now
            row.save(update_fields=["until"])
    return Routing.objects.bulk_create(
        Routing(request=request, unit=unit, level=found.level, reason=found.source.document, since=now)
        for unit, found in wanted.items()
        if unit not in kept
    )


def _unit(units: dict[tuple[str, str], Unit], found: Route) -> Unit:
    try:
        return units[found.unit, found.station]
    except KeyError:
        raise Incomplete(f"no unit {found.unit} {found.station}: run sync_units") from None
