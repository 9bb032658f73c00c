"""The address at which the description can be read."""

from functools import lru_cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.views import Resource


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The description of all addresses (OpenAPI 3.1), the same in every language: its sentences are for programmers."""
    return SchemaGenerator().get_schema(request=None, public=True)


class Description(Resource):
    """For everybody, without a key."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None

    def get(self, call: Request) -> Response:
        """The description as JSON."""
        return Response(description())
