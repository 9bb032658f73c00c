"""Figures about requests: the latest quarterly figures, the same for everybody, as on the public page."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import described
from api.views import Resource
from requests_app.api.representation import moment
from requests_app.models import Snapshot
from requests_app.snapshot import FEW, WITHHELD

_WORD = {"title": "NotTold", "type": "string", "enum": [FEW, WITHHELD]}
_TOLD = {"title": "Told", "oneOf": [{"type": "integer", "minimum": 5}, _WORD]}


@extend_schema_field(_TOLD)
class Told(serializers.Field[Any, Any, Any, Any]):
    """A number; “few” (0 to 4, none included), or “withheld” where a small one could be worked out from it."""


@extend_schema_field({"title": "ToldByCode", "type": "object", "additionalProperties": _TOLD})
class ToldByCode(serializers.DictField):
    """Such numbers by code."""

    child = Told()


_COUNTS = {"title": "CountByCode", "type": "object", "additionalProperties": {"type": "integer"}}


@extend_schema_field({"title": "CrossTable", "type": "object", "additionalProperties": _COUNTS})
class CrossTable(serializers.DictField):
    """Numbers by two codes."""

    child = serializers.DictField(child=serializers.IntegerField())


class YearShape(serializers.Serializer[Any]):
    """The requests sent in a finished year. Every table counts the same requests."""

    year = serializers.IntegerField()
    total = Told()
    tables = serializers.DictField(child=ToldByCode(), help_text="kind, region, stage (when the year ended), origin.")
    crossed = CrossTable(allow_null=True, help_text="Region by kind; null unless every cell can be told.")


class UsualShape(serializers.Serializer[Any]):
    """Calendar days from sending; null where fewer than twenty requests were finished."""

    half = serializers.IntegerField()
    nine_of_ten = serializers.IntegerField()


class TimesShape(serializers.Serializer[Any]):
    """How long it usually takes."""

    first_reply = UsualShape(allow_null=True)
    decision = UsualShape(allow_null=True)


class FollowedShape(serializers.Serializer[Any]):
    """Of the countries that were referred to assistance in a year, how many asked within two years after it."""

    year = serializers.IntegerField()
    referred = serializers.IntegerField()
    asked = Told()
    not_asked = Told()


class ResultsShape(serializers.Serializer[Any]):
    """What requesters answered in a year about what has changed; null where that is not told."""

    year = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    counts = ToldByCode(allow_null=True)


class RequestFiguresShape(serializers.Serializer[Any]):
    """The figures of a quarter: worldwide, told once and never differently."""

    quarter = serializers.CharField(allow_null=True, help_text="2026Q2; null before the first figures.")
    made_at = serializers.DateTimeField(allow_null=True)
    years = YearShape(many=True)
    times = TimesShape(allow_null=True)
    times_by_kind = serializers.DictField(child=TimesShape())
    stays = serializers.DictField(
        child=serializers.IntegerField(allow_null=True), help_text="Days in which half had left each stage."
    )
    followed = FollowedShape(many=True)
    results = ResultsShape(many=True)


class RequestFigures(Resource):
    """The figures that stand on the public page."""

    @described("read_request_figures", gives=RequestFiguresShape, tag="reference")
    def get(self, call: Call) -> Response:
        """Read how many requests there were, as the Office publishes it each quarter. Small numbers are not told."""
        snapshot = Snapshot.objects.order_by("-quarter").first()
        told = snapshot.figures if snapshot else {}
        return Response(
            {
                "quarter": snapshot.quarter if snapshot else None,
                "made_at": moment(snapshot.made_at) if snapshot else None,
                "years": [{"crossed": None, **year} for year in told.get("years", [])],
                "times": told.get("times"),
                "times_by_kind": told.get("times_by_kind", {}),
                "stays": told.get("stays", {}),
                "followed": told.get("followed", []),
                "results": told.get("results") or [],
            }
        )
