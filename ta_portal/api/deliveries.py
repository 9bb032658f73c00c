"""What is owed to an address and what came of it: the log, and sending again."""

from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from accounts.standing import standing_of
from api.authentication import KeyAuthentication
from api.description import described, paged, parameter
from api.pages import PARAMETERS, Order, page
from api.problems import Problem
from api.scopes import may_change
from api.shapes import Moment, Strict
from api.views import Resource
from requests_app.api.found import person
from requests_app.api.representation import moment
from requests_app.api.shapes import Nothing
from webhooks.delivery import replay, replay_parked_since
from webhooks.models import State, WebhookDelivery, WebhookEndpoint

ORDERS: Final = {"-owed_at": Order(WebhookDelivery, "id", "created_at", down=True)}
STATE: Final = parameter("state", {"type": "string", "enum": State.values})
TAG: Final = "webhooks"


class Attempt(serializers.Serializer[Any]):
    """One attempt."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True, help_text="Of the receiver’s answer.")
    error = serializers.CharField(allow_null=True, help_text="What failed, for programs.")
    word = serializers.CharField(help_text="The same in the language of the call.")
    milliseconds = serializers.IntegerField()


class Delivery(serializers.Serializer[Any]):
    """One event owed to one address."""

    id = serializers.UUIDField()
    message = serializers.CharField(help_text="The header webhook-id, the same at every attempt.")
    type = serializers.CharField()
    event = serializers.UUIDField()
    reference = serializers.CharField(allow_null=True, help_text="Null of a test event.")
    version = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField(help_text="When it happened.")
    state = serializers.ChoiceField(State.values)
    attempts = serializers.IntegerField(help_text="Since it was last sent on its way.")
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    tries = Attempt(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField(), help_text="replay, where it is possible.")


class DeliveryPage(serializers.Serializer[Any]):
    """A page of the log, the newest first."""

    results = Delivery(many=True)
    next = serializers.URLField(allow_null=True)


class ParkedSince(Strict):
    """From when on; without it, all that are parked."""

    since = Moment(required=False, help_text="When it happened, not when it was given up.")


class SentAgain(serializers.Serializer[Any]):
    """How many are on their way again."""

    queued = serializers.IntegerField()


class OfOneAddress(Resource):
    """What is owed to one address of the key's organization."""

    authentication_classes = (KeyAuthentication,)

    def owed(self, webhook: UUID) -> QuerySet[WebhookDelivery]:
        """The deliveries of the address; 404 where it is not one of those that the person looks after."""
        mine = WebhookEndpoint.objects.filter(organization__in=standing_of(person(self.request)).administrator_of)
        if not mine.filter(pk=webhook).exists():
            raise Http404
        return WebhookDelivery.objects.filter(endpoint=webhook).select_related("endpoint").prefetch_related("tries")

    def one(self, webhook: UUID, delivery: UUID) -> WebhookDelivery:
        """One of them, or 404."""
        row = self.owed(webhook).filter(pk=delivery).first()
        if row is None:
            raise Http404
        return row

    def shown(self, row: WebhookDelivery) -> dict[str, Any]:
        """A delivery as JSON."""
        return delivery(row, may_change=may_change(self.request.auth))


class Deliveries(OfOneAddress):
    """The log."""

    parameters = PARAMETERS | {"state"}

    @described("list_deliveries", gives=DeliveryPage, query=[*paged(), STATE], tag=TAG)
    def get(self, call: Call, webhook: UUID) -> Response:
        """What was owed to the address, the newest first, with every attempt."""
        rows = self.owed(webhook)
        if state := call.query_params.get("state"):
            if state not in State.values:
                raise Problem("wrong-parameter", f"state: {', '.join(State.values)}")
            rows = rows.filter(state=state)
        return page(call, rows, ORDERS, self.shown)


class OneDelivery(OfOneAddress):
    """One line of the log."""

    @described("read_delivery", gives=Delivery, tag=TAG)
    def get(self, call: Call, webhook: UUID, delivery: UUID) -> Response:
        """Read it."""
        return Response(self.shown(self.one(webhook, delivery)))


class ReplayOne(OfOneAddress):
    """Sending one again."""

    @described("replay_delivery", takes=Nothing, gives=Delivery, tag=TAG)
    def post(self, call: Call, webhook: UUID, delivery: UUID) -> Any:
        """Send what was parked, or delivered, again under the same `webhook-id`, with all attempts."""
        return self.once(lambda: self.again(call, webhook, delivery))

    def again(self, call: Call, webhook: UUID, delivery: UUID) -> Response:
        """The act of this call."""
        row = self.one(webhook, delivery)
        Nothing(data=call.data).is_valid(raise_exception=True)
        if not replay(WebhookDelivery.objects.filter(pk=row.pk)):
            raise Problem("not-now", _("Only what is parked or delivered is sent again, to an address that stands."))
        return Response(self.shown(self.one(webhook, delivery)))


class ReplaySince(OfOneAddress):
    """Sending again what is parked."""

    @described("replay_parked", takes=ParkedSince, gives=SentAgain, tag=TAG)
    def post(self, call: Call, webhook: UUID) -> Any:
        """Send everything that is parked again, or what of it happened since a moment."""
        return self.once(lambda: self.again(call, webhook))

    def again(self, call: Call, webhook: UUID) -> Response:
        """The act of this call."""
        parked = self.owed(webhook).filter(state=State.PARKED).prefetch_related(None)
        sent = ParkedSince(data=call.data)
        sent.is_valid(raise_exception=True)
        since = sent.validated_data.get("since")
        return Response({"queued": replay(parked) if since is None else replay_parked_since(since, parked)})


def delivery(row: WebhookDelivery, *, may_change: bool) -> dict[str, Any]:
    """A delivery as JSON. `may_change`: whether the key may act at all."""
    again = may_change and row.can_go_again and row.endpoint.is_active
    return {
        "id": str(row.pk),
        "message": row.message,
        "type": row.type,
        "event": str(row.event),
        "reference": row.reference or None,
        "version": row.version,
        "at": moment(row.at),
        "state": row.state,
        "attempts": row.attempts,
        "next_attempt_at": moment(row.next_attempt_at) if row.state == State.QUEUED else None,
        "delivered_at": moment(row.delivered_at),
        "tries": [
            {
                "number": one.number,
                "at": moment(one.at),
                "status": one.status,
                "error": one.error or None,
                "word": str(one.outcome),
                "milliseconds": one.milliseconds,
            }
            for one in row.tries.all()
        ],
        "allowed_actions": ["replay"] if again else [],
    }
