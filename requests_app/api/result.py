"""What has changed since the assistance: the requester's two answers, and how they stand."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import described
from api.shapes import Code, Strict, Text
from requests_app.api.acts import Act, act
from requests_app.api.found import looked_at, readable
from requests_app.api.representation import moment
from requests_app.models import Result
from requests_app.models.result import CHANGES
from requests_app.services import results
from requests_app.services.filing import LETTER_LIMIT

CHANGED = tuple(code for code, _word in CHANGES)


class WhatChanged(Strict):
    """What has changed, and how."""

    changed = Code(CHANGED)
    text = Text(required=False, allow_blank=True, default="", max_length=LETTER_LIMIT)


class ResultShape(serializers.Serializer[Any]):
    """The result of the assistance in the requester's words."""

    asked_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(help_text="Then the request is closed, with or without an answer.")
    changed = serializers.ChoiceField(CHANGED, allow_null=True, help_text="Null while nobody has answered.")
    text = serializers.CharField(allow_null=True)
    recorded_at = serializers.DateTimeField(allow_null=True)


_ANSWERED: type[Act] = act(
    "result",
    WhatChanged,
    lambda found, given, by: results.record_result(found, given["changed"], given["text"], by=by),
    "Say once what has changed, when the Office asks six months after the assistance.",
)


class Outcome(_ANSWERED):  # type: ignore[valid-type, misc]
    """Reading and answering."""

    @described("read_result", gives=ResultShape)
    def get(self, call: Call, reference: str) -> Response:
        """Read how it stands, once the Office has asked."""
        found = readable(call, reference)
        held = Result.objects.filter(request=found).exclude(asked_at=None).first()
        if held is None:
            raise Http404
        looked_at(call, found)
        return Response(result(held))


def result(held: Result) -> dict[str, Any]:
    """A result as JSON."""
    return {
        "asked_at": moment(held.asked_at),
        "closes_at": moment(held.close_at),
        "changed": held.changed or None,
        "text": held.text or None,
        "recorded_at": moment(held.recorded_at),
    }
