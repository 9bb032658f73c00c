"""Who may do what, now: first the person's relation to the request, then the state of the request."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.standing import standing_of
from requests_app import states
from requests_app.models import Event, Request
from requests_app.models.access import Sight
from requests_app.refusals import NotNow, NotPermitted

# What can be done to a draft besides sending it; these make no events.
DRAFT_ACTIONS = frozenset({"edit", "share", "delete", "take_over"})
# Joint filing: while nothing is decided; an organization withdraws its signature as long as it stands.
JOINT_ACTIONS = frozenset({"invite", "sign", "decline_to_sign", "withdraw_signature"})
NOT_PERMITTED = gettext_lazy("You cannot do this with this request.")
ON_RECORD = gettext_lazy("What was sent stays on record.")


def available(request: Request) -> tuple[str, ...]:
    """The actions that the person for whom `request` was loaded may do now, in the order of the request's life."""
    return possible(request.sight, request.status)


def possible(sight: Sight, status: str) -> tuple[str, ...]:
    """The actions that this sight of a request in this status allows, in the order of the request's life."""
    known = [*sorted(DRAFT_ACTIONS), *states.BY_ACTION, *sorted(JOINT_ACTIONS)]
    return tuple(action for action in known if action in sight.actions and _in_time(action, status))


def check(request: Request, action: str) -> None:
    """Pass, or raise NotPermitted (the person) or NotNow (the state; it says who was first).

    `request` was loaded for the acting person, inside the transaction of the change.
    """
    if action not in request.sight.actions:
        raise NotPermitted(NOT_PERMITTED)
    if not _in_time(action, request.status):
        raise NotNow(_not_now(request, action))


def check_removal(request: Request, action: str, sentence: str | Promise = ON_RECORD) -> None:
    """As `check`, of an act that takes something away: NotNow with `sentence` for whatever was sent."""
    if not request.is_draft and request.sight.full:
        raise NotNow(sentence)
    check(request, action)


def has_sent(request: Request) -> bool:
    """Whether it was sent and this person writes for who asks: for a draft's acts it is too late."""
    return not request.is_draft and "answer" in request.sight.actions


def may_draft_for(user: User | AnonymousUser) -> frozenset[UUID]:
    """The ids of the organizations for which `user` may make a draft."""
    return standing_of(user).writer_of


def _in_time(action: str, status: str) -> bool:
    if action in states.BY_ACTION:
        return states.may_follow(action, status)
    if action in JOINT_ACTIONS:
        return action == "withdraw_signature" or status in {states.DRAFT, *states.OPEN}
    return action not in DRAFT_ACTIONS or status == states.DRAFT


def _not_now(request: Request, action: str) -> str:
    """Why the state forbids it: somebody was first, or it is too early. Only officers read who it was."""
    officer_reads = request.sight.notes
    words = {"status": request.state.desk if officer_reads else request.state.public}
    sources = states.BY_ACTION[action].sources if action in states.BY_ACTION else {states.DRAFT}
    passed = Event.objects.filter(request=request, status_before__in=sources).exclude(status_after__in=sources)
    last = passed.select_related("actor").order_by("-id").first()
    if last is None:
        return _("This is not possible now. The request is: %(status)s.") % words
    if officer_reads:
        who = {"who": last.actor.name if last.actor else _("the Office")}
        return _("Nothing was changed: %(who)s was first. The request is now: %(status)s.") % {**words, **who}
    return _("Nothing was changed: the request has moved on. It is now: %(status)s.") % words
