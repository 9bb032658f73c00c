"""Owed with the event, sent once, tried for a day, parked, sent again; no two workers send the same one."""

import base64
import hashlib
import hmac
import json
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from tests.webhooks.receiver import a_line, a_receiver
from tests.webhooks.test_sending import silent
from webhooks import delivery, endpoints, knowing, queueing
from webhooks.delivery import LEASE, MOST_ATTEMPTS, PAUSES, claim, pause, replay, replay_parked_since, sweep
from webhooks.models import OVERLAP, TEST, State, WebhookAttempt, WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db
REFERENCE = "FA-7QK2-M4TX"
START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
ALL = WebhookDelivery.objects


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def known(monkeypatch) -> set[str]:
    """The references of which organizations may know."""
    references = {REFERENCE}
    monkeypatch.setattr(knowing, "_registered", [lambda _organization, reference: reference in references])
    return references


def owe(endpoint: WebhookEndpoint, kind: str = "request.question", version: int = 3, at: datetime | None = None):
    """Owe one event as a change would."""
    with transaction.atomic():
        event = uuid.uuid4()
        about = {"reference": REFERENCE, "version": version, "event": event, "at": at or timezone.now()}
        queueing.owe(endpoint.organization_id, kind, **about)
    return ALL.get(event=event, endpoint=endpoint)


def state_of(row: WebhookDelivery) -> tuple[str, int, int | None, str]:
    row.refresh_from_db()
    return row.state, row.attempts, row.last_status, row.last_error


def due_again(row: WebhookDelivery, clock) -> None:
    """Let the clock come to the next moment at which the row may be claimed."""
    row.refresh_from_db()
    clock.move_to(row.lease_until or row.next_attempt_at)


def test_canary_a_message_holds_id_type_time_reference_and_version_and_nothing_else(named, receiver):
    endpoint, secret = named()
    row = owe(endpoint, at=START)
    sweep()
    [got] = receiver.got
    assert json.loads(got.body) == {
        "type": "request.question",
        "timestamp": "2026-11-02T08:00:00Z",
        "data": {"event": str(row.event), "reference": REFERENCE, "version": 3},
    }
    assert got.id == row.message == f"msg_{row.pk.hex}"
    assert state_of(row) == (State.DELIVERED, 1, 204, "")
    held = [base64.b64encode(key).decode() for key in endpoint.keys()]
    assert set(got.headers) == {
        *("host", "accept-encoding", "connection", "content-length", "content-type", "user-agent"),
        *("webhook-id", "webhook-timestamp", "webhook-signature"),
    }
    everything = repr(got.headers) + got.body.decode()
    for canary in (secret, *held, str(endpoint.organization_id), endpoint.organization.name, endpoint.description):
        assert canary not in everything


