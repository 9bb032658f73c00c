"""The rules without a request: what they would find in what is sent. Nothing is stored."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request as Call
from rest_framework.response import Response

from accounts.models import Organization
from accounts.standing import standing_of
from api.description import described
from api.problems import Problem, Wrong
from api.views import Resource
from requests_app.api import shapes
from requests_app.api.answers import NO_SECTION, understood
from requests_app.api.exchange import finding
from requests_app.api.found import part_of, person
from requests_app.facts import gather
from requests_app.models import Request
from requests_app.models.sections.base import shown
from requests_app.reading import finding_lines
from requests_app.rules.examine import examine, in_order
from requests_app.rules.sources import cite
from standards.models import Country


class Preview(Resource):
    """The same rules as at sending."""

    reads_only = True

    @described("preview", takes=shapes.Preview, gives=shapes.Findings)
    def post(self, call: Call) -> Response:
        """What the rules would find if this were sent today."""
        sent = shapes.Preview(data=call.data)
        sent.is_valid(raise_exception=True)
        imagined = imagine(call, sent.validated_data)
        lines = finding_lines(examine(gather(imagined)), imagined.kind)
        return Response({"examined_at": None, "results": [finding(line) for line in lines]})


def imagine(call: Call, given: dict[str, Any]) -> Request:
    """A request with these answers that is stored nowhere. Problem invalid for what cannot be accepted."""
    country = Country.objects.filter(pk=given["country"]).first()
    if country is None:
        raise Problem("invalid", errors=[Wrong("country", "not_listed", _("Choose the country"))])
    request = Request(kind=given["kind"], country=country)
    request.organization = Organization(kind=given.get("group") or _group(call))
    for slug, answers in given["sections"].items():
        try:
            part = part_of(request, slug)
        except Http404:
            raise Problem("invalid", errors=[Wrong(f"sections.{slug}", "unknown", str(NO_SECTION))]) from None
        try:
            found = understood(part, shown(part, request.kind), answers, whole=False)
        except Problem as problem:
            problem.errors = [Wrong(f"sections.{slug}.{one.field}", one.code, one.detail) for one in problem.errors]
            raise
        for name, value in found.items():
            part.answer(name).write(part, value)
        if not isinstance(part, Request):
            setattr(request, part.accessor(), part)
    return request


def _group(call: Call) -> str:
    """The group of the key's organization, or of the only one of the person; workers for an officer without either."""
    mine = standing_of(person(call)).reader_of
    kinds = set(Organization.objects.filter(pk__in=mine).values_list("kind", flat=True))
    if len(kinds) != 1:
        raise Problem("invalid", errors=[Wrong("group", "required", _("Name the group for which the rules look."))])
    return str(kinds.pop())


class Rules(Resource):
    """The rules, each with its source."""

    @described("list_rules", gives=shapes.Rules, tag="rules")
    def get(self, call: Call) -> Response:
        """Read all of them in the order in which people read them."""
        return Response(
            {
                "results": [
                    {
                        "id": rule.id,
                        "version": rule.version,
                        "since": rule.since.isoformat(),
                        "level": rule.level,
                        "source": cite(rule.source),
                        "question": rule.question,
                        "kinds": sorted(rule.kinds),
                        "sentences": {variant or "usual": str(words) for variant, words in rule.sentences.items()},
                    }
                    for rule in in_order()
                ]
            }
        )
