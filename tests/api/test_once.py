"""Idempotency-Key: the same key and content, the same answer and one effect."""

import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from api import once
from api.models import KeptAnswer
from requests_app.models import Event, Request
from tests.api.calls import Caller, caller_for
from tests.factories import a_draft, a_request, a_union, an_officer

NEW = {"kind": "visit", "country": "CM", "title": "A visit"}


@pytest.fixture
def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid.uuid4().hex}


@pytest.mark.django_db
def test_a_retry_gets_the_first_answer_and_makes_nothing(key):
    union = caller_for(a_union())
    first = union.post("requests/", NEW, **key)
    again = union.post("requests/", dict(reversed(NEW.items())), **key)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert first.headers["Location"] == again.headers["Location"]
    assert Request.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{**NEW, "title": "Another"}, {**NEW, "kind": "opinion"}])
def test_other_content_under_the_same_key_is_refused(key, other):
    union = caller_for(a_union())
    union.post("requests/", NEW, **key)
    refused = union.post("requests/", other, **key)
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency-key-reused")
    assert Request.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_of_somebody_else_is_another_key(key):
    first = caller_for(a_union()).post("requests/", NEW, **key)
    second = caller_for(a_union("Another union")).post("requests/", NEW, **key)
    assert first.json()["reference"] != second.json()["reference"]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["", "short", "x" * 256, "with space in the middle", "é" * 20])
def test_without_a_usable_key_nothing_is_done(wrong):
    refused = caller_for(a_union()).post("requests/", NEW, **{"Idempotency-Key": wrong})
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency-key-missing")
    assert not Request.objects.exists()


@pytest.mark.django_db
def test_a_refusal_is_kept_and_its_effect_is_not(key):
    user = a_union()
    draft = a_draft(by=user)
    union = caller_for(user)
    first = union.post(f"requests/{draft.reference}/send/", {"declared": False}, **key)
    again = union.post(f"requests/{draft.reference}/send/", {"declared": False}, **key)
    assert first.status_code == again.status_code == 422
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Content-Type"] == "application/problem+json"
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_fault_is_not_kept(key, monkeypatch):
    union = caller_for(a_union())
    union.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("requests_app.services.filing.timezone.now", lambda: 1 / 0)
        assert union.post("requests/", NEW, **key).status_code == 500
    assert not KeptAnswer.objects.exists()
    assert union.post("requests/", NEW, **key).status_code == 201


@pytest.mark.django_db
def test_what_was_kept_is_forgotten_after_a_day(key):
    caller_for(a_union()).post("requests/", NEW, **key)
    assert once.forget() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert once.forget() == 1


@pytest.mark.django_db
def test_what_was_kept_about_a_draft_goes_with_it(key):
    user = a_union()
    union = caller_for(user)
    made = union.post("requests/", NEW, **key)
    at = f"requests/{made.json()['reference']}/"
    gone = union.delete(at, **{"If-Match": union.get(at).headers["ETag"]})
    assert gone.status_code == 204
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db
def test_what_was_sent_is_not_deleted_whoever_reads_it():
    user = a_union()
    at = f"requests/{a_request(by=user).reference}/"
    for caller in (caller_for(user), caller_for(an_officer())):
        refused = caller.delete(at, **{"If-Match": caller.get(at).headers["ETag"]})
        assert (refused.status_code, refused.json()["code"]) == (409, "not-now")
        assert refused.json()["detail"] == "What was sent stays on record."


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_row_and_get_twenty_equal_answers(key):
    user = a_union()
    word = caller_for(user).key
    answers, start = [], threading.Barrier(20)

    def call() -> None:
        start.wait()
        answers.append(Caller(word).post("requests/", NEW, **key))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Request.objects.count() == 1


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_withdrawals_at_once_are_one_event(key):
    user = a_union()
    request = a_request(by=user)
    word = caller_for(user).key
    answers, start = [], threading.Barrier(20)

    def call() -> None:
        start.wait()
        answers.append(Caller(word).post(f"requests/{request.reference}/withdraw/", {}, **key))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert Event.objects.filter(action="withdraw").count() == 1
