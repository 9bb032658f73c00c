"""How often one key or one person may call: counted by the minute in Redis.

Without it each process counts for itself, so that a dead Redis neither shuts the API nor lifts the limit.
"""

import time
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from redis import Redis
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
    shared = _shared()
    if shared is not None:
        try:
            number = int(shared.incr(name))
            if number == 1:  # the first of this minute
                shared.expire(name, 2 * MINUTE)
            return number
        except (RedisError, OSError):
            pass
    _own.add(name, 0, timeout=2 * MINUTE)
    return int(_own.incr(name))


@cache
def _shared() -> Redis | None:
    """All processes count here; one round trip, where Django's cache makes two and a client for each call."""
    patience = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    return Redis.from_url(settings.REDIS_URL, **patience) if settings.REDIS_URL else None
