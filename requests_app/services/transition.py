"""The one function that changes a status: lock, permission, event, status, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from requests_app import permissions, states
from requests_app.models import Event, Request, Revision
from requests_app.models.finding import one_known
from requests_app.services.outgoing import owe_event
from requests_app.timeline import WORDS

SEEN: Final = ("seen_version", "seen_at")


def lock(request: Request, *, by: User) -> Request:
    """The request as it is now, its row locked, loaded for `by` with its sections. Inside a transaction.

    Raises Request.DoesNotExist when `by` may not know of it any more.
    """
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    found = one_known(by, locked.reference)
    if found is None:
        raise Request.DoesNotExist
    return found


@transaction.atomic
def apply(request: Request, action: str, *, by: User, fields: Sequence[str] = (), revised: bool = False) -> Event:
    """Apply `action` to a request that was loaded by `lock` in the same transaction.

    `fields` are the names of what changed beside the status; `revised` keeps all answers as they stand now.
    Raises NotPermitted or NotNow; nothing is changed then.
    """
    permissions.check(request, action)
    before = request.status
    now = _advance(request, action)
    request.save()
    event = _event(request, action, now, by=by, before=before, fields=fields)
    if revised:
        Revision.objects.create(request=request, event=event, answers=request.snapshot())
    return event


def apply_by_clock(request: Request, action: str) -> Event:
    """Apply `action` for which a time has come to a locked request. Raises ValueError where its life forbids it."""
    if not states.may_follow(action, request.status):
        raise ValueError(action)
    before = request.status
    now = _advance(request, action)
    request.save(update_fields=["status", "version", "waiting_since", *SEEN])
    return _event(request, action, now, by=None, before=before)


def record(request: Request, action: str, *, by: User | None, before: str, fields: Sequence[str] = ()) -> Event:
    """Add an event that changes nothing else, and owe it to the systems of who files; `by` is None for the clock."""
    now = timezone.now()
    if _see(request, action, now):
        request.save(update_fields=SEEN)
    return _event(request, action, now, by=by, before=before, fields=fields)


def _advance(request: Request, action: str) -> datetime:
    """Give the request the status and the version after `action`; when that was."""
    now, target = timezone.now(), states.BY_ACTION[action].target
    request.version += 1
    if target:
        request.status, request.waiting_since = target, now
    _see(request, action, now)
    return now


def _see(request: Request, action: str, now: datetime) -> bool:
    """Note that there was a step which the requester sees; False for one that he does not."""
    if action in WORDS:
        request.seen_version, request.seen_at = request.version, now
    return action in WORDS


def _event(
    request: Request, action: str, at: datetime, *, by: User | None, before: str, fields: Sequence[str] = ()
) -> Event:
    event = Event.objects.create(
        request=request,
        action=action,
        actor=by,
        status_before=before,
        status_after=request.status,
        fields=list(fields),
        version=request.version,
        at=at,
    )
    owe_event(request, event)
    return event
