"""Links that open the two questions of the result without sign-in: 128 bit, hashed at rest, 60 days, single use."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from outbox.models import Notice
from requests_app.models import Request, Result, ResultLink

DAYS: Final = 60
_TOKEN_BYTES: Final = 16


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_for(notice: Notice) -> str | None:
    """A new link for the person of this notice; None when there is nothing to answer any more."""
    result = Result.objects.filter(request__reference=notice.about, recorded_at=None, asked_at__isnull=False).first()
    if result is None or notice.recipient_id is None:
        return None
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    values = {
        "result": result,
        "user_id": notice.recipient_id,
        "token_hash": _hashed(token),
        "expires_at": timezone.now() + timedelta(days=DAYS),
    }
    ResultLink.objects.update_or_create(notice=notice.pk, defaults=values)
    return reverse("requests:result_by_link", args=[token])


def opened_by(token: str) -> ResultLink | None:
    """The link of this token while it opens anything: in its 60 days, unanswered, its person still concerned."""
    rows = ResultLink.objects.filter(token_hash=_hashed(token), expires_at__gt=timezone.now(), result__recorded_at=None)
    link = rows.select_related("result__request", "user").first()
    if link is None:
        return None
    knows = Request.objects.readable_by(link.user).filter(pk=link.result.request_id).first()
    return link if knows and "result" in knows.sight.actions else None
