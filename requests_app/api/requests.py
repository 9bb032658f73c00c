"""Requests: the list, making a draft, one request, deleting a draft."""

import uuid
from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request as Call
from rest_framework.response import Response

from accounts.models import ApiKey, Organization
from accounts.standing import standing_of
from api.description import NO_ZERO, described, paged, parameter
from api.etags import check_match, etag_of
from api.once import forget_about
from api.pages import PARAMETERS, answer, asked
from api.problems import Problem, Wrong
from api.views import Resource
from requests_app import permissions, states
from requests_app.api import shapes
from requests_app.api.found import changes, looked_at, person, visible
from requests_app.api.listing import FILTERS, ORDERS, listed, narrowed
from requests_app.api.representation import of_row, whole
from requests_app.kinds import KINDS
from requests_app.models import Request
from requests_app.services import filing
from standards.models import Country
from supervisory.models import SupervisoryItem


def _some(codes: Iterable[str]) -> dict[str, str]:
    one = "|".join(codes)
    return {"type": "string", "pattern": f"^({one})(,({one}))*$"}


_TIME: Final = {"type": "string", "format": "date-time"}
QUERY: Final = [
    parameter("status", _some(states.STATUSES), f"One or more, with commas between: {', '.join(states.STATUSES)}."),
    parameter("kind", _some(KINDS), f"One or more, with commas between: {', '.join(KINDS)}."),
    parameter("country", {"type": "string", "pattern": "^[A-Z]{2}$"}, "ISO 3166-1 alpha-2."),
    parameter("group", {"type": "string", "enum": list(shapes.GROUPS)}),
    parameter("sent_since", _TIME),
    parameter("changed_since", _TIME, "Requests with a step since then that the caller sees, and drafts saved since."),
    parameter(
        "q",
        {"type": "string", "maxLength": 200, "pattern": NO_ZERO},
        "A reference, or the beginnings of words of title and organization, without accents and capitals.",
    ),
]


class Requests(Resource):
    """The requests of which the caller may know; making a draft."""

    parameters = PARAMETERS | FILTERS

    @described("list_requests", gives=shapes.RequestPage, query=[*paged(ORDERS), *QUERY])
    def get(self, call: Call) -> Response:
        """List requests, the newest first. `changed_since` gives what moved since a time, withdrawn ones included."""
        wanted = asked(call, ORDERS)
        return answer(call, wanted, listed(standing_of(person(call)), narrowed(call.query_params), wanted), self.shown)

    def shown(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row as JSON."""
        return of_row(row, may_change=changes(self.request))

    @described("create_request", takes=shapes.NewRequest, gives=shapes.WholeRequest, status=201)
    def post(self, call: Call) -> Any:
        """Make a draft: organization, kind and country."""
        return self.once(lambda: self.make(call))

    def make(self, call: Call) -> Response:
        """The draft of this call."""
        sent = shapes.NewRequest(data=call.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        organization = self.organization(call, given.get("organization"))
        own = organization.country_id == given["country"]
        if not (own or Country.objects.filter(pk=given["country"]).exists()):
            raise Problem("invalid", errors=[Wrong("country", "not_listed", _("Choose the country"))])
        item = None
        if key := given.get("because_of"):
            item = SupervisoryItem.objects.filter(pk=key).first()
            if item is None:
                raise Problem("invalid", errors=[Wrong("because_of", "not_listed", _("There is no such item."))])
        draft = filing.create_draft(
            by=person(call),
            organization=organization,
            kind=given["kind"],
            country=given["country"],
            title=given["title"],
            because_of=item,
        )
        made = visible(call, draft.reference)
        body = whole(made, may_change=changes(call))
        headers = {"Location": call.build_absolute_uri(f"{call.path}{made.reference}/")}
        return Response(body, status=201, headers=headers)

    def organization(self, call: Call, named: uuid.UUID | None) -> Organization:
        """The organization that asks: the key's own, the one named, or the only one. Problem invalid otherwise."""
        mine = permissions.may_draft_for(person(call))
        if named is not None:
            mine &= {named}
        own = call.auth.organization if isinstance(call.auth, ApiKey) else None
        if own and mine == {own.pk}:
            return own
        found = list(Organization.objects.filter(pk__in=mine)[:2])
        if not found and named is None:
            raise Problem("not-permitted", _("You do not write for an organization."))
        if len(found) != 1:
            sentence = _("Choose the organization you write for")
            raise Problem("invalid", errors=[Wrong("organization", "not_listed", sentence)])
        return found[0]


class OneRequest(Resource):
    """One request."""

    @described("read_request", gives=shapes.WholeRequest)
    def get(self, call: Call, reference: str) -> Response:
        """Read it, as far as the caller may. The reading of an officer is recorded."""
        found = visible(call, reference)
        looked_at(call, found)
        return Response(whole(found, may_change=changes(call)))

    @described("delete_draft", status=204)
    def delete(self, call: Call, reference: str) -> Response:
        """Delete a draft with everything in it; what was sent stays."""
        found = visible(call, reference)
        check_match(call, tag_of(call, found), needed=True)
        try:
            filing.delete_draft(found, by=person(call))
        except Request.DoesNotExist:
            raise Http404 from None
        forget_about(reference)
        return Response(status=204)


def tag_of(call: Call, found: Request) -> str:
    """The ETag under which the caller reads the request now."""
    return etag_of(JSONRenderer().render(whole(found, may_change=changes(call))))
