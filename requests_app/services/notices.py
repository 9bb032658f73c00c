"""Whom a change concerns, and the notices it owes them. A notice carries a reference and a link, nothing else."""

from collections.abc import Iterable

from django.conf import settings

from accounts.models import Membership
from outbox.queueing import Addressee, queue
from requests_app.models import Event, Request, Routing
from requests_app.models.routing import FULL
from requests_app.services import mails

OFFICE_LANGUAGE = settings.LANGUAGE_CODE
BRANCH = "branch"


def requester(request: Request) -> list[Addressee]:
    """Every account that writes for the filing organization; never an address that somebody typed."""
    members = Membership.objects.current().filter(
        organization=request.organization_id,
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


def routed(request: Request, *, full_only: bool = False) -> list[Routing]:
    """The routings of now, with their units."""
    rows = Routing.objects.current().filter(request=request).select_related("unit")
    return list(rows.filter(level=FULL) if full_only else rows)


def tell(kind: str, request: Request, whom: Iterable[Addressee], event: Event) -> None:
    """Queue one notice of `kind` (a key of mails.MAILS) to each of `whom`, caused by `event`."""
    queue(mails.kind_of_notice(kind), request.reference, whom, str(event.uid))
