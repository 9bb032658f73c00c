"""The gap map: where bodies pointed to assistance, and for officers what became of it, as far as they read requests."""

from typing import Any

from django.http import Http404, HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from accounts.standing import standing_of
from api.description import described, parameter
from api.exports import Export, Rows, columns_of, described_file
from api.problems import Problem
from api.views import Resource
from requests_app.api.found import person
from requests_app.gapmap import CountryGaps, Gap, filters_of, worldwide
from standards.models import Country, Region
from supervisory.models import Body

YEAR = {"type": "string", "pattern": "^[0-9]{4}$"}
QUERY = (
    parameter("region", {"type": "string", "enum": Region.values}),
    parameter("body", {"type": "string", "enum": Body.values}),
    parameter("from", YEAR, "The first year."),
    parameter("to", YEAR, "The last year."),
)


class GapShape(serializers.Serializer[Any]):
    """A country: items that point to assistance; for officers by what became of them in the requests that they read."""

    country = serializers.CharField()
    referred = serializers.IntegerField()
    never = serializers.IntegerField(allow_null=True, help_text="Never asked. Null where requests are not joined.")
    open = serializers.IntegerField(allow_null=True)
    no_means = serializers.IntegerField(allow_null=True)
    assisted = serializers.IntegerField(allow_null=True)
    satisfaction_since = serializers.IntegerField(allow_null=True, help_text="Noted since; not said to follow from it.")
    interest_since = serializers.IntegerField(allow_null=True)
    unlinked = serializers.IntegerField(allow_null=True, help_text="Requests of the country without an item.")


class GapList(serializers.Serializer[Any]):
    """Every country with something to show."""

    results = GapShape(many=True)


class GapMap(Resource):
    """The world."""

    parameters = frozenset({"region", "body", "from", "to"})

    @described("list_gaps", gives=GapList, query=QUERY, tag="record")
    def get(self, call: Call) -> Response:
        """Every country with an item that points to assistance. Officers see it joined with the requests they read."""
        return Response({"results": [gap(row) for row in world(call)]})


class GapMapFile(Export):
    """The world as a file."""

    parameters = GapMap.parameters
    file = "gap-map.csv"
    columns = columns_of(GapShape)

    @described_file("export_gaps", columns, QUERY)
    def get(self, call: Call) -> HttpResponseBase:
        """Every country with an item that points to assistance, as a file."""
        return super().get(call)

    def chunks(self, call: Call) -> list[Rows]:
        """All in one: there are fewer countries than a chunk holds."""
        return [[gap(row) for row in world(call)]]


class GapsOfCountry(Resource):
    """One country."""

    parameters = frozenset({"body", "from", "to"})

    @described("read_gaps", gives=GapShape, query=QUERY[1:], tag="record")
    def get(self, call: Call, key: str) -> Response:
        """One country of it; zeros where nothing points to assistance."""
        if not Country.objects.filter(pk=key).exists():
            raise Http404
        found = next((row for row in world(call) if row.country.pk == key), None)
        none = dict.fromkeys(Gap, 0) if standing_of(person(call)).is_officer else None
        return Response(gap(found or CountryGaps(Country(code=key), 0, none)))


def world(call: Call) -> list[CountryGaps]:
    """The rows for who calls. Problem wrong-parameter for a filter that cannot be read."""
    asked = call.query_params.dict()
    filters = filters_of(asked)
    read = {"region": filters.region, "body": filters.body, "from": filters.first, "to": filters.last}
    if wrong := [name for name in asked if read.get(name) in ("", None)]:
        raise Problem("wrong-parameter", ", ".join(wrong))
    caller = person(call)
    return worldwide(caller if standing_of(caller).is_officer else None, filters)


def gap(row: CountryGaps) -> dict[str, Any]:
    """A row as JSON."""
    joined = row.gaps is not None
    counts = {name: (row.gaps or {}).get(Gap(name)) for name in Gap.values}
    return {
        "country": row.country.pk,
        "referred": row.referred,
        **counts,
        "satisfaction_since": row.later.satisfaction if joined else None,
        "interest_since": row.later.interest if joined else None,
        "unlinked": row.unlinked if joined else None,
    }
