"""The webhooks of the key's organization: naming an address, changing its words, another secret, a test, ending it.

By a key alone, as its person could on the pages as an administrator. A session does not open these doors: the pages
ask for the password before they show a secret, and a session must not get past that.
"""

from typing import Any, Final
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request as Call
from rest_framework.response import Response

from accounts.models import Organization
from accounts.standing import standing_of
from api.authentication import KeyAuthentication
from api.description import described, paged
from api.etags import check_match, etag_of
from api.pages import PARAMETERS, Order, page
from api.problems import REFUSALS, Problem, Wrong
from api.scopes import may_change
from api.shapes import Strict, Text
from api.views import Resource
from base.refusals import Refused
from base.text import one_line
from requests_app.api.found import person
from requests_app.api.representation import moment
from requests_app.api.shapes import Nothing
from ta_portal.api.deliveries import Delivery, delivery
from webhooks import endpoints
from webhooks.addresses import LIMIT, AddressRefused
from webhooks.endpoints import NotAdministrator, ThereAlready, WebhookRefused
from webhooks.models import WebhookEndpoint
from webhooks.sending import check

REFUSALS.update({NotAdministrator: "not-permitted", WebhookRefused: "not-now"})

ORDERS: Final = {"made_at": Order(WebhookEndpoint, "id", "made_at")}
ACTIONS: Final = ("change", "rotate", "test", "replay", "end")
WHY_ENDED: Final = tuple(WebhookEndpoint.Ended.values)
ALLOWED: Final = f"What of these is possible now: {', '.join(ACTIONS)}."
DESCRIPTION_LIMIT: Final = 120
TAG: Final = "webhooks"


class NewWebhook(Strict):
    """An address on the public internet."""

    url = Text(max_length=LIMIT, help_text="https, a name, port 443; it is looked up now and before each attempt.")
    description = Text(required=False, allow_blank=True, default="", max_length=DESCRIPTION_LIMIT)


class WebhookChange(Strict):
    """What can be changed. Where an address leads stays: name another one, and end this one."""

    description = Text(allow_blank=True, max_length=DESCRIPTION_LIMIT)


class Webhook(serializers.Serializer[Any]):
    """An address that is told what happens to the organization's requests."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    made_at = serializers.DateTimeField()
    former_secret_until = serializers.DateTimeField(allow_null=True, help_text="Until then the former one signs too.")
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_because = serializers.ChoiceField(WHY_ENDED, allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField(), help_text=ALLOWED)


class WebhookWithSecret(Webhook):
    """An address with its secret, which is in this answer and nowhere else."""

    secret = serializers.CharField(help_text="whsec_…")


class WebhookPage(serializers.Serializer[Any]):
    """A page of addresses, the oldest first; those that have ended, too."""

    results = Webhook(many=True)
    next = serializers.URLField(allow_null=True)


class ByKey(Resource):
    """What a key of an administrator opens."""

    authentication_classes = (KeyAuthentication,)

    def found(self, webhook: UUID) -> WebhookEndpoint:
        """The address of the key's organization, or the 404 of an unknown one."""
        row = WebhookEndpoint.objects.filter(organization__in=administered(self.request), pk=webhook).first()
        if row is None:
            raise Http404
        return row

    def shown(self, row: WebhookEndpoint) -> dict[str, Any]:
        """The address as JSON."""
        doable = row.is_active and may_change(self.request.auth)
        return {
            "id": str(row.pk),
            "url": row.url,
            "description": row.description,
            "made_at": moment(row.made_at),
            "former_secret_until": moment(row.former_until) if row.is_rotating else None,
            "ended_at": moment(row.ended_at),
            "ended_because": row.ended_because or None,
            "allowed_actions": list(ACTIONS) if doable else [],
        }

    def tag(self, row: WebhookEndpoint) -> str:
        """The ETag under which the caller reads the address now."""
        return etag_of(JSONRenderer().render(self.shown(row)))

    def answer(self, row: WebhookEndpoint, status: int = 200, **more: Any) -> Response:
        """The address as it is now, with its ETag."""
        return Response({**self.shown(row), **more}, status=status, headers={"ETag": self.tag(row)})


