"""Requests: the list, making a draft, one request, deleting a draft."""

import uuid
from typing import Any, Final

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request as Call
from rest_framework.response import Response

from accounts.models import Organization
from accounts.standing import standing_of
from api.description import described, paged, parameter
from api.etags import check_match, etag_of
from api.once import forget_about
from api.pages import PARAMETERS, Order, page
from api.problems import Problem, Wrong
from api.throttles import caller
from api.views import Resource
from base.references import normalize_reference
from requests_app import permissions, states
from requests_app.api import shapes
from requests_app.api.found import changes, looked_at, person, visible
from requests_app.api.representation import of_row, rows, whole
from requests_app.kinds import KINDS
from requests_app.models import Event, Request
from requests_app.models.access import readable, told
from requests_app.services import filing
from requests_app.timeline import WORDS
from standards.models import Country
from supervisory.models import SupervisoryItem

REFERENCE: Final = "reference"
ORDERS: Final = {
    "-created_at": Order(Request, REFERENCE, "created_at", down=True),
    "created_at": Order(Request, REFERENCE, "created_at"),
    "-saved_at": Order(Request, REFERENCE, "saved_at", down=True),
}
WORDS_OF_A_SEARCH: Final = 6


class Several(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """One or more of the choices, with commas between."""


class RequestFilter(django_filters.FilterSet):
    """What a list of requests can be narrowed by. What the caller may not read of a request finds nothing."""

    status = Several(choices=[(slug, slug) for slug in states.STATUSES])
    kind = Several(choices=[(slug, slug) for slug in KINDS])
    country = django_filters.CharFilter(field_name="country", max_length=2)
    group = django_filters.ChoiceFilter(field_name="organization__kind", choices=[(one, one) for one in shapes.GROUPS])
    sent_since = django_filters.IsoDateTimeFilter(field_name="sent_at", lookup_expr="gte")
    changed_since = django_filters.IsoDateTimeFilter(method="changed")
    q = django_filters.CharFilter(method="search", max_length=200)

    def changed(self, found: Any, _name: str, since: Any) -> Any:
        """Those with a step that the requester sees, or a draft saved, since then."""
        steps = Event.objects.filter(request=OuterRef("pk"), action__in=list(WORDS), at__gte=since)
        return found.filter(Q(status=states.DRAFT, saved_at__gte=since) | Exists(steps))

    def search(self, found: Any, _name: str, typed: str) -> Any:
        """A reference finds its request; words find titles and organizations of what may be read in full."""
        if reference := normalize_reference(typed):
            return found.filter(reference=reference)
        for word in typed.split()[:WORDS_OF_A_SEARCH]:
            found = found.filter(Q(title__icontains=word) | Q(organization__name__icontains=word))
        return found


_TIME: Final = {"type": "string", "format": "date-time"}
QUERY: Final = [
    parameter("status", {"type": "string"}, f"One or more, with commas between: {', '.join(states.STATUSES)}."),
    parameter("kind", {"type": "string"}, f"One or more, with commas between: {', '.join(KINDS)}."),
    parameter("country", {"type": "string", "pattern": "^[A-Z]{2}$"}, "ISO 3166-1 alpha-2."),
    parameter("group", {"type": "string", "enum": list(shapes.GROUPS)}),
    parameter("sent_since", _TIME),
    parameter("changed_since", _TIME, "Requests with a step since then that the caller sees, and drafts saved since."),
    parameter("q", {"type": "string", "maxLength": 200}, "A reference, or words of title and organization."),
]


class Requests(Resource):
    """The requests of which the caller may know; making a draft."""

    parameters = PARAMETERS | frozenset(RequestFilter.base_filters)

    @described("list_requests", gives=shapes.RequestPage, query=[*paged(ORDERS), *QUERY])
    def get(self, call: Call) -> Response:
        """List requests, the newest first. `changed_since` gives what moved since a time, withdrawn ones included."""
        found = Request.objects.visible_to(person(call))
        return page(call, rows(self.narrowed(call, found)), ORDERS, self.shown)

    def narrowed(self, call: Call, found: Any) -> Any:
        """`found` by the filters of the address. Problem wrong-parameter for one that cannot be read."""
        asked = {name: call.query_params[name] for name in call.query_params if name not in PARAMETERS}
        if not asked:
            return found
        if any("\x00" in value or not (value or name == "q") for name, value in asked.items()):
            raise Problem("wrong-parameter")
        filters = RequestFilter(asked, found)
        if not filters.is_valid():
            wrong = [Wrong(name, "invalid", str(errors[0])) for name, errors in filters.errors.items()]
            raise Problem("wrong-parameter", errors=wrong)
        standing = standing_of(person(call))
        by_words = "q" in asked and not normalize_reference(asked["q"])
        if by_words:
            return filters.qs.filter(readable(standing))
        return filters.qs if set(asked) == {"q"} else filters.qs.filter(told(standing))

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
        if not Country.objects.filter(pk=given["country"]).exists():
            raise Problem("invalid", errors=[Wrong("country", "not_listed", _("Choose the country"))])
        item = None
        if key := given.get("because_of"):
            item = SupervisoryItem.objects.filter(pk=key).first()
            if item is None:
                raise Problem("invalid", errors=[Wrong("because_of", "not_listed", _("There is no such item."))])
        draft = filing.create_draft(
            by=person(call),
            organization=self.organization(call, given.get("organization")),
            kind=given["kind"],
            country=given["country"],
            title=given["title"],
            key=uuid.uuid5(uuid.NAMESPACE_URL, f"{caller(call)}/{call.headers['Idempotency-Key']}"),
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
