"""Everybody who could come to a route, and one of everything that an address can name."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from accounts import joining
from accounts.models import Invitation, JoinRequest, Membership, Organization, Post, Specialist, Unit, User
from outbox.models import Notice, State
from requests_app.models import Request
from tests import factories as make
from tests.walls.cases import disabled
from tests.walls.pages import browser
from tests.walls.principals import World, left
from tests.walls.told import Told, a_word, tell, tell_draft
from webhooks.models import WebhookDelivery, WebhookEndpoint

# The columns of the table of routes, in its order.
ROLES: dict[str, Callable[[World], User | None]] = {
    "anonymous": lambda w: None,
    "writer": lambda w: w.author,
    "reader": lambda w: w.member("reader"),
    "other union": lambda w: w.member(name=f"Union {a_word()}"),
    "employers": lambda w: w.member(kind="employers"),
    "ministry": lambda w: w.member("administrator", kind="government"),
    "stranger": lambda w: w.member("administrator", kind="government", name=f"Ministry {a_word()}", country="SN"),
    "branch": lambda w: w.officer("branch"),
    "actrav": lambda w: w.officer("actrav"),
    "actemp": lambda w: w.officer("actemp"),
    "specialist": lambda w: w.officer("YAO"),
    "other specialist": lambda w: w.officer("DKR"),
    "superuser": lambda w: make.a_superuser(w.mail("admin")),
    "former member": lambda w: w.member("administrator"),
    "disabled": lambda w: w.member("administrator"),
}
# Who may not know of the union's request. The Bureau for Employers is informed only where employers take part (A9).
UNCONCERNED = (
    "anonymous",
    "other union",
    "employers",
    "ministry",
    "stranger",
    "actemp",
    "other specialist",
    "superuser",
    "former member",
    "disabled",
)
UNKNOWN = "FA-7QK2-M4TX"


@dataclass
class Cast:
    """The people with their browsers, the union's request and draft, and what addresses can name."""

    people: dict[str, User | None]
    sent: Told
    draft: Told
    named: dict[str, Any]
    cookies: dict[str, str]

    def client(self, role: str, **how: Any) -> Client:
        """A browser in which this person is signed in, since before anything happened to the account."""
        client = browser(None, **how)
        if role in self.cookies:
            client.cookies["sessionid"] = self.cookies[role]
        return client


def build(
    *, sent: Callable[[User], Told] = tell, draft: Callable[[User], Told] = tell_draft, world: World | None = None
) -> Cast:
    """The cast; the former member has left and the disabled one is switched off, both while signed in."""
    world = world or World()
    people = {role: make_one(world) for role, make_one in ROLES.items()}
    request, unfinished = sent(world.author), draft(world.author)
    cookies = {}
    for role, person in people.items():
        if person is not None:
            client = browser(person)
            client.get("/en/")  # the first click of a session starts its clock: once, not before each page anew
            cookies[role] = client.cookies["sessionid"].value
    left(people["former member"])
    disabled(people["disabled"])
    return Cast(people, request, unfinished, named(world, request.request, people), cookies)


def named(world: World, request: Request, people: dict[str, User | None]) -> dict[str, Any]:
    """One object of each kind that belongs to somebody, by the name of its model; most of them are the union's own."""
    writer = people["writer"]
    parked = Notice.objects.create(
        kind="request.received",
        about=request.reference,
        recipient=writer,
        address=writer.email,
        language="en",
        cause="parked",
        state=State.PARKED,
        last_error="SMTPRecipientsRefused",
    )
    told = a_parked_webhook(request, writer)
    return {
        "user": writer.pk,
        "organization": Organization.objects.get(memberships__user=writer).pk,
        "membership": Membership.objects.get(user=writer).pk,
        "invitation": invited(writer).pk,
        "joinrequest": asked_to_join().pk,
        "unit": Unit.objects.get(kind="branch").pk,
        "post": Post.objects.get(user=people["branch"]).pk,
        "specialist": profile_of(people["specialist"]),
        "notice": parked.pk,
        "webhook": told.endpoint_id,
        "webhookdelivery": told.pk,
        "content_type": ContentType.objects.get_for_model(Request).pk,
        "primary_key": request.pk or 1,
        "letter": letter_of(request),
        "document": document_of(request),
    }


def a_parked_webhook(request: Request, writer: User) -> WebhookDelivery:
    """The union's address, and what could not be sent there."""
    of = {"organization": make.organization_of(writer), "url": "https://hooks.example.org/", "made_by": writer}
    endpoint = WebhookEndpoint.objects.create(secret="sealed", **of)
    about = {"reference": request.reference, "version": 1, "event": uuid.uuid4(), "at": timezone.now()}
    return WebhookDelivery.objects.create(endpoint=endpoint, type="request.sent", state="parked", **about)


def invited(writer: User) -> Invitation:
    """An open invitation to the union."""
    until = timezone.now() + timedelta(days=1)
    of = {"organization": make.organization_of(writer), "by": writer, "role": "reader"}
    return Invitation.objects.create(address="invited@example.org", digest="none", expires_at=until, **of)


def asked_to_join(**words: str) -> JoinRequest:
    """A union's confirmed request to join."""
    typed = {key: words.get(key, "Somebody") for key in ("name", "function", "organization_name", "proof")}
    asked = {**typed, "address": "joins@example.org", "country_id": "CM", "kind": "workers"}
    joining.ask(asked, language="en", write=False)
    joining.confirm_as_new(JoinRequest.objects.get(), make.PASSWORD)
    Notice.objects.filter(kind__startswith="account.join").delete()  # the mails of the crawl are about requests
    return JoinRequest.objects.get()


def profile_of(person: User | None) -> Any:
    """The profile of the specialist of the union's station."""
    profile = {"unit": Unit.objects.get(station="YAO"), "languages": "fr en"}
    return Specialist.objects.get_or_create(user=person, defaults=profile)[0].pk


def letter_of(request: Request) -> Any:
    """The letter of the Office to its requester, or an id of none."""
    letter = request.letters.filter(from_office=True).first() if request.pk else None
    return letter.uid if letter else "00000000-0000-0000-0000-000000000000"


def document_of(request: Request) -> Any:
    """The first document of a request, or an id that none has yet."""
    return request.documents.get().uid if request.pk else uuid.uuid4()