class Webhooks(ByKey):
    """The addresses of the organization."""

    parameters = PARAMETERS

    @described("list_webhooks", gives=WebhookPage, query=paged(), tag=TAG)
    def get(self, call: Call) -> Response:
        """List the addresses, the oldest first. For the organization's administrators."""
        rows = WebhookEndpoint.objects.filter(organization__in=needed(call))
        return page(call, rows, ORDERS, self.shown)

    @described("create_webhook", takes=NewWebhook, gives=WebhookWithSecret, status=201, tag=TAG)
    def post(self, call: Call) -> Any:
        """Name an address. Its secret is in this answer, and in that to a retry of this very call within a day."""
        sent = NewWebhook(data=call.data)
        # Looking it up asks the network: before the transaction of the call, which would hold others up.
        looked_up = look_up(sent.validated_data["url"]) if administered(call) and sent.is_valid() else ""
        return self.once(lambda: self.make(call, sent, looked_up), secret=True)

    def make(self, call: Call, sent: NewWebhook, looked_up: str | AddressRefused) -> Response:
        """The address of this call."""
        organization = Organization.objects.get(pk__in=needed(call))
        sent.is_valid(raise_exception=True)
        if isinstance(looked_up, AddressRefused):
            raise wrong_url("refused", looked_up)
        words = one_line(sent.validated_data["description"])
        try:
            row, secret = endpoints.add_checked(organization, looked_up, words, by=person(call))
        except ThereAlready as refused:
            raise wrong_url("there_already", refused) from None
        answer = self.answer(row, 201, secret=secret)
        answer.headers["Location"] = call.build_absolute_uri(f"{call.path}{row.pk}/")
        return answer


class OneWebhook(ByKey):
    """One address."""

    @described("read_webhook", gives=Webhook, tag=TAG)
    def get(self, call: Call, webhook: UUID) -> Response:
        """Read it; never its secret."""
        return self.answer(self.found(webhook))

    @described("change_webhook", takes=WebhookChange, gives=Webhook, tag=TAG)
    def patch(self, call: Call, webhook: UUID) -> Response:
        """Change its description."""
        row = self.found(webhook)
        check_match(call, self.tag(row), needed=True)
        sent = WebhookChange(data=call.data)
        sent.is_valid(raise_exception=True)
        words = one_line(sent.validated_data["description"])
        return self.answer(endpoints.describe(row, words, by=person(call)))

    @described("end_webhook", status=204, tag=TAG)
    def delete(self, call: Call, webhook: UUID) -> Response:
        """End it: nothing more is sent there. What was sent stays in its log."""
        row = self.found(webhook)
        check_match(call, self.tag(row), needed=True)
        endpoints.end(row, by=person(call))
        return Response(status=204)


class Rotate(ByKey):
    """Another secret."""

    @described("rotate_webhook_secret", takes=Nothing, gives=WebhookWithSecret, tag=TAG)
    def post(self, call: Call, webhook: UUID) -> Any:
        """Make another secret; for a day the former one signs too. It is shown as at the naming of the address."""
        return self.once(lambda: self.rotate(call, webhook), secret=True)

    def rotate(self, call: Call, webhook: UUID) -> Response:
        """The secret of this call."""
        row = self.found(webhook)
        check_match(call, self.tag(row), needed=False)
        Nothing(data=call.data).is_valid(raise_exception=True)
        row, secret = endpoints.rotate(row, by=person(call))
        return self.answer(row, secret=secret)


class TestEvent(ByKey):
    """A test event."""

    @described("send_test_event", takes=Nothing, gives=Delivery, status=201, tag=TAG)
    def post(self, call: Call, webhook: UUID) -> Any:
        """Send `webhook.test` there; the delivery tells what came of it. Five can be on their way."""
        return self.once(lambda: self.send(call, webhook))

    def send(self, call: Call, webhook: UUID) -> Response:
        """The test event of this call."""
        row = self.found(webhook)
        Nothing(data=call.data).is_valid(raise_exception=True)
        return Response(delivery(endpoints.test(row, by=person(call)), may_change=True), status=201)


def administered(call: Call) -> frozenset[UUID]:
    """The organization whose addresses the key's person looks after: one or none."""
    return standing_of(person(call)).administrator_of


def needed(call: Call) -> frozenset[UUID]:
    """The same. Problem not-permitted where there is none."""
    found = administered(call)
    if not found:
        raise Problem("not-permitted", _("Only the administrator of the organization does this."))
    return found


def look_up(url: str) -> str | AddressRefused:
    """The URL as it is stored, or why nothing is sent there."""
    try:
        return check(url)
    except AddressRefused as refused:
        return refused


def wrong_url(code: str, refused: Refused) -> Problem:
    """The refusal of an address, with its field."""
    return Problem("invalid", errors=[Wrong("url", code, refused.sentence)])
