"""The gap map at the desk: the world, and one country. Officers only; each reads it with the requests that he reads."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.standing import standing_of
from requests_app.admin.found import officer_of
from requests_app.gapmap import Filters, Gap, filters_of, one_country, worldwide
from requests_app.models.on_record import called
from standards.models import Country, Region
from supervisory.models import Body

LOOKS = {Gap.NEVER: "bad", Gap.OPEN: "warn", Gap.NO_MEANS: "warn", Gap.ASSISTED: "good"}


@require_safe
def world(http: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Every country."""
    filters = for_officers(http)
    rows = worldwide(officer_of(http), filters)
    totals = {gap: sum((row.gaps or {}).get(gap, 0) for row in rows) for gap in Gap}
    context = {
        **frame(http, site, filters),
        "title": _("Gap map"),
        "rows": [(row, [(row.gaps or {}).get(gap, 0) for gap in Gap]) for row in rows],
        "referred": sum(row.referred for row in rows),
        "totals": list(totals.values()),
        "unlinked": sum(row.unlinked for row in rows),
    }
    return TemplateResponse(http, "admin/gap_map/world.html", context)


@require_safe
def country(http: HttpRequest, country_code: str, *, site: AdminSite) -> HttpResponse:
    """One country: its items that point to assistance, with the requests for each."""
    filters = for_officers(http)
    found = Country.objects.filter(pk=country_code.upper()).first()
    if found is None:
        raise Http404
    oldest = http.GET.get("order") == "oldest"
    lines = one_country(officer_of(http), found, filters, timezone.localdate().year, oldest=oldest)
    gaps = lines.gaps.gaps or {}
    context = {
        **frame(http, site, filters),
        "title": _("Gap map: %(country)s") % {"country": found.name},
        "country": found,
        "found": lines,
        "counts": [(gap.label, gaps[gap], LOOKS[gap]) for gap in Gap],
        "lines": [(line, called(line.item), LOOKS[line.gap]) for line in lines.lines],
        "oldest": oldest,
    }
    return TemplateResponse(http, "admin/gap_map/country.html", context)


def for_officers(http: HttpRequest) -> Filters:
    """The filters of the address. Raises PermissionDenied for who is no officer: a technical administrator is none."""
    if not standing_of(http.user).is_officer:
        raise PermissionDenied
    return filters_of(http.GET)


def frame(http: HttpRequest, site: AdminSite, filters: Filters) -> Mapping[str, Any]:
    """What both pages show: the filters, and the heads of the columns."""
    return {
        **site.each_context(http),
        "filters": filters,
        "regions": Region.choices,
        "bodies": Body.choices,
        "heads": [gap.label for gap in Gap],
        "query": http.GET.urlencode(),
    }
