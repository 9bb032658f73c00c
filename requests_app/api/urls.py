"""Addresses of requests, below /api/v1/."""

from django.urls import path

from base.uploads import reads_its_body
from requests_app.api import (
    acts,
    documents,
    exchange,
    exports,
    figures,
    iati,
    preview,
    publication,
    requests,
    result,
    sections,
    specialists,
)
from requests_app.api.section_shapes import PARTS

ONE = "requests/<reference:reference>/"

urlpatterns = [
    path("requests/", requests.Requests.as_view(), name="requests"),
    path(ONE, requests.OneRequest.as_view(), name="request"),
    *(
        path(f"{ONE}sections/{model.slug}/", sections.section(model).as_view(), name=f"section_{model.slug}")
        for model in PARTS
    ),
    *(path(f"{ONE}{act.action}/", act.as_view(), name=f"act_{act.action}") for act in acts.ACTS),
    path(f"{ONE}result/", result.Outcome.as_view(), name="act_result"),
    path(f"{ONE}publication/", publication.TextToPublish.as_view(), name="publication"),
    path(f"{ONE}specialists/", specialists.RankedSpecialists.as_view(), name="specialists_for_request"),
    path(f"{ONE}letters/", exchange.Letters.as_view(), name="letters"),
    path(f"{ONE}events/", exchange.Events.as_view(), name="events"),
    path(f"{ONE}findings/", exchange.Findings.as_view(), name="findings"),
    path(f"{ONE}documents/", reads_its_body(documents.Documents.as_view()), name="documents"),
    path(f"{ONE}documents/<uuid:document>/", documents.OneDocument.as_view(), name="document"),
    path(f"{ONE}links/", exchange.Links.as_view(), name="links"),
    path(f"{ONE}links/<uuid:link>/", exchange.OneLink.as_view(), name="link"),
    path("exports/requests.csv", exports.RequestsFile.as_view(), name="requests_file"),
    path("exports/iati-activities.xml", iati.Activities.as_view(), name="iati_activities"),
    path("triage/preview/", preview.Preview.as_view(), name="preview"),
    path("request-figures/", figures.RequestFigures.as_view(), name="request_figures"),
    path("rules/", preview.Rules.as_view(), name="rules"),
]
