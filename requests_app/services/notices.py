"""Whom a change concerns, and the notices it owes them. A notice carries a reference and a link, nothing else."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from accounts.models import Membership, User
from accounts.notice_choices import told_now
from outbox.queueing import Addressee, queue
from requests_app.models import Event, Request, Routing
from requests_app.models.routing import FULL
from requests_app.services import mails
from requests_app.services.digest import EVENT_OF

OFFICE_LANGUAGE = settings.LANGUAGE_CODE
BRANCH = "branch"


def requester(request: Request) -> list[Addressee]:
    """Every account that writes for the filing organization; never an address that somebody typed."""
    return writers(request, [request.organization_id])


def writers(request: Request, organizations: Iterable[UUID]) -> list[Addressee]:
    """Every account that writes for one of these organizations, each in its language or that of the request."""
    members = Membership.objects.current().filter(
        organization__in=organizations,
        role__in=(Membership.Role.WRITER, Membership.Role.ADMINISTRATOR),
        user__is_active=True,
    )
    return [
        Addressee(member.user.email, member.user.language or request.language, user_id=member.user_id)
        for member in members.select_related("user")
    ]


def units(rows: Iterable[Routing]) -> list[Addressee]:
    """The units of these routings that have an address."""
    return [Addressee(row.unit.address, OFFICE_LANGUAGE, unit_id=row.unit_id) for row in rows if row.unit.address]


def branch(request: Request) -> list[Addressee]:
    """The Branch, which acts on what a requester says."""
    return units(row for row in routed(request) if row.unit.kind == BRANCH)


def officers(*people: User, but: User | None) -> list[Addressee]:
    """The accounts of these officers, without the one who does it."""
    return [Addressee(one.email, one.language or OFFICE_LANGUAGE, user_id=one.pk) for one in people if one != but]


def routed(request: Request, *, full_only: bool = False) -> list[Routing]:
    """The routings of now, with their units."""
    rows = Routing.objects.current().filter(request=request).select_related("unit")
    return list(rows.filter(level=FULL) if full_only else rows)


def tell(kind: str, request: Request, whom: Iterable[Addressee], event: Event) -> None:
    """Queue one notice of `kind` (a key of mails.MAILS) to each of `whom` who wants it at once, caused by `event`."""
    if kind in EVENT_OF:
        whom = told_now(EVENT_OF[kind], whom, kind=kind, about=request.reference)
    tell_of(kind, request, whom, str(event.uid))


def tell_of(kind: str, request: Request, whom: Iterable[Addressee], cause: str) -> None:
    """Queue the notice for a cause that is no event, by its random id: the same cause tells an address once."""
    queue(mails.kind_of_notice(kind), request.reference, whom, cause)
