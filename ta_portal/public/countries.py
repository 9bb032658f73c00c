"""The member States, and what is known of one."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from requests_app.published import assistance_in
from standards.lookup import ratifications_on
from standards.models import Country, Instrument, InstrumentKind, Region
from ta_portal.public.caching import for_everybody
from ta_portal.public.codes import one_address
from ta_portal.public.lines import line
from ta_portal.public.record import record_of
from ta_portal.public.service import service_of
from ta_portal.public.typed import names, typed


@for_everybody
def countries(request: HttpRequest) -> HttpResponseBase:
    """All of them by region, or those whose name or code holds what was typed."""
    name = typed(request, "name")
    found = [
        country
        for country in Country.objects.all().in_reading_order()
        if not name
        or names(name, country.name_en, country.name_fr, country.name_es)
        or name.upper() in (country.pk, country.iso3)
    ]
    regions = [(region.label, [country for country in found if country.region == region]) for region in Region]
    context = {"name": name, "count": len(found), "regions": [(label, held) for label, held in regions if held]}
    return render(request, "public/countries.html", context)


@for_everybody
def country(request: HttpRequest, country_code: str) -> HttpResponseBase:
    """One country on this day. Raises Http404 for what is not a member State."""
    if elsewhere := one_address(request, country_code):
        return elsewhere
    found = get_object_or_404(Country, pk=country_code)
    instruments = Instrument.objects.filter(freedom_of_association=True).exclude(kind=InstrumentKind.RECOMMENDATION)
    today = timezone.localdate()
    facts = ratifications_on(found.pk, [instrument.pk for instrument in instruments], today)
    context = {
        "country": found,
        "member_since_is_checked": found.member_since_basis == "source",
        "today": today,
        "lines": [(instrument, line(facts[instrument.pk])) for instrument in instruments],
        "service": service_of(found),
        "record": record_of(found.pk),
        "assistance": assistance_in(found.pk),
    }
    return render(request, "public/country.html", context)
