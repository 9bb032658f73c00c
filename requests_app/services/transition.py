"""The one function that changes a status: lock, permission, event, status, in one transaction."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from requests_app import permissions, states
from requests_app.models import Event, Request, Revision
from requests_app.services.outgoing import owe_event


def lock(request: Request, *, by: User) -> Request:
    """The request as it is now, its row locked, loaded for `by` with its sections. Inside a transaction.

    Raises Request.DoesNotExist when `by` may not know of it any more.
    """
    Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    return Request.objects.visible_to(by).with_sections().select_related("organization", "country").get(pk=request.pk)


@transaction.atomic
def apply(request: Request, action: str, *, by: User, fields: Sequence[str] = (), revised: bool = False) -> Event:
    """Apply `action` to a request that was loaded by `lock` in the same transaction.

    `fields` are the names of what changed beside the status; `revised` keeps all answers as they stand now.
    Raises NotPermitted or NotNow; nothing is changed then.
    """
    permissions.check(request, action)
    transition = states.BY_ACTION[action]
    before = request.status
    request.status = transition.target or before
    request.version += 1
    if transition.target:
        request.waiting_since = timezone.now()
    request.save()
    event = record(request, action, by=by, before=before, fields=fields)
    if revised:
        Revision.objects.create(request=request, event=event, answers=request.snapshot())
    return event


def apply_by_clock(request: Request, action: str) -> Event:
    """Apply `action` for which a time has come to a locked request. Raises ValueError where its life forbids it."""
    if not states.may_follow(action, request.status):
        raise ValueError(action)
    before = request.status
    request.status = states.BY_ACTION[action].target or before
    request.version += 1
    request.waiting_since = timezone.now()
    request.save(update_fields=["status", "version", "waiting_since"])
    return record(request, action, by=None, before=before)


def record(request: Request, action: str, *, by: User | None, before: str, fields: Sequence[str] = ()) -> Event:
    """Add the event, and owe it to the systems of who files; `by` is None for the clock."""
    event = Event.objects.create(
        request=request,
        action=action,
        actor=by,
        status_before=before,
        status_after=request.status,
        fields=list(fields),
        version=request.version,
        at=timezone.now(),
    )
    owe_event(request, event)
    return event
