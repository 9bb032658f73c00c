"""Our own error pages. None says why: an unknown and a foreign address read the same."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat

from api import problems
from api.problems import Problem
from requests_app.models.document import LIMIT
from requests_app.views.keeping import rescue

# Read once: when something is so broken that this page is needed, nothing else may be relied on.
SERVER_ERROR = Path(settings.BASE_DIR, "templates", "errors", "500.html").read_text(encoding="utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where more was sent than is taken."""
    if isinstance(exception, RequestDataTooBig):
        return answer(request, 413, limit=filesizeformat(LIMIT))
    return answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for every reason."""
    return answer(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not fit this browser; what was typed into a form of a request is not lost."""
    of_a_request = request.resolver_match and request.resolver_match.app_name == "requests"
    if of_a_request and (rescued := rescue(request)):
        return rescued
    return answer(request, 403, template="errors/csrf.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page in three languages that needs no database, template or translation."""
    if for_machines(request):
        return problems.answer(Problem("server-error"), request_id(request))
    return HttpResponse(SERVER_ERROR, status=500)


def answer(request: HttpRequest, status: int, *, template: str = "", **words: str) -> HttpResponse:
    """Render the page of `status` with `words`; at an address of the API the problem of that status."""
    if for_machines(request):
        return problems.answer(Problem(problems.BY_STATUS[status].code), request_id(request))
    return render(request, template or f"errors/{status}.html", words, status=status)


def for_machines(request: HttpRequest) -> bool:
    """Whether the address belongs to the API."""
    return request.path_info.startswith("/api/")


def request_id(request: HttpRequest) -> str:
    """The id of this call in the log."""
    return str(getattr(request, "request_id", ""))
