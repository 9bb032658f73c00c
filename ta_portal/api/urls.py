"""Addresses of the API, below /api/v1/."""

from django.urls import include, path

from api.schema import Description

urlpatterns = [
    path("schema/", Description.as_view(), name="schema"),
    path("", include("requests_app.api.urls")),
]
