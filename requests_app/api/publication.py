"""The text that the Office publishes, or asks whether it may, as the requester and the officers read it."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import described
from api.views import Resource
from requests_app.api.found import looked_at, readable
from requests_app.api.representation import moment
from requests_app.api.shapes import KINDS_OF_HELP
from requests_app.models import Publication
from requests_app.models.publication import STANDING
from requests_app.services import publishing
from requests_app.states import GIVEN_STATUSES

STATES = tuple(state.value for state in STANDING)


class PublicationShape(serializers.Serializer[Any]):
    """A text on the assistance given, with what would stand beside it in public."""

    id = serializers.UUIDField(help_text="Of this very text: another text has another one.")
    state = serializers.ChoiceField(STATES)
    text = serializers.CharField()
    language = serializers.CharField()
    names_organization = serializers.BooleanField(help_text="Whether the text says who asked.")
    country = serializers.CharField()
    kind = serializers.ChoiceField(KINDS_OF_HELP)
    year = serializers.IntegerField()
    instruments = serializers.ListField(child=serializers.CharField())
    items = serializers.ListField(child=serializers.CharField(), help_text="Supervisory items that it addresses.")
    asked_at = serializers.DateTimeField()
    agreed_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)


class TextToPublish(Resource):
    """The text that stands."""

    @described("read_publication", gives=PublicationShape)
    def get(self, call: Call, reference: str) -> Response:
        """Read the text that the Office asks about, to which the requester agreed, or which is public."""
        found = readable(call, reference)
        held = publishing.standing(found) if found.status in GIVEN_STATUSES else None
        if held is None:
            raise Http404
        looked_at(call, found)
        named = publishing.names_organization(found, held.text)
        return Response({**publication(held), "names_organization": named})


def publication(held: Publication) -> dict[str, Any]:
    """The text as JSON."""
    return {
        "id": str(held.uid),
        "state": held.state,
        "text": held.text,
        "language": held.language,
        "country": held.country_id,
        "kind": held.kind,
        "year": held.year,
        "instruments": list(held.instruments),
        "items": sorted(item.pk for item in held.items.all()),
        "asked_at": moment(held.asked_at),
        "agreed_at": moment(held.agreed_at),
        "published_at": moment(held.published_at),
    }
