"""What hangs on a request: letters, events, findings, links to the record."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import described, paged
from api.etags import check_match, lasting
from api.pages import PARAMETERS, Order, page
from api.problems import Problem, Wrong
from api.views import Resource
from requests_app import permissions
from requests_app.api import shapes
from requests_app.api.found import looked_at, person, readable, visible, with_letters
from requests_app.api.representation import moment
from requests_app.facts import gather
from requests_app.models import Event, Letter, LinkKind, Request, SupervisoryLink
from requests_app.reading import FindingLine, finding_lines
from requests_app.rules.examine import examine
from requests_app.services import filing, links
from requests_app.states import BY_ACTION
from requests_app.timeline import WORDS
from supervisory.models import SupervisoryItem

ID: Final = "uid"
LETTERS: Final = {"sent_at": Order(Letter, ID, "sent_at")}
EVENTS: Final = {"at": Order(Event, ID, "at")}


class Letters(Resource):
    """The letters between the Office and the requester."""

    parameters = PARAMETERS

    @described("list_letters", gives=shapes.LetterPage, query=paged())
    def get(self, call: Call, reference: str) -> Response:
        """Read them, the oldest first."""
        found = with_letters(call, reference)
        looked_at(call, found)
        return page(call, found.letters.select_related("answers").prefetch_related("also_to"), LETTERS, letter)

    @described("write_letter", takes=shapes.Written, gives=shapes.Letter, status=201)
    def post(self, call: Call, reference: str) -> Any:
        """Write to the Office while the request is open."""
        return self.once(lambda: self.write(call, reference), about=reference)

    def write(self, call: Call, reference: str) -> Response:
        """The letter of this call."""
        found = visible(call, reference)
        permissions.check(found, "write")
        sent = shapes.Written(data=call.data)
        sent.is_valid(raise_exception=True)
        try:
            filing.write(found, sent.validated_data["text"], by=person(call))
        except Request.DoesNotExist:
            raise Http404 from None
        made = found.letters.select_related("answers").order_by("-id")[0]
        return Response(letter(made), status=201)


def letter(row: Letter) -> dict[str, Any]:
    """A letter as JSON."""
    return {
        "id": str(row.uid),
        "kind": row.kind,
        "from_office": row.from_office,
        "language": row.language,
        "text": row.text,
        "questions": row.questions,
        "answers": str(row.answers.uid) if row.answers else None,
        "also_to": sorted(one.name for one in row.also_to.all()),
        "sent_at": moment(row.sent_at),
    }


class Events(Resource):
    """The steps in the life of a request."""

    parameters = PARAMETERS

    @described("list_events", gives=shapes.EventPage, query=paged())
    def get(self, call: Call, reference: str) -> Response:
        """Read them, the oldest first: officers every one, a requester those that concern him."""
        found = readable(call, reference)
        events = found.events.all() if found.sight.notes else found.events.filter(action__in=list(WORDS))
        return page(call, events, EVENTS, event)


def event(row: Event) -> dict[str, Any]:
    """An event as JSON."""
    done = WORDS.get(row.action) or (BY_ACTION[row.action].done if row.action in BY_ACTION else "")
    return {
        "id": str(row.uid),
        "action": row.action,
        "word": str(done),
        "status": row.status_after,
        "version": row.version,
        "at": moment(row.at),
    }


class Findings(Resource):
    """What the rules find."""

    @described("list_findings", gives=shapes.Findings)
    def get(self, call: Call, reference: str) -> Response:
        """Of what was sent, the findings that the officer sees too; of a draft, those of this moment."""
        found = readable(call, reference)
        looked_at(call, found)
        at, lines = None, []
        if found.examination is not None:
            at = moment(found.examination.at)
            lines = finding_lines(found.examination.findings.all(), found.kind)
        else:
            lines = finding_lines(examine(gather(found)), found.kind)
        return Response({"examined_at": at, "results": [finding(line) for line in lines]})


def finding(line: FindingLine) -> dict[str, Any]:
    """A finding as JSON."""
    return {
        "rule": line.rule,
        "version": line.version,
        "level": line.level,
        "sentence": line.sentence,
        "ask": line.ask,
        "source": line.source,
        "question": line.question,
        "section": line.section,
    }


class Links(Resource):
    """The supervisory items to which a request is linked."""

    @described("list_links", gives=shapes.LinkList)
    def get(self, call: Call, reference: str) -> Response:
        """Read the links that stand."""
        found = readable(call, reference)
        looked_at(call, found)
        rows = found.supervisory_links.filter(until=None).order_by("since", "uid")
        return Response({"results": [link(row) for row in rows]})

    @described("add_link", takes=shapes.Link, gives=shapes.LinkLine, status=201)
    def post(self, call: Call, reference: str) -> Any:
        """Link an item: who edits the draft, or the Branch. A link that stands is answered as it is."""
        return self.once(lambda: self.add(call, reference), about=reference)

    def add(self, call: Call, reference: str) -> Response:
        """The link of this call."""
        found = visible(call, reference)
        permissions.check(found, "edit" if found.is_draft else "link")
        sent = shapes.Link(data=call.data)
        sent.is_valid(raise_exception=True)
        item = SupervisoryItem.objects.filter(pk=sent.validated_data["item"]).first()
        if item is None:
            raise Problem("invalid", errors=[Wrong("item", "not_listed", _("There is no such item."))])
        made = links.add(found, item, LinkKind(sent.validated_data["kind"]), by=person(call))
        return Response(link(made), status=201)


class OneLink(Resource):
    """One link."""

    @described("end_link", status=204)
    def delete(self, call: Call, reference: str, link: UUID) -> Response:
        """End it. A link never changes: its ETag is its id in quotes."""
        found = readable(call, reference)
        row = SupervisoryLink.objects.filter(request=found, uid=link, until=None).select_related("request").first()
        if row is None:
            raise Http404
        check_match(call, lasting(row.uid), needed=True)
        links.end(row, by=person(call))
        return Response(status=204)


def link(row: SupervisoryLink) -> dict[str, Any]:
    """A link as JSON."""
    return {"id": str(row.uid), "item": row.item_id, "kind": row.kind}
