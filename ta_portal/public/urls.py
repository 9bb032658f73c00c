"""Addresses of the pages that rest on reference data and rules, below the language."""

from django.urls import path, register_converter

from ta_portal.public import countries, instruments, rules, specialists
from ta_portal.public.codes import CountryCode, InstrumentCode

register_converter(CountryCode, "country")
register_converter(InstrumentCode, "instrument")

urlpatterns = [
    path("countries/", countries.countries, name="countries"),
    path("countries/<country:country_code>/", countries.country, name="country"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<instrument:instrument_code>/", instruments.instrument, name="instrument"),
    path(
        "instruments/<instrument:instrument_code>/ratifications.csv",
        instruments.ratifications_csv,
        name="ratifications_csv",
    ),
    path("specialists/", specialists.specialists, name="specialists"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:rule_id>/", rules.rule, name="rule"),
]
