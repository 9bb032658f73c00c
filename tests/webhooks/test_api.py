"""Webhooks by API: what an administrator does on the pages, a key of his does too, and no other key."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from api.models import KeptAnswer
from tests.api.calls import V1, Caller, caller_for
from tests.api.test_description import fits
from tests.factories import a_member, a_request, a_union, an_officer, organization_of
from tests.webhooks.test_delivery import signed_with
from webhooks import endpoints
from webhooks.delivery import sweep
from webhooks.models import State, WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db
HOOK = "webhooks/{webhook}/"
ALL = WebhookDelivery.objects


@pytest.fixture
def caller(administrator: User) -> Caller:
    return caller_for(administrator)


@pytest.fixture
def at(endpoint: WebhookEndpoint) -> str:
    return f"webhooks/{endpoint.pk}/"


def owed(endpoint: WebhookEndpoint, **values: Any) -> WebhookDelivery:
    """A row of the log."""
    held = {"type": "request.sent", "reference": "FA-7QK2-M4TX", "version": 1, "at": timezone.now(), **values}
    return WebhookDelivery.objects.create(endpoint=endpoint, event=uuid.uuid4(), **held)


def test_from_naming_an_address_to_the_first_event(caller, administrator, receiver):
    made = caller.post("webhooks/", {"url": receiver.url, "description": " Case  system "})
    assert made.status_code == 201, made.content
    row = WebhookEndpoint.objects.get()
    assert made.headers["Location"].endswith(f"{V1}webhooks/{row.pk}/")
    assert (row.organization, row.made_by) == (organization_of(administrator), administrator)
    secret, at = made.json()["secret"], f"webhooks/{row.pk}/"
    read = fits(caller, HOOK, at)
    assert read == {name: value for name, value in made.json().items() if name != "secret"}
    assert (read["url"], read["description"]) == (receiver.url, "Case system")
    assert read["allowed_actions"] == ["change", "rotate", "test", "replay", "end"]
    assert fits(caller, "webhooks/", "webhooks/")["results"] == [read]

    sent = caller.post(f"{at}test/")
    assert (sent.status_code, sent.json()["state"], sent.json()["reference"]) == (201, "queued", None)
    sweep()
    [got] = receiver.got
    assert got.headers["webhook-signature"] == signed_with(got, secret)
    line = fits(caller, f"{HOOK}deliveries/{{delivery}}/", f"{at}deliveries/{sent.json()['id']}/")
    assert (line["state"], line["message"], [one["status"] for one in line["tries"]]) == ("delivered", got.id, [204])


def test_another_secret_signs_and_the_former_one_for_a_day(caller, named, receiver, administrator):
    endpoint, former = named()
    at = f"webhooks/{endpoint.pk}/"
    tag = caller.get(at).headers["ETag"]
    done = caller.post(f"{at}rotate/", **{"If-Match": tag})
    assert done.status_code == 200 and done.json()["former_secret_until"]
    assert caller.post(f"{at}rotate/", **{"If-Match": tag}).json()["code"] == "changed-meanwhile"
    caller.post(f"{at}test/")
    sweep()
    [got] = receiver.got
    assert got.headers["webhook-signature"] == f"{signed_with(got, done.json()['secret'])} {signed_with(got, former)}"
    assert "secret" not in caller.get(at).json()


@pytest.mark.parametrize("path", ["", "rotate/"])
def test_canary_a_retry_gets_the_same_secret_and_no_row_holds_it_in_clear(caller, receiver, settings, endpoint, path):
    key = {"Idempotency-Key": uuid.uuid4().hex}
    sent = {} if path else {"url": f"{receiver.url}/2"}
    at = f"webhooks/{endpoint.pk}/{path}" if path else "webhooks/"
    first, again = (caller.post(at, sent, **key) for _ in range(2))
    assert first.status_code in (200, 201)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["Idempotency-Replayed"] == "true" and again.headers["ETag"] == first.headers["ETag"]
    assert WebhookEndpoint.objects.count() == (1 if path else 2)
    kept = KeptAnswer.objects.get(key=key["Idempotency-Key"])
    assert kept.sealed and first.json()["secret"].removeprefix("whsec_") not in kept.body
    assert str(endpoint.pk) not in kept.body

    settings.SECRET_KEY = "exchanged " * 6
    assert caller.post(at, sent, **key).json()["code"] == "idempotency-key-reused"


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1/", "https://127.0.0.1:22/", "https://localhost/", "https://a@example.org/", "ftp://x.org/", "x"],
)
def test_a_refused_address_is_told_with_its_field_and_nothing_is_stored(caller, settings, url):
    settings.WEBHOOK_LOCAL_HOSTS = frozenset()
    refused = caller.post("webhooks/", {"url": url})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    [wrong] = refused.json()["errors"]
    assert (wrong["field"], wrong["code"]) == ("url", "refused") and wrong["detail"]
    assert not WebhookEndpoint.objects.exists()


def test_the_same_address_twice_and_a_sixth_one_are_refused(caller, receiver, endpoint):
    twice = caller.post("webhooks/", {"url": receiver.url})
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (422, "there_already")
    for number in range(endpoints.MOST - 1):
        assert caller.post("webhooks/", {"url": f"{receiver.url}/{number}"}).status_code == 201
    assert caller.post("webhooks/", {"url": f"{receiver.url}/more"}).json()["code"] == "not-now"


def test_only_the_words_change_and_only_of_what_was_read(caller, at):
    tag = caller.get(at).headers["ETag"]
    assert caller.patch(at, {"description": "x"}).json()["code"] == "if-match-missing"
    moved = caller.patch(at, {"url": "https://example.org/"}, **{"If-Match": tag})
    assert {(one["field"], one["code"]) for one in moved.json()["errors"]} == {("url", "unknown")}
    done = caller.patch(at, {"description": "Our case system"}, **{"If-Match": tag})
    assert (done.status_code, done.json()["description"]) == (200, "Our case system")
    assert done.headers["ETag"] == caller.get(at).headers["ETag"] != tag
    assert caller.patch(at, {"description": "y"}, **{"If-Match": tag}).json()["code"] == "changed-meanwhile"
    assert caller.get(at, **{"If-None-Match": done.headers["ETag"]}).status_code == 304


def test_an_ended_address_is_read_and_nothing_more(caller, at, endpoint, administrator):
    gave_up = owed(endpoint, state=State.PARKED)
    assert caller.delete(at).json()["code"] == "if-match-missing"
    assert caller.delete(at, **{"If-Match": caller.get(at).headers["ETag"]}).status_code == 204
    endpoint.refresh_from_db()
    assert endpoint.ended_by == administrator
    read = caller.get(at)
    assert (read.json()["ended_because"], read.json()["allowed_actions"]) == ("person", [])
    tag = {"If-Match": read.headers["ETag"]}
    late = [caller.patch(at, {"description": "x"}, **tag), caller.delete(at, **tag)]
    late += [caller.post(f"{at}{act}/") for act in ("rotate", "test")]
    late += [caller.post(f"{at}deliveries/{gave_up.pk}/replay/")]
    assert {(answer.status_code, answer.json()["code"]) for answer in late} == {(409, "not-now")}
    assert caller.post(f"{at}replay/").json() == {"queued": 0}


def test_the_log_is_read_page_by_page_and_loses_nothing(caller, at, endpoint):
    now = timezone.now()
    rows = [owed(endpoint, created_at=now - timedelta(seconds=number // 2)) for number in range(7)]
    wanted = sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True)
    found, address = [], f"{at}deliveries/?limit=3"
    while address:
        told = caller.get(address).json()
        found += [line["id"] for line in told["results"]]
        address = told["next"]
        owed(endpoint)  # what comes meanwhile moves nothing
    assert found == [str(row.pk) for row in wanted]


def test_the_log_is_narrowed_by_state_and_takes_no_other_lists_cursor(caller, at, endpoint):
    kept = owed(endpoint, state=State.PARKED)
    for _ in range(2):
        owed(endpoint)
    told = fits(caller, f"{HOOK}deliveries/", f"{at}deliveries/?state=parked")
    assert [line["id"] for line in told["results"]] == [str(kept.pk)]
    assert caller.get(f"{at}deliveries/?state=lost").json()["code"] == "wrong-parameter"
    for _ in range(2):
        a_request()
    other = caller.get("requests/?limit=1").json()["next"].partition("cursor=")[2]
    assert caller.get(f"{at}deliveries/?cursor={other}").json()["code"] == "wrong-parameter"


def test_what_was_given_up_is_sent_again_one_or_all_since_a_moment(caller, at, endpoint, receiver):
    now = timezone.now()
    old, new, fresh = (
        owed(endpoint, state=state, at=now - timedelta(days=days))
        for state, days in ((State.PARKED, 3), (State.PARKED, 1), (State.QUEUED, 0))
    )
    assert caller.post(f"{at}deliveries/{fresh.pk}/replay/").json()["code"] == "not-now"
    moment = (now - timedelta(days=2)).isoformat()
    assert caller.post(f"{at}replay/", {"since": moment}).json() == {"queued": 1}
    assert set(ALL.filter(state=State.QUEUED)) == {new, fresh}
    for wrong in ("yesterday", "2026-11-01", 5, None, "2026-11-01T00:00:00"):
        refused = caller.post(f"{at}replay/", {"since": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "since"), wrong
    done = caller.post(f"{at}deliveries/{old.pk}/replay/")
    assert (done.json()["state"], done.json()["attempts"], done.json()["allowed_actions"]) == ("queued", 0, [])
    ALL.update(state=State.PARKED)
    assert caller.post(f"{at}replay/").json() == {"queued": 3}


def everything(endpoint: str, delivery: str) -> list[tuple[str, str]]:
    """Every address of webhooks, with a method."""
    at = f"webhooks/{endpoint}/"
    line = f"{at}deliveries/{delivery}/"
    found = [("get", "webhooks/"), ("post", "webhooks/"), ("get", at), ("patch", at), ("delete", at)]
    found += [("post", at + act) for act in ("rotate/", "test/", "replay/")]
    return [*found, ("get", f"{at}deliveries/"), ("get", line), ("post", f"{line}replay/")]


def ask(caller: Caller, method: str, path: str) -> tuple[int, str]:
    sent = None if method in ("get", "delete") else {"url": "https://example.org/", "description": ""}
    answer = caller.call(method, path, sent, **{"If-Match": "*"})
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize("role", ["writer", "reader", "other administrator", "branch", "specialist", "nobody"])
def test_matrix_nobody_else_finds_the_webhooks_of_an_organization(endpoint, role):
    parked = owed(endpoint, state=State.PARKED)
    if role == "nobody":
        caller = Caller()
    elif role in ("branch", "specialist"):
        caller = caller_for(an_officer("branch" if role == "branch" else "YAO"))
    elif role == "other administrator":
        caller = caller_for(a_member("employers", role="administrator", email="other@example.org"))
    else:
        caller = caller_for(a_member(role=role, email="other@example.org"))
    nobodys = str(uuid.uuid4())
    real, none = everything(str(endpoint.pk), str(parked.pk)), everything(nobodys, nobodys)
    for (method, path), (_same, missing) in zip(real[2:], none[2:], strict=True):
        status, code = ask(caller, method, path)
        assert (status, code) == ask(caller, method, missing), (method, path)
        assert status in ((401,) if role == "nobody" else (404, 403) if role == "reader" else (404,)), (method, path)
    if role == "other administrator":
        assert caller.get("webhooks/").json()["results"] == []
    else:
        expected = 401 if role == "nobody" else 403
        assert [ask(caller, method, path)[0] for method, path in real[:2]] == [expected] * 2
    endpoint.refresh_from_db()
    parked.refresh_from_db()
    assert endpoint.is_active and not endpoint.is_rotating and parked.state == State.PARKED
    assert WebhookEndpoint.objects.count() == ALL.count() == 1


def test_matrix_a_session_opens_no_door_that_the_pages_open_with_the_password(endpoint, administrator):
    client = Client()
    client.force_login(administrator)
    for method, path in everything(str(endpoint.pk), str(uuid.uuid4())):
        answer = getattr(client, method)(V1 + path, headers={"Idempotency-Key": uuid.uuid4().hex, "If-Match": "*"})
        assert answer.status_code == 401, (method, path)


def test_matrix_a_key_of_a_writer_elsewhere_does_not_reach_what_its_person_administers(endpoint, administrator):
    other = organization_of(a_union("Another union"))
    administrator.memberships.create(organization=other, role="writer")
    person = User.objects.get(pk=administrator.pk)
    here, there = sorted((caller_for(person), second_key(person)), key=lambda one: one.get("webhooks/").status_code)
    assert (here.get("webhooks/").status_code, there.get("webhooks/").status_code) == (200, 403)
    assert there.get(f"webhooks/{endpoint.pk}/").status_code == 404


def second_key(person: User) -> Caller:
    from tests.api.calls import key_for  # noqa: PLC0415

    return Caller(key_for(person, place=1))


def test_a_key_that_reads_sees_and_changes_nothing(administrator, endpoint):
    parked = owed(endpoint, state=State.PARKED)
    caller = caller_for(administrator, "read")
    for method, path in everything(str(endpoint.pk), str(parked.pk)):
        if method == "get":
            assert caller.get(path).status_code == 200
        else:
            assert ask(caller, method, path) == (403, "missing-scope")
    assert caller.get(f"webhooks/{endpoint.pk}/").json()["allowed_actions"] == []
    assert caller.get(f"webhooks/{endpoint.pk}/deliveries/").json()["results"][0]["allowed_actions"] == []


def test_the_log_costs_the_same_for_many_lines(caller, at, endpoint, django_assert_num_queries):
    owed(endpoint)
    caller.get(at)  # the first call notes the hour of use
    with django_assert_num_queries(4):  # the key, the address, its rows, their attempts
        caller.get(f"{at}deliveries/")
    for _ in range(20):
        owed(endpoint)
    with django_assert_num_queries(4):
        assert len(caller.get(f"{at}deliveries/").json()["results"]) == 21


def test_looking_an_address_up_holds_no_transaction(caller, administrator, monkeypatch):
    from django.db import connection  # noqa: PLC0415

    from ta_portal.api import webhooks  # noqa: PLC0415

    depth = []
    within = len(connection.savepoint_ids)
    monkeypatch.setattr(webhooks, "check", lambda url: depth.append(len(connection.savepoint_ids)) or url)
    assert caller.post("webhooks/", {"url": "https://hooks.example.org/"}).status_code == 201
    assert depth == [within]
