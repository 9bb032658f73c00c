"""How often one key or one person may call: counted by the minute in the shared cache.

Without the cache each process counts for itself, so that a dead Redis neither shuts the API nor lifts the limit.
"""

import time
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models import ApiKey

MINUTE: Final = 60
_own: Final = LocMemCache("api-throttle", {})


class PerCaller(BaseThrottle):
    """`API_CALLS_A_MINUTE`: reading, changing and files (`counted_as` of the view) each have their own count."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether this call is within the minute's number; counts it."""
        kind = getattr(view, "counted_as", "read" if request.method in SAFE_METHODS else "change")
        limit = settings.API_CALLS_A_MINUTE[kind if request.user.is_authenticated else "anonymous"]
        now = int(time.time())
        self.seconds_left = MINUTE - now % MINUTE
        return counted(f"api:{caller(request)}:{kind}:{now // MINUTE}") <= limit

    def wait(self) -> float:
        """Seconds until the next minute."""
        return self.seconds_left


def count_wrong_key(request: Request) -> None:
    """Count a key that is none. Raises Throttled where one machine has sent too many this minute."""
    now = int(time.time())
    if (
        counted(f"api:wrong:{request.META.get('REMOTE_ADDR', '')}:{now // MINUTE}")
        > settings.API_CALLS_A_MINUTE["anonymous"]
    ):
        raise Throttled(MINUTE - now % MINUTE)


def caller(request: Request) -> str:
    """A name of who calls: key, person, or the address of a machine."""
    if isinstance(request.auth, ApiKey):
        return f"key-{request.auth.pk}"
    if request.user.is_authenticated:
        return f"person-{request.user.pk}"
    return f"at-{request.META.get('REMOTE_ADDR', '')}"


def counted(name: str) -> int:
    """How often `name` was counted, this time included."""
    try:
        return _count(cache, name)
    except (RedisError, OSError):
        return _count(_own, name)


def _count(where: Any, name: str) -> int:
    try:
        return int(where.incr(name))
    except ValueError:  # the first of this minute
        if where.add(name, 1, timeout=2 * MINUTE):
            return 1
        return int(where.incr(name))
