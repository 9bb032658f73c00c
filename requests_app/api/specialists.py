"""Who could carry out the assistance, ranked for one request: for the Branch, which chooses."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import described
from api.views import Resource
from requests_app import providers
from requests_app.api.found import looked_at, person, readable
from requests_app.matching import AGAINST, DOUBT, HELPS, LOADS, Place

LOOKS = (HELPS, DOUBT, AGAINST)


class ReasonShape(serializers.Serializer[Any]):
    """One ground of the place in the list."""

    look = serializers.ChoiceField(LOOKS)
    sentence = serializers.CharField()


class PlaceShape(serializers.Serializer[Any]):
    """A specialist with the grounds of the place. There is no score."""

    specialist = serializers.UUIDField(help_text="For the act “assign”.")
    name = serializers.CharField()
    place = serializers.CharField()
    load = serializers.ChoiceField(tuple(LOADS))
    assigned = serializers.BooleanField(help_text="Has the request now.")
    reasons = ReasonShape(many=True)


class PlaceList(serializers.Serializer[Any]):
    """Everybody who could take it, the likeliest first."""

    results = PlaceShape(many=True)


class RankedSpecialists(Resource):
    """The list from which the Branch chooses."""

    @described("list_specialists_for_request", gives=PlaceList)
    def get(self, call: Call, reference: str) -> Response:
        """Read it, as the Branch; for everybody else there is none. Another than the first needs a reason."""
        found = readable(call, reference)
        if "assign" not in found.sight.actions:
            raise Http404
        looked_at(call, found)
        ranked = providers.ranked(found, by=person(call))
        now = providers.assigned(found)
        return Response({"results": [place(one, str(now.pk) if now else "") for one in ranked]})


def place(one: Place, assigned: str) -> dict[str, Any]:
    """A place as JSON."""
    return {
        "specialist": one.candidate.key,
        "name": one.candidate.name,
        "place": one.candidate.place,
        "load": one.candidate.load,
        "assigned": one.candidate.key == assigned,
        "reasons": [{"look": reason.look, "sentence": reason.sentence} for reason in one.reasons],
    }
