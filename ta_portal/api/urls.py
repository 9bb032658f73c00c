"""Addresses of the API, below /api/v1/."""

from django.urls import include, path

from api.schema import Description
from ta_portal.api import deliveries, webhooks
from ta_portal.api.gap_map import GapMap, GapMapFile, GapsOfCountry
from ta_portal.api.records import addresses
from ta_portal.api.reference import LISTS

HOOK = "webhooks/<uuid:webhook>/"
ONE_OWED = f"{HOOK}deliveries/<uuid:delivery>/"

urlpatterns = [
    path("schema/", Description.as_view(), name="schema"),
    path("", include("requests_app.api.urls")),
    *(address for kept in LISTS for address in addresses(kept)),
    path("webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path(HOOK, webhooks.OneWebhook.as_view(), name="webhook"),
    path(f"{HOOK}rotate/", webhooks.Rotate.as_view(), name="webhook_rotate"),
    path(f"{HOOK}test/", webhooks.TestEvent.as_view(), name="webhook_test"),
    path(f"{HOOK}replay/", deliveries.ReplaySince.as_view(), name="webhook_replay"),
    path(f"{HOOK}deliveries/", deliveries.Deliveries.as_view(), name="webhook_deliveries"),
    path(ONE_OWED, deliveries.OneDelivery.as_view(), name="webhook_delivery"),
    path(f"{ONE_OWED}replay/", deliveries.ReplayOne.as_view(), name="webhook_delivery_replay"),
    path("gap-map/", GapMap.as_view(), name="gap_map"),
    path("exports/gap-map.csv", GapMapFile.as_view(), name="gap_map_file"),
    path("gap-map/<slug:key>/", GapsOfCountry.as_view(), name="gap_map_country"),
]
