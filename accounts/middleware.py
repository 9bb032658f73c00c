"""The clocks of a session, and the second step that officers must have."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.clock import DEVICE_KEY, OWN_DEVICE_KEY, SEEN_KEY, STARTED_KEY, UID_KEY, WRITE_EVERY, is_over, limits_for
from accounts.devices import device_of

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
            session[DEVICE_KEY] = device_of(request.headers.get("User-Agent", ""))
            session[UID_KEY] = str(uuid4())
            return
        seen = session.get(SEEN_KEY, started)
        limits = limits_for(officer=request.user.is_staff, own_device=session.get(OWN_DEVICE_KEY, False))
        if is_over(limits, started=started, seen=seen, now=now):
            logout(request)
        elif now - seen >= WRITE_EVERY:
            session[SEEN_KEY] = now


class OwnTimeZone:
    """Shows times in the zone of who is signed in; in UTC to everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, made in that zone."""
        with timezone.override(zone_of(getattr(request.user, "time_zone", ""))):
            return self.get_response(request)


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC for one that the machine does not know."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


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
