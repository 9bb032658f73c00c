"""The log of failures holds what broke, and nothing of what a page merely says no with."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from ta_portal.middleware import AccessLog


def logged(error: Exception, caplog: pytest.LogCaptureFixture) -> str:
    """What the log of failures says of `error`."""
    request = RequestFactory().get("/")
    request.resolver_match = None
    request.request_id = "0123456789abcdef"
    with caplog.at_level(logging.ERROR, "ta_portal.errors"):
        AccessLog(lambda _request: None).process_exception(request, error)
    return caplog.text


@pytest.mark.parametrize("refusal", [Http404("FA-1234-5678"), PermissionDenied("no")])
def test_a_refusal_is_no_failure(refusal: Exception, caplog: pytest.LogCaptureFixture) -> None:
    assert logged(refusal, caplog) == ""


def test_a_failure_is_named_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    said = logged(RuntimeError("a typed word"), caplog)
    assert "RuntimeError" in said and "typed" not in said
