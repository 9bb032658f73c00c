"""What every answer carries, and the one log line of every request."""

import logging
import secrets
import time
import traceback
from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

access = logging.getLogger("ta_portal.access")
errors = logging.getLogger("ta_portal.errors")

METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in [
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "usb",
    ]
)


class BodyLimit:
    """Refuses what is larger than a form can be, before a byte of it is read; it has its place before whatever reads.

    Django's own limit counts fields: it lets files of any size through to the disk, whoever sends them and wherever.
    Two pages take more: one that reads its body itself and stops at the limit of a document, and one of the desk.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raises RequestDataTooBig, which is answered by the page 413."""
        if said_to_come(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE or getattr(view, "reads_its_body", False):
            return
        if getattr(view, "takes_a_file", False) and request.user.is_staff:
            return
        raise RequestDataTooBig


def said_to_come(request: HttpRequest) -> int:
    """The length of the body in bytes as its head names it; of a body without a length Django reads nothing."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class PrivacyHeaders:
    """No device features for any page; nothing that belongs to a session is kept by a cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if belongs_to_somebody(request, response):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class OnePolicy(CSPMiddleware):
    """The policy of the settings for every answer: written once, where the library writes it anew for each."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with its policy."""
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return str(build_policy())


def belongs_to_somebody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer was made for one person. Cookies and headers tell; the session is not read for it."""
    return bool(
        settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies or request.headers.get("Authorization")
    )


# What a page says no with is an ordinary answer.
REFUSALS = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)


class AccessLog:
    """One line per request: method, route, status, milliseconds, id. Never the path, the query or the person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        access.info(
            "%s %s %d %.1fms %s",
            request.method if request.method in METHODS else "OTHER",
            route_of(request),
            response.status_code,
            (time.perf_counter() - started) * 1000,
            request.request_id,  # type: ignore[attr-defined]
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log where a page broke. The exception's own message is left out: it may quote what somebody typed."""
        if isinstance(exception, REFUSALS):
            return
        frames = traceback.extract_tb(exception.__traceback__)
        errors.error(
            "%s %s %s at %s",
            request.request_id,  # type: ignore[attr-defined]
            route_of(request),
            type(exception).__name__,
            " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames)),
        )


def route_of(request: HttpRequest) -> str:
    """The name of the route that answers, `-` where none did."""
    match = request.resolver_match
    return match.view_name if match else "-"
