"""The result: asked for six months after the assistance, recorded once; nine months after it the clock closes."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from base.dates import months_later
from requests_app import permissions, states
from requests_app.models import Event, Request, Result
from requests_app.models.record import RESULT_ASKED
from requests_app.models.result import CHANGES
from requests_app.refusals import Incomplete, NotNow, Overtaken
from requests_app.services import notices
from requests_app.services.filing import written
from requests_app.services.transition import apply, apply_by_clock, lock, record

ASKED_AFTER_MONTHS: Final = 6
CLOSED_AFTER_MONTHS: Final = 9


def expect(request: Request, given_at: datetime) -> None:
    """Note when the result is due. Belongs to the transaction in which the assistance is recorded as given."""
    Result.objects.get_or_create(
        request=request,
        defaults={
            "ask_at": months_later(given_at, ASKED_AFTER_MONTHS),
            "close_at": months_later(given_at, CLOSED_AFTER_MONTHS),
        },
    )


def follow_up(now: datetime, most: int) -> dict[str, list[Callable[[], bool]]]:
    """What the clock has to do: by reference, the steps that are due. Each checks again under its lock."""
    due: dict[str, list[Callable[[], bool]]] = {}
    given = Result.objects.filter(request__status=states.GIVEN).select_related("request").order_by("ask_at", "pk")
    for result in given.filter(asked_at=None, ask_at__lte=now)[:most]:
        due.setdefault(result.request.reference, []).append(lambda pk=result.pk: ask(pk, now))  # type: ignore[misc]
    for result in given.filter(close_at__lte=now)[:most]:
        due.setdefault(result.request.reference, []).append(lambda pk=result.pk: close(pk, now))  # type: ignore[misc]
    return due


@transaction.atomic
def ask(pk: int, now: datetime) -> bool:
    """Ask the requester what has changed; whether it was asked now. Once, however many clocks run."""
    result, request = _locked(pk)
    if request.status != states.GIVEN or result.asked_at or result.ask_at > now:
        return False
    result.asked_at = now
    result.save(update_fields=["asked_at"])
    request.version += 1
    request.save(update_fields=["version"])
    event = record(request, RESULT_ASKED, by=None, before=request.status)
    notices.tell("result_asked", request, notices.requester(request), event)
    return True


@transaction.atomic
def close(pk: int, now: datetime) -> bool:
    """Close what was given nine months ago, with or without a result; whether it was closed now."""
    result, request = _locked(pk)
    if request.status != states.GIVEN or result.close_at > now:
        return False
    apply_by_clock(request, "close")
    return True


def _locked(pk: int) -> tuple[Result, Request]:
    """The result and its request, the request's row locked first, as every change does."""
    request = Request.objects.select_for_update(of=("self",)).get(result=pk)
    return Result.objects.get(pk=pk), request


@transaction.atomic
def record_result(request: Request, changed: str, text: str, *, by: User) -> Event | None:
    """Store what the requester says has changed; None when exactly this was stored by a first click.

    Raises NotPermitted, NotNow (not asked yet), Overtaken (somebody answered), Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, "result")
    result = Result.objects.filter(request=request).first()
    if result is None or result.asked_at is None:
        raise NotNow(_("The Office asks for the result later; nothing was stored."))
    if changed not in dict(CHANGES):
        raise Incomplete(_("Choose what has changed"), ["changed"])
    text = written(text, needed=False)
    if result.recorded_at:
        if (result.changed, result.text, result.by_id) == (changed, text, by.pk):
            return None
        raise Overtaken(_("The result has been recorded already. Nothing was changed."))
    result.changed, result.text, result.by, result.recorded_at = changed, text, by, timezone.now()
    result.save()
    return apply(request, "result", by=by, fields=["result.changed", *(["result.text"] if text else [])])
