"""Published assistance for everybody, as IATI."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import described
from api.exports import Written
from api.problems import Problem
from api.views import Resource
from requests_app.iati import activities


class Xml(Written):
    """What a caller of the file accepts."""

    media_type = "text/xml"
    format = "xml"


class Activities(Resource):
    """For everybody, without a key, as the public pages are."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (Xml,)

    @described(
        "export_iati_activities",
        gives=OpenApiTypes.STR,
        media=[Xml.media_type],
        refuses=[404],
        tag="exports",
        words="An activity file of IATI 2.03.",
    )
    def get(self, call: Call) -> Response:
        """Assistance that was published with the agreement of who asked for it, as IATI activities.

        404 while nothing is published: a file without an activity is not valid.
        """
        if not (written := activities(timezone.now().date())):
            raise Problem("not-found", _("No assistance is published at present."))
        return Response(written)
