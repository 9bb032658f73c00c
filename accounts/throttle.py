"""How often something may be done: counted in the cache by the log-in library, whose limits stand in the settings."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

APP = "allauth.account"


def too_often(request: HttpRequest, action: str) -> HttpResponse | None:
    """The page that says so (429), or None: go on. `action` is a key of ACCOUNT_RATE_LIMITS."""
    if ratelimit.consume(request, app=APP, action=action, limit_get=True):
        return None
    return ratelimit.respond_429(request)


def within(request: HttpRequest, action: str, key: str) -> bool:
    """Whether one thing (an address) may be used once more; the cache holds only a digest of it."""
    return ratelimit.consume(request, app=APP, action=action, key=key) is not None
