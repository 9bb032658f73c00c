"""What there is to ask about: a request in every state, drafts and sent requests of every kind of help, the record."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any, Final

from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from requests_app import states
from requests_app.models import LinkKind, People, Request, Result
from requests_app.models.sections.registry import sections_of
from requests_app.services import assigning, links, publishing, results
from standards.models import Ratification, Station
from supervisory import figures
from supervisory.models import Statistic, SupervisoryItem
from supervisory.shipped import OWN_DATA
from tests import factories as make
from tests.api.calls import key_for
from tests.documents.files import a_document, a_pdf
from webhooks import endpoints
from webhooks.models import WebhookDelivery

ROLES: Final = ("anonymous", "constituent", "officer", "foreign")
TEXT: Final = "A seminar on registration was held for forty union officers."
RECEIVER: Final = "http://127.0.0.1:9/"  # nothing is sent: no job runs beside the calls
HALF_A_YEAR: Final = timedelta(days=200)
Values = dict[str, list[str]]
# Which of the requests below an act is for; what is not named here is tried with one that was sent, and with a draft.
FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "send": (states.DRAFT,),
    "delete_draft": (states.DRAFT,),
    "add_document": (states.DRAFT, states.SENT),
    "answer": (states.QUESTION_OUT,),
    "write_letter": (states.SENT,),
    "withdraw": (states.SENT,),
    "take": (states.SENT,),
    "ask": (states.IN_EXAMINATION,),
    "accept": (states.IN_EXAMINATION,),
    "decline": (states.IN_EXAMINATION,),
    "no_means": (states.IN_EXAMINATION,),
    "prepare": (states.ACCEPTED,),
    "give": (states.IN_PREPARATION,),
    "close": (states.GIVEN,),
    "reopen": (states.DECLINED,),
    "assign": (states.ACCEPTED,),
    "unassign": ("assigned",),
    "ask_to_publish": ("open",),
    "read_publication": ("asked",),
    "consent": ("asked",),
    "refuse": ("asked",),
    "publish": ("agreed",),
    "take_off": ("asked",),
    "result": ("asked",),
    "read_result": ("asked",),
    "list_specialists_for_request": (states.ACCEPTED,),
}


@dataclass
class World:
    """People by role, requests by what is special about them, drafts and sent requests by kind of help."""

    people: Mapping[str, User]
    requests: Mapping[str, Request]
    drafts: Mapping[str, Request]
    sent: Mapping[str, Request]
    ids: Mapping[str, Mapping[str, Any]]  # by role: a document and a link
    delivery: WebhookDelivery

    def key(self, role: str) -> str:
        """The key of a role, with all that it may; none for nobody."""
        return key_for(self.people[role]) if role in self.people else ""

    def values(self, role: str, operation: str) -> Values:
        """What is worth trying in an operation, by place and name: with these it can succeed for somebody."""
        items = [str(key) for key in SupervisoryItem.objects.values_list("pk", flat=True)[:2]]
        ids = self.ids["officer" if role == "officer" else "constituent"]
        found = {
            "path.reference": self.references(role, operation),
            "path.document": [str(ids["document"].uid)],
            "path.link": [str(ids["link"].uid)],
            "path.webhook": [str(self.delivery.endpoint.pk)],
            "path.delivery": [str(self.delivery.pk)],
            "path.key": self.keys(operation, items),
            "header.If-Match": ["*", '"1"'],
            "header.Accept-Language": ["fr", "es-419, en;q=0.5"],
            "query.country": ["CM", "CO"],
            "query.year": ["2019"],
            "query.status": ["sent", "sent,draft"],
            "query.kind": ["seminar", "visit,opinion"] if operation.endswith("_requests") else [],
            "body.url": [f"{RECEIVER}second/"],
            "body.country": ["CM", "SN"],
            "body.item": items,
            "body.because_of": items,
            "body.organization": [str(make.organization_of(self.people["constituent"]).pk)],
            "body.letter": [str(self.requests[states.QUESTION_OUT].letters.get().uid)],
            "body.questions[*]": ["Q1", "Q9"],
            "body.specialist": [str(make.a_specialist().pk)],
            "body.publication": [str(publishing.standing(self.requests["asked"]).uid)],
        }
        return {place: values[:2] for place, values in found.items() if values}

    def bodies(self, operation: str) -> list[Any]:
        """Whole bodies, where parts that fit alone do not fit together."""
        letter = str(self.requests[states.QUESTION_OUT].letters.get().uid)
        return [{"letter": letter, "text": "Two hundred people."}] if operation == "answer" else []

    def references(self, role: str, operation: str) -> list[str]:
        """The requests with which it can succeed."""
        if "_section_" in operation:
            slug = operation.partition("_section_")[2].replace("_", "-")
            return [one.reference for kind, one in self.of_kind(role) if slug in slugs_of(kind)]
        if operation in ("read_document", "remove_document", "end_link"):
            named = self.ids["officer" if role == "officer" else "constituent"]
            return [named["link" if operation == "end_link" else "document"].request.reference]
        return [self.requests[name].reference for name in FOR.get(operation, (states.SENT, states.DRAFT))]

    def of_kind(self, role: str) -> list[tuple[str, Request]]:
        """Requests with sections: an officer sees what was sent, who writes them changes drafts."""
        return list((self.sent if role == "officer" else self.drafts).items())

    def keys(self, operation: str, items: list[str]) -> list[str]:
        """Rows of the reference data and of the record."""
        return {
            "read_country": ["CM", "SN"],
            "read_gaps": ["CM", "CO"],
            "read_instrument": ["C087", "C098"],
            "read_ratification": [str(key) for key in Ratification.objects.values_list("pk", flat=True)[:2]],
            "read_station": [str(key) for key in Station.objects.values_list("pk", flat=True)[:2]],
            "read_figure": [str(key) for key in Statistic.objects.values_list("key", flat=True)[:3]],
            "read_supervisory_item": items,
        }.get(operation, [])


def slugs_of(kind: str) -> set[str]:
    """The sections for which a kind of help asks."""
    return {Request.slug, *(section.slug for section in sections_of(kind))}


def build() -> World:
    """The world of one run."""
    call_command("load_reference", verbosity=0)
    call_command("import_supervisory", OWN_DATA / "cfa_cases.csv", verbosity=0, stdout=StringIO())
    figures.store_figures(figures.read_figures((OWN_DATA / figures.FILE).read_bytes()))
    union, officer, stranger = make.a_member(role="administrator"), make.an_officer(), make.a_ministry(country="SN")
    make.a_specialist()
    requests = {status: make.a_request(status=status, by=union) for status in make.PATHS}
    requests |= {name: given(union, officer, name) for name in ("open", "asked", "agreed", "published")}
    requests["assigned"] = make.a_request(by=union)
    assigning.assign(requests["assigned"], str(make.a_specialist().pk), "", by=officer)
    item = SupervisoryItem.objects.all()[0]
    ids = {
        role: {
            "document": a_document(requests[status], union, "statute.pdf", a_pdf(status)),
            "link": links.add(requests[status], item, LinkKind.MENTIONS, by=by),
        }
        for role, by, status in (("constituent", union, states.DRAFT), ("officer", officer, states.SENT))
    }
    return World(
        people={"constituent": union, "officer": officer, "foreign": stranger},
        requests=requests,
        drafts={kind: make.a_draft(kind, by=union) for kind in make.KINDS},
        sent={kind: make.a_request(kind, by=union) for kind in make.KINDS},
        ids=ids,
        delivery=a_parked_delivery(union, requests[states.SENT]),
    )


def a_parked_delivery(union: User, request: Request) -> WebhookDelivery:
    """What could not be sent to an address that the organization named."""
    endpoint, _secret = endpoints.add(make.organization_of(union), RECEIVER, "Case system", by=union)
    about = {"reference": request.reference, "version": 1, "event": uuid.uuid4(), "at": timezone.now()}
    return WebhookDelivery.objects.create(endpoint=endpoint, type="request.sent", state="parked", **about)


def given(union: User, officer: User, name: str) -> Request:
    """Assistance given, of which others may know; the requester is asked what has changed, and about a text."""
    request = make.a_request(status=states.GIVEN, by=union, answers={People: {"may_know": "others"}})
    if name == "open":
        return request
    publishing.ask_to_publish(make.seen_by(officer, request), TEXT, by=officer)
    results.ask(Result.objects.get(request=request).pk, timezone.now() + HALF_A_YEAR)
    if name in ("agreed", "published"):
        held = publishing.standing(request)
        assert held is not None
        publishing.consent(make.seen_by(union, request), str(held.uid), by=union)
    if name == "published":
        publishing.publish(make.seen_by(officer, request), by=officer)
    return make.seen_by(union, request)
