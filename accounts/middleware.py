"""The clocks of a session, and the second step that officers must have."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

OWN_DEVICE_KEY = "own_device"
STARTED_KEY = "clock_started"
SEEN_KEY = "clock_seen"

MINUTE, HOUR, DAY = 60, 3600, 86_400
WRITE_EVERY = MINUTE  # the session is one row; it is not written at every click


@dataclass(frozen=True)
class Limits:
    """How long a session lasts, in seconds: without a click, and altogether."""

    idle: int
    absolute: int


# How long a session lasts.
CONSTITUENT = Limits(idle=2 * HOUR, absolute=12 * HOUR)
OWN_DEVICE = Limits(idle=14 * DAY, absolute=14 * DAY)
OFFICER = Limits(idle=30 * MINUTE, absolute=12 * HOUR)

# What an officer without the second step can still reach.
OPEN_WITHOUT_SECOND_STEP = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "favicon",
        "healthz",
        "readyz",
    }
)


def limits_for(*, officer: bool, own_device: bool) -> Limits:
    """An officer's clock is the same on every device."""
    if officer:
        return OFFICER
    return OWN_DEVICE if own_device else CONSTITUENT


def is_over(limits: Limits, *, started: int, seen: int, now: int) -> bool:
    """Whether a session that began at `started` and was last used at `seen` has ended (seconds since the epoch)."""
    return now - seen > limits.idle or now - started > limits.absolute


class SessionClock:
    """Signs out who was away too long, or is signed in too long. Nothing is written for the anonymous."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page that was asked for, as somebody who is not signed in when the time is over."""
        if request.user.is_authenticated:
            self._tick(request)
        return self.get_response(request)

    @staticmethod
    def _tick(request: HttpRequest) -> None:
        session, now = request.session, int(time.time())
        started = session.get(STARTED_KEY)
        if started is None:
            session[STARTED_KEY] = session[SEEN_KEY] = now
            return
        seen = session.get(SEEN_KEY, started)
        limits = limits_for(officer=request.user.is_staff, own_device=session.get(OWN_DEVICE_KEY, False))
        if is_over(limits, started=started, seen=seen, now=now):
            logout(request)
        elif now - seen >= WRITE_EVERY:
            session[SEEN_KEY] = now


class SecondFactorForOfficers:
    """Sends an officer without the second step to where it is turned on, from every page but the way out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page that was asked for."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A redirect, or None: go on."""
        if not settings.SECOND_FACTOR_FOR_OFFICERS or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WITHOUT_SECOND_STEP or not request.user.is_staff:
            return None
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
