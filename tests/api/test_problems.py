"""Every refusal is a problem of a kind in the table, at every address, before and inside the views."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone

from api.problems import KINDS
from tests.api.calls import Caller, caller_for
from tests.factories import a_draft, a_union

pytestmark = pytest.mark.django_db
# Calls are counted by the minute: what other tests have tried does not count, and no minute ends between two calls.
a_minute_of_its_own = time_machine.travel(timezone.now() + timedelta(days=1), tick=False)
MEMBERS = {"type", "code", "title", "status", "detail", "todo", "errors", "request_id"}


@pytest.fixture
def union() -> Caller:
    return caller_for(a_union())


def check(answer, status: int, code: str) -> None:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == MEMBERS
    assert (body["code"], body["status"]) == (code, status)
    assert KINDS[code].status == status
    assert body["type"].endswith(f"/api/problems/{code}/")
    assert body["todo"]
    assert body["request_id"] == answer.headers["X-Request-ID"]


def test_an_address_that_is_none(union):
    check(union.get("nothing/"), 404, "not-found")
    check(union.get("requests/FA-0000-0000/"), 404, "not-found")


def test_a_method_that_is_none(union):
    answer = union.put("requests/", {})
    check(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_another_format(union):
    check(union.get("requests/", Accept="text/html"), 406, "not-acceptable")


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'"x"', b"{\xff}", b'{"a": NaN}', b'{"a": 1, "a": 2}', b'{"a": "\\ud800"}', b"[" * 100_000]
    + [b'{"a":' * 50 + b"1" + b"}" * 50],
)
def test_what_is_no_json_object(union, body):
    key = {"Authorization": f"Bearer {union.key}", "Idempotency-Key": "a" * 20}
    answer = union.client.generic("POST", "/api/v1/requests/", body, content_type="application/json", headers=key)
    check(answer, 400, "malformed")


def test_another_media_type(union):
    key = {"Authorization": f"Bearer {union.key}", "Idempotency-Key": "a" * 20}
    answer = union.client.post("/api/v1/requests/", {"kind": "visit"}, headers=key)
    check(answer, 415, "unsupported-media-type")


def test_more_than_is_taken(union):
    check(union.post("requests/", {"title": "x" * 1_100_000}), 413, "too-large")


@pytest.mark.parametrize(
    "query",
    ["staus=sent", "status=nothing", "limit=0", "limit=101", "limit=x", "cursor=x"]
    + [
        "country=0",
        "country=cm",
        "country=CM%0A",
        "status=sent,",
        "status=",
        "country=",
        "group=",
        "sent_since=",
        "changed_since=",
    ],
)
def test_a_parameter_that_is_unknown_or_cannot_be_read(union, query):
    check(union.get(f"requests/?{query}"), 400, "wrong-parameter")


def test_a_fault_says_no_more_than_its_id(union, monkeypatch):
    union.client.raise_request_exception = False
    monkeypatch.setattr("requests_app.api.requests.listed", lambda *_asked: 1 / 0)
    answer = union.get("requests/")
    check(answer, 500, "server-error")
    assert "ZeroDivision" not in answer.content.decode()


@a_minute_of_its_own
@override_settings(API_CALLS_A_MINUTE={"read": 2, "change": 1, "anonymous": 1})
def test_too_many_calls(union):
    assert [union.get("requests/").status_code for _ in range(2)] == [200, 200]
    refused = union.get("requests/")
    check(refused, 429, "too-many")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert union.post("requests/", {"kind": "visit", "country": "CM"}).status_code == 201
    check(union.post("requests/", {"kind": "visit", "country": "CM"}), 429, "too-many")


@a_minute_of_its_own
@override_settings(API_CALLS_A_MINUTE={"read": 9, "change": 9, "anonymous": 2})
def test_keys_are_not_tried_for_long(client, union):
    wrong = {"Authorization": "Bearer fa_wrong"}
    answers = [client.get("/api/v1/requests/", headers=wrong) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    check(answers[2], 429, "too-many")
    assert union.get("requests/").status_code == 200


def test_a_session_needs_its_token():
    user = a_union()
    draft = a_draft(by=user)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    assert browser.get(f"/api/v1/requests/{draft.reference}/").status_code == 200
    answer = browser.post(
        f"/api/v1/requests/{draft.reference}/send/",
        {"declared": True},
        content_type="application/json",
        headers={"Idempotency-Key": "b" * 20},
    )
    check(answer, 403, "csrf-failed")


def test_no_page_of_the_framework_is_served(union):
    page = union.client.get("/api/v1/requests/", headers={"Authorization": f"Bearer {union.key}", "Accept": "*/*"})
    assert page.headers["Content-Type"] == "application/json"