def signed_with(got, secret: str) -> str:
    """The signature after the Standard Webhooks text, reckoned here a second time."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{got.id}.{got.headers['webhook-timestamp']}.".encode() + got.body
    return "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def test_a_message_is_signed_with_the_secret_that_was_shown_once(named, receiver, clock):
    endpoint, secret = named()
    owe(endpoint)
    sweep()
    [got] = receiver.got
    assert got.headers["webhook-timestamp"] == str(int(START.timestamp()))
    assert got.headers["webhook-signature"] == signed_with(got, secret)
    assert secret not in repr(WebhookEndpoint.objects.values()) and secret.startswith("whsec_")


def test_while_rotating_both_secrets_sign_the_new_one_first_then_the_new_one_alone(
    named, receiver, administrator, clock
):
    endpoint, former = named()
    endpoint, new = endpoints.rotate(endpoint, by=administrator)
    owe(endpoint)
    clock.shift(OVERLAP - timedelta(seconds=1))
    sweep()
    clock.shift(timedelta(seconds=1))
    owe(endpoint)
    sweep()
    during, after = receiver.got
    assert during.headers["webhook-signature"] == f"{signed_with(during, new)} {signed_with(during, former)}"
    assert after.headers["webhook-signature"] == signed_with(after, new)


def test_a_secret_is_read_with_a_former_key_of_the_portal_and_sealed_anew(named, receiver, settings):
    endpoint, secret = named()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the portal" * 3
    owe(endpoint)
    sweep()
    endpoints.tidy()
    settings.SECRET_KEY_FALLBACKS = []
    owe(endpoint)
    sweep()
    assert [got.headers["webhook-signature"] for got in receiver.got] == [
        signed_with(got, secret) for got in receiver.got
    ]
    assert len(receiver.got) == 2


def test_with_the_key_lost_nothing_is_sent_and_the_row_says_why(endpoint, receiver, settings):
    row = owe(endpoint)
    settings.SECRET_KEY = "another key of the portal" * 3
    sweep()
    assert receiver.got == []
    assert state_of(row) == (State.QUEUED, 1, None, "SecretLost")


def test_owing_costs_one_query_where_nobody_listens(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        about = {"reference": REFERENCE, "event": uuid.uuid4(), "at": timezone.now()}
        assert queueing.owe(uuid.uuid4(), "request.sent", version=1, **about) == []


@pytest.mark.django_db(transaction=True)
def test_a_webhook_is_owed_only_in_the_transaction_of_its_event():
    about = {"reference": REFERENCE, "event": uuid.uuid4(), "at": timezone.now()}
    with pytest.raises(TransactionManagementError):
        queueing.owe(uuid.uuid4(), "request.sent", version=1, **about)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_owes_nothing_and_rings_nobody(endpoint, broker):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        owe(endpoint)
        raise ZeroDivisionError
    assert not ALL.exists()
    assert broker.rung() == []


def test_one_commit_rings_once_and_names_ids_only(named, broker, receiver, django_capture_on_commit_callbacks):
    endpoint, secret = named()
    named(f"{receiver.url}/second")
    with django_capture_on_commit_callbacks(execute=True):
        owe(endpoint)
    [(task, ids)] = broker.rung()
    assert task == "webhooks.deliver"
    assert sorted(ids) == sorted(str(key) for key in ALL.values_list("pk", flat=True))
    [text] = broker.texts()
    for canary in (REFERENCE, "request.question", receiver.url, secret, str(endpoint.organization_id)):
        assert canary not in text


def test_with_a_dead_broker_the_event_stands_and_a_sweep_sends_it_once(
    dead_broker, endpoint, receiver, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = owe(endpoint)
    for _ in range(3):
        sweep()
    assert state_of(row) == (State.DELIVERED, 1, 204, "")
    assert len(receiver.got) == 1


def test_what_fails_is_tried_again_under_the_same_id_for_a_day_and_then_parked(endpoint, receiver, clock, caplog):
    receiver.status = 503
    row = owe(endpoint)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        sweep()
        sweep()  # too early
        left = State.QUEUED if attempt < MOST_ATTEMPTS else State.PARKED
        assert state_of(row) == (left, attempt, 503, "")
        if attempt < MOST_ATTEMPTS:
            assert row.next_attempt_at == timezone.now() + pause(attempt, row.pk)
            due_again(row, clock)
    clock.shift(timedelta(days=30))
    sweep()
    assert len(receiver.got) == MOST_ATTEMPTS
    assert {got.id for got in receiver.got} == {row.message}
    assert len({got.body for got in receiver.got}) == 1
    times = [int(got.headers["webhook-timestamp"]) for got in receiver.got]
    assert times == sorted(set(times))
    assert timedelta(hours=23) < timedelta(seconds=times[-1] - times[0]) < timedelta(hours=29)
    log = [(one.number, one.status, one.error) for one in WebhookAttempt.objects.filter(delivery=row)]
    assert log == [(number, 503, "") for number in range(1, MOST_ATTEMPTS + 1)]
    assert f"webhook {row.pk} parked: 503" in caplog.text
    assert REFERENCE not in caplog.text and receiver.url not in caplog.text


def test_a_busy_receiver_is_left_alone_as_long_as_he_asks_with_everything_that_waits_for_him(endpoint, receiver, clock):
    receiver.status, receiver.retry_after = 429, "7200"
    first, second = owe(endpoint), owe(endpoint)
    sweep()
    assert {state_of(row)[0] for row in (first, second)} == {State.QUEUED}
    assert len(receiver.got) == 1
    assert {row.next_attempt_at for row in (first, second)} == {START + timedelta(hours=2)}
    clock.shift(timedelta(hours=1))
    sweep()
    assert len(receiver.got) == 1
    receiver.status = 204
    clock.shift(timedelta(hours=1))
    sweep()
    assert {state_of(row)[0] for row in (first, second)} == {State.DELIVERED}


def test_a_busy_receiver_is_not_tried_sooner_than_others(endpoint, receiver, clock):
    receiver.status, receiver.retry_after = 503, "1"
    row = owe(endpoint)
    sweep()
    row.refresh_from_db()
    assert row.next_attempt_at == START + pause(1, row.pk)


@pytest.mark.parametrize("attempts", range(1, MOST_ATTEMPTS))
def test_pauses_grow_and_are_spread_by_a_fifth_at_most(attempts):
    spread = {pause(attempts, uuid.uuid4()) for _ in range(50)}
    shortest = PAUSES[attempts - 1]
    assert len(spread) > 1
    assert all(shortest <= one <= shortest * 1.2 for one in spread)


def test_an_answer_after_failures_is_a_delivery(endpoint, receiver, clock):
    receiver.status = 500
    row = owe(endpoint)
    sweep()
    receiver.status = 200
    due_again(row, clock)
    sweep()
    assert state_of(row) == (State.DELIVERED, 2, 200, "")


def test_410_ends_the_address_and_drops_what_is_owed_to_it(endpoint, receiver):
    receiver.status = 410
    first, second = owe(endpoint), owe(endpoint)
    sweep()
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.ended_because) == (False, "gone")
    assert {state_of(first)[0], state_of(second)[0]} == {State.DROPPED}
    assert len(receiver.got) == 1
    receiver.status = 200
    with transaction.atomic():
        about = {"reference": REFERENCE, "event": uuid.uuid4(), "at": timezone.now()}
        assert queueing.owe(endpoint.organization_id, "request.sent", version=1, **about) == []


def test_an_address_that_was_ended_gets_nothing_that_was_owed_before(endpoint, receiver, administrator):
    row = owe(endpoint)
    endpoints.end(endpoint, by=administrator)
    assert state_of(row)[:2] == (State.DROPPED, 0)
    sweep()
    assert receiver.got == []


def test_an_address_that_ends_between_claim_and_sending_gets_nothing(endpoint, receiver):
    row = owe(endpoint)
    WebhookEndpoint.objects.update(ended_at=timezone.now(), ended_because="gone")
    sweep()
    assert state_of(row)[:2] == (State.DROPPED, 1)
    assert receiver.got == []


def test_an_organization_that_may_no_longer_know_is_not_told(endpoint, receiver, known):
    row = owe(endpoint)
    known.clear()
    sweep()
    assert state_of(row)[:2] == (State.DROPPED, 1)
    assert receiver.got == []


def test_an_address_is_checked_again_when_something_leaves(endpoint, receiver, settings):
    row = owe(endpoint)
    settings.WEBHOOK_LOCAL_HOSTS = frozenset()
    sweep()
    assert state_of(row) == (State.QUEUED, 1, None, "AddressRefused")
    assert receiver.got == []


def test_a_receiver_that_hangs_does_not_keep_the_others_waiting(named, receiver, settings):
    settings.WEBHOOK_SECONDS = 0.5
    with a_line(silent) as port:
        slow, _secret = named(f"http://127.0.0.1:{port}/")
        good, _secret = named()
        rows = [owe(good) for _ in range(5)]
        sweep()
        assert Counter(ALL.values_list("endpoint", "state")) == {
            (slow.pk, State.QUEUED): 5,
            (good.pk, State.DELIVERED): 5,
        }
        # What hung once is not called again in the same sweep.
        assert WebhookAttempt.objects.filter(delivery__endpoint=slow).count() == 1
    assert {got.id for got in receiver.got} == {row.message for row in rows}


def test_a_row_in_other_hands_is_left_alone_until_the_lease_ends(endpoint, receiver, clock):
    row = owe(endpoint)
    assert claim(ALL.all()) == [row]
    clock.shift(LEASE - timedelta(seconds=1))
    sweep()
    assert receiver.got == []
    clock.shift(timedelta(seconds=1))
    sweep()
    assert state_of(row) == (State.DELIVERED, 2, 204, "")


def test_a_late_outcome_does_not_undo_a_later_claim(endpoint, receiver, clock):
    row = owe(endpoint)
    [late] = claim(ALL.all())
    clock.shift(LEASE)
    [_now] = claim(ALL.all())
    delivery._write(late, state=State.PARKED)
    assert state_of(row)[:2] == (State.CLAIMED, 2)


def test_a_row_that_kills_every_worker_is_parked(endpoint, receiver, clock):
    row = owe(endpoint)
    for _ in range(MOST_ATTEMPTS):
        assert claim(ALL.all())
        due_again(row, clock)
    sweep()
    assert state_of(row) == (State.PARKED, MOST_ATTEMPTS, None, "WorkerLost")
    assert receiver.got == []


@pytest.mark.django_db(transaction=True)
def test_workers_that_sweep_at_the_same_moment_send_each_message_once(named, receiver):
    endpoint, _secret = named()
    others = [named(f"{receiver.url}/{number}") for number in range(3)]
    for _ in range(3):
        owe(endpoint)
    together = threading.Barrier(6)

    def work() -> None:
        together.wait()
        try:
            sweep()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        for done in [threads.submit(work) for _ in range(6)]:
            done.result()
    sweep()
    assert set(Counter(got.id for got in receiver.got).values()) == {1}
    assert len(receiver.got) == 3 * (1 + len(others)) == ALL.count()
    assert set(ALL.values_list("state", "attempts")) == {(State.DELIVERED, 1)}


def parked(endpoint, clock, receiver) -> WebhookDelivery:
    """A row that nobody took for a day."""
    receiver.status = 500
    row = owe(endpoint)
    for _ in range(MOST_ATTEMPTS):
        sweep()
        due_again(row, clock)
    assert state_of(row)[0] == State.PARKED
    receiver.status = 200
    receiver.got.clear()
    return row


def test_what_is_parked_is_sent_again_under_its_id_with_all_attempts(endpoint, receiver, clock, broker):
    row = parked(endpoint, clock, receiver)
    assert replay(ALL.filter(pk=row.pk)) == 1
    assert state_of(row) == (State.QUEUED, 0, None, "")
    sweep()
    assert [got.id for got in receiver.got] == [row.message]
    assert state_of(row)[0] == State.DELIVERED


def test_what_was_delivered_can_be_asked_for_again(endpoint, receiver):
    row = owe(endpoint)
    sweep()
    assert replay(ALL.all()) == 1
    sweep()
    assert [got.id for got in receiver.got] == [row.message] * 2


def test_all_that_is_parked_since_a_moment_is_sent_again_and_nothing_else(endpoint, receiver, clock):
    early = parked(endpoint, clock, receiver)
    moment = timezone.now()
    late, done = parked(endpoint, clock, receiver), owe(endpoint)
    sweep()
    assert replay_parked_since(moment, ALL.all()) == 1
    assert (state_of(early)[0], state_of(late)[0], state_of(done)[0]) == (State.PARKED, State.QUEUED, State.DELIVERED)


def test_nothing_is_sent_again_to_an_address_that_has_ended(endpoint, receiver, clock, administrator):
    parked(endpoint, clock, receiver)
    endpoints.end(endpoint, by=administrator)
    assert replay(ALL.all()) == 0


def test_a_test_event_is_about_no_request_and_arrives_without_anybody_knowing_one(
    endpoint, receiver, administrator, known
):
    known.clear()
    row = endpoints.test(endpoint, by=administrator)
    sweep()
    [got] = receiver.got
    message = json.loads(got.body)
    assert (message["type"], message["data"]) == (
        TEST,
        {"event": str(row.event), "reference": None, "version": None},
    )


def test_nobody_registered_means_nobody_may_know(endpoint, receiver, monkeypatch):
    monkeypatch.setattr(knowing, "_registered", [])
    row = owe(endpoint)
    sweep()
    assert state_of(row)[0] == State.DROPPED


def test_only_one_answers_who_may_know():
    with pytest.raises(ValueError):
        knowing.register(lambda _organization, _reference: True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": State.DELIVERED},
        {"delivered_at": START},
        {"state": State.CLAIMED},
        {"lease_until": START},
        {"reference": ""},
        {"version": None},
        {"type": TEST},
    ],
)
def test_the_database_refuses_a_delivery_that_contradicts_itself(endpoint, wrong):
    right = {"endpoint": endpoint, "event": uuid.uuid4(), "type": "request.sent", "reference": REFERENCE, "at": START}
    with pytest.raises(IntegrityError), transaction.atomic():
        ALL.create(**{**right, "version": 1, **wrong})


def test_the_database_owes_an_event_to_an_address_once(endpoint):
    right = {"endpoint": endpoint, "event": uuid.uuid4(), "type": "request.sent", "reference": REFERENCE, "at": START}
    ALL.create(**right, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ALL.create(**right, version=1)


def test_two_receivers_of_one_organization_are_both_told(named, receiver):
    with a_receiver() as other:
        endpoint, _secret = named()
        named(other.url)
        owe(endpoint)
        sweep()
    assert len(receiver.got) == len(other.got) == 1
    assert receiver.got[0].id != other.got[0].id
    assert receiver.got[0].body == other.got[0].body
