"""What a change owes is stored with it, once, and rung with ids only."""

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from outbox import delivery
from outbox.folder import mails_to
from outbox.models import Notice, State
from outbox.queueing import Addressee, queue
from tests.outbox.conftest import ADDRESS, KIND, REFERENCE


@pytest.mark.django_db(transaction=True)
def test_a_notice_is_queued_only_in_the_transaction_of_its_cause():
    with pytest.raises(TransactionManagementError):
        queue(KIND, REFERENCE, [Addressee(ADDRESS, "en")], "event-1")
    assert not Notice.objects.exists()


def test_the_same_cause_queues_once_for_each_address(owe):
    first, again, other = owe(), owe(), owe(cause="event-2")
    assert first == again != other
    assert Notice.objects.count() == 2


def test_one_address_named_twice_gets_one_notice(db):
    with transaction.atomic():
        queue(KIND, REFERENCE, [Addressee(ADDRESS, "en"), Addressee(ADDRESS, "fr")], "event-1")
    assert Notice.objects.count() == 1


def test_a_notice_that_cannot_be_stored_undoes_the_change(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        queue(KIND, REFERENCE, [Addressee(None, "en")], "event-1")


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_owes_nothing_and_rings_nobody(broker):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue(KIND, REFERENCE, [Addressee(ADDRESS, "en")], "event-1")
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert broker.rung() == []


def test_one_commit_rings_once_for_all_its_notices(db, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notices = queue(KIND, REFERENCE, [Addressee(ADDRESS, "en"), Addressee("other@example.org", "fr")], "event-1")
    [(task, ids)] = broker.rung()
    assert task == "outbox.deliver"
    assert sorted(ids) == sorted(str(notice.pk) for notice in notices)


def test_what_was_queued_before_does_not_ring_again(owe, broker, django_capture_on_commit_callbacks):
    owe()
    with django_capture_on_commit_callbacks(execute=True):
        owe()
    assert broker.rung() == []


def test_canary_the_broker_is_told_ids_and_nothing_else(owe, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        owe(cause="canary-cause")
    [text] = broker.texts()
    for canary in (ADDRESS, "union", REFERENCE, KIND, "canary-cause"):
        assert canary not in text


def test_with_a_dead_broker_the_change_stands_and_a_sweep_delivers_once(
    dead_broker, owe, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        notice = owe()
    assert [record.message for record in caplog.records] == ["broker: OperationalError; the sweep delivers"]
    for _ in range(3):
        delivery.sweep()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, len(mails_to(ADDRESS))) == (State.SENT, 1, 1)


def test_after_a_failed_ring_the_process_keeps_quiet(dead_broker, owe, caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        owe(cause="event-1")
    with django_capture_on_commit_callbacks(execute=True):
        owe(cause="event-2")
    assert len(caplog.records) == 1
