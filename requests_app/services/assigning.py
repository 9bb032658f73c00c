"""Giving a request to a specialist, and taking it back: who reads it follows the choice."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Specialist, User
from requests_app import permissions, providers
from requests_app.models import Assignment, Event, Request
from requests_app.refusals import Incomplete, NotNow
from requests_app.services import notices, routing
from requests_app.services.filing import written
from requests_app.services.transition import apply, lock
from requests_app.services.triage import add_note


@transaction.atomic
def assign(request: Request, key: str, reason: str, *, by: User) -> Event:
    """Give the request to the specialist of that key, and let the station follow: the former one reads no more.

    Another than the first of the list needs a reason, which is kept as a note. A unit that begins to read is told, and
    so are the specialist and the one who had it. Raises NotPermitted, NotNow, Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, "assign")
    ranked = providers.ranked(request, by=by)
    chosen = next((place.candidate for place in ranked if place.candidate.key == key), None)
    if chosen is None:
        raise Incomplete(_("Choose a specialist"), ["specialist"])
    former = providers.assigned(request)
    if former and chosen.key == str(former.pk):
        raise Incomplete(_("The request is with this specialist already"), ["specialist"])
    reason = written(reason, needed=False)
    if chosen.key != ranked[0].candidate.key and not reason:
        raise Incomplete(_("Write why you choose another than the first"), ["text"])
    if reason:
        add_note(request, reason, by)
    _end(request)
    profile = Specialist.objects.select_related("user").get(pk=key)
    Assignment.objects.create(
        request=request, specialist=profile, unit=profile.unit, country=request.country, by=by, since=timezone.now()
    )
    event = apply(request, "assign", by=by, fields=["specialist"])
    _tell(request, event, former)
    notices.tell("assigned", request, notices.officers(profile.user, but=by), event)
    return event


@transaction.atomic
def unassign(request: Request, reason: str, *, by: User) -> Event:
    """Take the request back from the specialist without another choice: the routing is that of the rule again.

    The reason is kept as a note. Raises NotPermitted, NotNow, Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, "unassign")
    former = providers.assigned(request)
    if former is None:
        raise NotNow(_("No specialist has this request."))
    add_note(request, written(reason), by)
    _end(request)
    event = apply(request, "unassign", by=by, fields=["specialist"])
    _tell(request, event, former)
    return event


def _end(request: Request) -> None:
    """End the assignment that stands."""
    Assignment.objects.current().filter(request=request).update(until=timezone.now())


def _tell(request: Request, event: Event, former: Specialist | None) -> None:
    """Let the routing follow; tell the units that begin to read, and the specialist who had the request.

    Whoever may not know of it any more gets no mail: that is asked when the mail leaves.
    """
    notices.tell("new", request, notices.units(routing.route(request)), event)
    if former:
        notices.tell("unassigned", request, notices.officers(former.user, but=event.actor), event)
