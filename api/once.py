"""Doing a call once, however often it is sent: Idempotency-Key.

The answer is stored in the transaction of the effect. A second call with the same key waits for the first, gets its
answer, and does nothing. Faults and “too many” are not kept; a refusal is.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.handler import problem_response
from api.models import KeptAnswer
from api.problems import Problem
from api.throttles import caller
from base.sealing import SecretLost, seal, unseal

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT_FOR: Final = timedelta(hours=24)
_SHAPE: Final = re.compile(r"[A-Za-z0-9_\-]{16,255}", re.ASCII)
_CARRIED: Final = ("Location", "ETag", "Content-Language")
_PURPOSE: Final = "api.once"
_PATIENCE: Final = " FROM set_config('lock_timeout', '5s', true)"  # until the end of the transaction
_INSERT: Final = (
    "INSERT INTO api_keptanswer (caller, key, fingerprint, about, status, headers, body, sealed, at)"
    " SELECT %s, %s, %s, '', 0, '{}', '', %s, %s"
)
_UPDATE: Final = (
    "UPDATE api_keptanswer SET status = %s, about = %s, body = %s, sealed = %s, headers = %s"
    " WHERE caller = %s AND key = %s"
)
_UNLESS_THERE: Final = " WHERE true ON CONFLICT (caller, key) DO NOTHING"


def once(
    http: Request, work: Callable[[], Response], *, about: str = "", content: str | None = None, secret: bool = False
) -> Any:
    """Do `work` and keep its answer, or give the answer that this key got before.

    `about` is the reference that the call names; `content` stands for what was sent where it is no JSON; an answer with
    a `secret` is kept sealed. Raises what `work` raises, and Problem: a key that is missing, reused for something else,
    or whose first call still runs.
    """
    key, mark = key_of(http), fingerprint(http, content)
    try:
        with transaction.atomic():
            if not _claim(http, key, mark):
                return _again(http, key, mark)
            response = work()
            return _keep(http, key, response, about, secret=secret)
    except OperationalError as stuck:
        if not _is_wait(stuck):
            raise
        raise Problem("still-running", more={"Retry-After": "5"}) from None
    except Exception as exception:
        refusal = problem_response(exception, {"request": http})
        if refusal is not None and refusal.status_code not in (409, 429) and refusal.status_code < 500:
            with transaction.atomic():
                if _claim(http, key, mark):
                    _keep(http, key, refusal, about)
        raise


def key_of(http: Request) -> str:
    """The key in the header. Raises Problem where there is none that can be used."""
    key = http.headers.get(HEADER, "").strip().strip('"')
    if not _SHAPE.fullmatch(key):
        raise Problem("idempotency-key-missing")
    return key


def fingerprint(http: Request, content: str | None = None) -> str:
    """A name of method, address and content, the same however the content was written down."""
    sent = json.dumps(http.data, sort_keys=True) if content is None else content
    return hashlib.sha256("\n".join([str(http.method), http.path, sent]).encode()).hexdigest()


def forget() -> int:
    """Delete what was kept long enough; how many rows."""
    return KeptAnswer.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]


def forget_about(reference: str) -> None:
    """Delete what was kept about a request that is erased or a draft that is deleted."""
    KeptAnswer.objects.filter(about=reference).delete()


def _claim(http: Request, key: str, mark: str) -> bool:
    """Make the row of this call; False where there is one. Waits while a first call with the key is running."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        # SQLite waits as long as its settings say.
        patience = _PATIENCE if connection.vendor == "postgresql" else ""
        cursor.execute(_INSERT + patience + _UNLESS_THERE, [caller(http), key, mark, False, now])
        return bool(cursor.rowcount == 1)


def _row(http: Request, key: str) -> Any:
    return KeptAnswer.objects.filter(caller=caller(http), key=key)


def _keep(http: Request, key: str, response: Response, about: str, *, secret: bool = False) -> HttpResponse:
    """Keep the answer; the same as it is given now and to every retry."""
    held = response.data if isinstance(response.data, dict) else {}
    body = JSONRenderer().render(response.data) if response.data is not None else b""
    headers = {name: response.headers[name] for name in _CARRIED if name in response.headers}
    headers["Content-Type"] = response.content_type or "application/json"
    kept = seal(body, _PURPOSE) if secret else body.decode()
    about = about or held.get("reference") or ""
    values = [response.status_code, about, kept, secret, json.dumps(headers), caller(http), key]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, values)
    return HttpResponse(body, status=response.status_code, headers=headers)


def _again(http: Request, key: str, mark: str) -> HttpResponse:
    kept = _row(http, key).get()
    if kept.at < timezone.now() - KEPT_FOR or kept.fingerprint != mark:
        raise Problem("idempotency-key-reused")
    return HttpResponse(_read(kept), status=kept.status, headers={**kept.headers, REPLAYED: "true"})


def _read(kept: KeptAnswer) -> bytes:
    try:
        return unseal(kept.body, _PURPOSE) if kept.sealed else kept.body.encode()
    except SecretLost:  # the portal's key was exchanged since
        raise Problem("idempotency-key-reused") from None


def _is_wait(stuck: OperationalError) -> bool:
    """Whether it was the waiting for another transaction that came to its limit."""
    return getattr(stuck.__cause__, "pgcode", "") == "55P03" or "locked" in str(stuck)
