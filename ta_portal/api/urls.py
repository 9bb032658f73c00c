"""Addresses of the API, below /api/v1/."""

from django.urls import include, path

from api.schema import Description
from ta_portal.api.gap_map import GapMap, GapMapFile, GapsOfCountry
from ta_portal.api.records import addresses
from ta_portal.api.reference import LISTS

urlpatterns = [
    path("schema/", Description.as_view(), name="schema"),
    path("", include("requests_app.api.urls")),
    *(address for kept in LISTS for address in addresses(kept)),
    path("gap-map/", GapMap.as_view(), name="gap_map"),
    path("exports/gap-map.csv", GapMapFile.as_view(), name="gap_map_file"),
    path("gap-map/<slug:key>/", GapsOfCountry.as_view(), name="gap_map_country"),
]
