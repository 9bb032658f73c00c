"""Every refusal inside a view of the API as a problem."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response

from api.authentication import BEARER
from api.problems import BY_STATUS, MEDIA_TYPE, Problem, Wrong, body_of, told_as
from base.refusals import Refused


def problem_response(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to an exception; None for what is no refusal: a fault, which the portal's 500 answers."""
    problem = problem_of(exception)
    if problem is None:
        return None
    http = context.get("request")
    body = body_of(problem, getattr(http, "request_id", ""))
    return Response(body, status=problem.kind.status, headers=dict(problem.more), content_type=MEDIA_TYPE)


def problem_of(exception: Exception) -> Problem | None:
    """The problem that an exception is, or None."""
    if isinstance(exception, Problem):
        return exception
    if isinstance(exception, Refused):
        return told_as(exception)
    if isinstance(exception, Http404):
        return Problem("not-found")
    if isinstance(exception, RequestDataTooBig):
        return Problem("too-large")
    if isinstance(exception, PermissionDenied):
        return Problem("not-permitted")
    if isinstance(exception, SuspiciousOperation | UnreadablePostError):  # of the latter the line broke: no fault
        return Problem("malformed")
    if isinstance(exception, exceptions.APIException):
        return _of_framework(exception)
    return None


def _of_framework(exception: exceptions.APIException) -> Problem:
    if isinstance(exception, exceptions.ValidationError):
        return Problem("invalid", errors=list(_wrongs(exception.get_full_details())))
    if isinstance(exception, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return Problem("not-authenticated", more={"WWW-Authenticate": BEARER})
    if isinstance(exception, exceptions.ParseError):
        return Problem("malformed", str(exception.detail))
    if isinstance(exception, exceptions.Throttled):
        return Problem("too-many", more={"Retry-After": str(int(getattr(exception, "wait", None) or 1))})
    kind = BY_STATUS.get(exception.status_code)
    return Problem(kind.code if kind else "malformed")


def _wrongs(details: Any, path: str = "") -> Iterator[Wrong]:
    """The leaves of the framework's tree of errors, each with the path to its field (a.b.0)."""
    if isinstance(details, Mapping) and "message" in details and "code" in details:
        yield Wrong(path, str(details["code"]), str(details["message"]))
    elif isinstance(details, Mapping):
        for name, inner in details.items():
            at = path if name == "non_field_errors" else f"{path}.{name}" if path else str(name)
            yield from _wrongs(inner, at)
    elif isinstance(details, list):
        plain = all(isinstance(inner, Mapping) and "message" in inner for inner in details)
        for number, inner in enumerate(details):
            yield from _wrongs(inner, path if plain else f"{path}.{number}")
