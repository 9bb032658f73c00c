"""Who may do what, now: first the person's relation to the request, then the state of the request."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.standing import standing_of
from requests_app import states
from requests_app.models import Event, Request
from requests_app.refusals import NotNow, NotPermitted

# What can be done to a draft besides sending it; these make no events.
DRAFT_ACTIONS = frozenset({"edit", "share", "delete"})
NOT_PERMITTED = gettext_lazy("You cannot do this with this request.")


def available(request: Request) -> tuple[str, ...]:
    """The actions that the person for whom `request` was loaded may do now, in the order of the request's life."""
    known = [*sorted(DRAFT_ACTIONS), *states.BY_ACTION]
    return tuple(action for action in known if action in request.sight.actions and _in_time(action, request.status))


def check(request: Request, action: str) -> None:
    """Pass, or raise NotPermitted (the person) or NotNow (the state; it says who was first).

    `request` was loaded for the acting person, inside the transaction of the change.
    """
    if action not in request.sight.actions:
        raise NotPermitted(NOT_PERMITTED)
    if not _in_time(action, request.status):
        raise NotNow(_not_now(request))


def may_draft_for(user: User | AnonymousUser) -> frozenset[UUID]:
    """The ids of the organizations for which `user` may make a draft."""
    return standing_of(user).writer_of


def _in_time(action: str, status: str) -> bool:
    if action in states.BY_ACTION:
        return states.may_follow(action, status)
    return action not in DRAFT_ACTIONS or status == states.DRAFT


def _not_now(request: Request) -> str:
    """What happened meanwhile. Officers read who did it; the requester reads that the Office did."""
    last = Event.objects.filter(request=request).select_related("actor").order_by("-id").first()
    if last is None:
        return _("This is not possible in the present state of the request.")
    officer_reads = request.sight.notes
    who = last.actor.name if last.actor and officer_reads else _("the Office") if officer_reads else ""
    words = {"status": request.state.desk if officer_reads else request.state.public, "who": who}
    if who:
        return _("Nothing was changed: %(who)s was first. The request is now: %(status)s.") % words
    return _("Nothing was changed: the request has moved on. It is now: %(status)s.") % words
