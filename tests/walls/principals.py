"""Everybody who stands, or stands no more, in some relation to a request: each made in a real database."""

from collections.abc import Callable
from functools import cached_property

from django.utils import timezone

from accounts.models import Membership, Organization, Post, Unit, User
from accounts.posts import propose
from requests_app.models import DraftShare, Request, Routing
from requests_app.services import filing
from tests import factories as make
from tests.walls.told import Told, a_word, tell, tell_draft

Case = tuple[User | None, Told]
CASES: dict[str, Callable[["World"], Case]] = {}


def case(who: str) -> Callable[[Callable[["World"], Case]], Callable[["World"], Case]]:
    """This function makes the person and the request of the row called `who`."""

    def keep(build: Callable[["World"], Case]) -> Callable[["World"], Case]:
        CASES[who] = build
        return build

    return keep


def ended(row: Membership | Post | DraftShare | Routing) -> None:
    """From now on the row gives nothing."""
    type(row).objects.filter(pk=row.pk).update(until=timezone.now())


class World:
    """The organizations, and one request of each group; a row that changes a request makes its own."""

    def __init__(self) -> None:
        make.the_office()
        make.a_station("DKR", "Dakar", serves="SN")
        make.a_unit("DKR")
        self.union = f"Union {a_word()}"
        self.count = 0
        self.organizations: dict[tuple[str, str], Organization] = {}
        self.persons: dict[str, User | None] = {}

    def mail(self, what: str) -> str:
        """A new address."""
        self.count += 1
        return f"{what}{self.count}@example.org"

    def member(self, role: str = "writer", kind: str = "workers", name: str = "", country: str = "CM") -> User:
        """A new member; of the union that files unless another organization is named."""
        name = name or (self.union if kind == "workers" else "")
        if (kind, name) not in self.organizations:
            self.organizations[kind, name] = make.an_organization(kind, name, country)
        person = make.a_person(self.mail(role))
        Membership.objects.create(user=person, organization=self.organizations[kind, name], role=role)
        return person

    def officer(self, unit: str) -> User:
        """A new officer of this unit, whose post counts."""
        return also(make.a_person(self.mail(unit.lower())), unit)

    @cached_property
    def author(self) -> User:
        return self.member()

    @cached_property
    def sent(self) -> Told:
        """The union's request, in which only workers take part."""
        return tell(self.author)

    @cached_property
    def with_employers(self) -> Told:
        """The union's request for a seminar in which employers take part (A9)."""
        return tell(self.author, seminar={"taking_part": ["workers", "employers"]})

    @cached_property
    def of_government(self) -> Told:
        return tell(self.member(kind="government", name=f"Ministry {a_word()}"))

    @cached_property
    def of_employers(self) -> Told:
        return tell(self.member(kind="employers", name=f"Federation {a_word()}"))

    @cached_property
    def draft(self) -> Told:
        return tell_draft(self.author)

    @cached_property
    def shown_draft(self) -> Told:
        """A draft opened with "Let an officer look"."""
        told = tell_draft(self.author)
        filing.show_to_office(told.request, True, by=self.author)
        return told

    @cached_property
    def abandoned(self) -> Told:
        """A draft whose author has left the organization."""
        writer = self.member()
        told = tell_draft(writer)
        left(writer)
        return told

    def shared(self, person: User, may_edit: bool) -> Told:
        """A draft that its author shares with `person`."""
        told = tell_draft(self.author)
        DraftShare.objects.create(request=told.request, user=person, may_edit=may_edit, since=timezone.now())
        return told

    def rerouted(self) -> tuple[Told, User, User]:
        """A request that went from one station to another, and a specialist of each."""
        told = tell(self.author)
        old = Routing.objects.get(request=told.request, unit__kind="station")
        before, after = self.officer("YAO"), self.officer("DKR")
        assert old.unit == make.a_unit("YAO")
        ended(old)
        Routing.objects.create(
            request=told.request, unit=make.a_unit("DKR"), level="full", reason="officer", since=timezone.now()
        )
        return told, before, after

    def assigned_to(self, person: User) -> Told:
        """A request assigned to this officer by name."""
        told = tell(self.author)
        Request.objects.filter(pk=told.request.pk).update(officer=person)
        return told


def left(person: User) -> User:
    """The person after every membership and post ended."""
    for row in (*person.memberships.all(), *person.posts.all()):
        ended(row)
    return person


def lowered(person: User) -> User:
    """The person after the role was lowered to reader."""
    person.memberships.update(role="reader")
    return person


def unconfirmed(world: World) -> User:
    """Somebody whom one Branch officer put into the Branch, and nobody confirmed."""
    person = make.a_person(world.mail("unconfirmed"))
    propose(user=person, unit=make.a_unit("branch"), by=world.officer("branch"))
    return person


def also(person: User, unit: str) -> User:
    """The person with a post in this unit beside whatever else."""
    where = {"station": unit} if unit.isupper() else {"kind": unit}
    Post.objects.create(user=person, unit=Unit.objects.get(**where), confirmed_at=timezone.now())
    return person


def joined(person: User, told: Told, role: str) -> User:
    """The person as a member of the organization that filed."""
    Membership.objects.create(user=person, organization=told.request.organization, role=role)
    return person
