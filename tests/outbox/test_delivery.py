"""Ten deliveries send once; what fails comes back later; what cannot be sent is parked and seen."""

import email
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from outbox import delivery, health, kinds
from outbox.delivery import LEASE, MOST_ATTEMPTS, claim, deliver, due, pause, redrive, sweep
from outbox.folder import FolderBackend, mails_to
from outbox.kinds import Mail
from outbox.models import ACCOUNT, Notice, State
from tests.outbox.conftest import ADDRESS, KIND, closed_port


@pytest.fixture
def dead_mail_server(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()


def now_of(notice: Notice) -> datetime:
    """The next moment at which the notice may be claimed."""
    notice.refresh_from_db()
    return notice.lease_until or notice.next_attempt_at


def message_ids(folder) -> list[str]:
    return [email.message_from_bytes(file.read_bytes())["Message-ID"] for file in folder.glob("*.eml")]


def test_ten_deliveries_one_after_the_other_send_once(owe):
    notice = owe()
    for _ in range(10):
        deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, len(mails_to(ADDRESS))) == (State.SENT, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_ten_deliveries_at_the_same_moment_send_once(owe):
    ids = [owe(cause=f"event-{number}").pk for number in range(5)]
    together = threading.Barrier(10)

    def work() -> None:
        together.wait()
        for notice_id in ids:
            deliver(notice_id)
        connection.close()

    with ThreadPoolExecutor(10) as threads:
        for done in [threads.submit(work) for _ in range(10)]:
            done.result()
    assert len(mails_to(ADDRESS)) == len(ids)
    assert set(Notice.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_the_same_moment_send_once(owe):
    count = len([owe(cause=f"event-{number}") for number in range(12)])
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        sweep()
        connection.close()

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(work) for _ in range(4)]:
            done.result()
    assert len(mails_to(ADDRESS)) == count
    assert set(Notice.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_a_notice_in_other_hands_is_left_alone_until_the_lease_ends(owe):
    notice = owe()
    now = timezone.now()
    assert claim(notice.pk, now)
    deliver(notice.pk, now + LEASE - timedelta(seconds=1))
    assert mails_to(ADDRESS) == []
    deliver(notice.pk, now + LEASE)
    assert len(mails_to(ADDRESS)) == 1


class DiesAfterSending(FolderBackend):
    """The process ends between sending and marking."""

    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        raise SystemExit


def test_a_worker_that_dies_after_sending_repeats_under_the_same_message_id(owe, settings, mail_folder):
    notice = owe()
    settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.DiesAfterSending"
    with pytest.raises(SystemExit):
        deliver(notice.pk)
    settings.DELIVERY_EMAIL_BACKEND = "outbox.folder.FolderBackend"
    sweep()
    assert len(mails_to(ADDRESS)) == 1
    sweep(now_of(notice))
    assert len(mails_to(ADDRESS)) == 2
    assert set(message_ids(mail_folder)) == {f"<{notice.pk}@127.0.0.1>"}


def test_a_notice_that_kills_every_worker_is_parked(owe, settings):
    notice = owe()
    settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.DiesAfterSending"
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            deliver(notice.pk, now_of(notice))
    deliver(notice.pk, now_of(notice))
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == (State.PARKED, MOST_ATTEMPTS, "WorkerLost")


def test_a_late_failure_does_not_undo_a_later_claim(owe):
    notice = owe()
    late = claim(notice.pk, timezone.now())
    assert claim(notice.pk, late.lease_until)
    delivery.failed(late, ConnectionError(), timezone.now())
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.SENDING, "")


def test_a_dead_mail_server_means_later_and_only_the_errors_name_is_kept(owe, dead_mail_server, caplog):
    notice = owe()
    now = timezone.now()
    deliver(notice.pk, now)
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.DUE, "ConnectionRefusedError")
    assert notice.next_attempt_at == now + pause(1, notice.pk)
    assert ADDRESS not in caplog.text
    sweep(now)
    notice.refresh_from_db()
    assert notice.attempts == 1


def test_after_eight_failures_a_notice_is_parked(owe, dead_mail_server):
    notice = owe()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        deliver(notice.pk, now_of(notice))
        notice.refresh_from_db()
        assert notice.attempts == attempt
        assert notice.state == (State.DUE if attempt < MOST_ATTEMPTS else State.PARKED)
    assert health.parked_count() == 1
    assert not due(timezone.now() + timedelta(days=9)).exists()


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (7, 240)])
def test_pauses_grow_and_are_spread_by_a_fifth_at_most(attempts, minutes):
    shortest = timedelta(minutes=minutes)
    spread = {pause(attempts, Notice().pk) for _ in range(50)}
    assert len(spread) > 1
    assert all(shortest <= one <= shortest * 1.2 for one in spread)


@pytest.mark.parametrize(
    ("answers", "state", "error"),
    [
        ({}, State.SENT, ""),
        ({"to_recipient": "550 nobody here"}, State.PARKED, "SMTPRecipientsRefused"),
        ({"to_recipient": "450 later"}, State.DUE, "SMTPRecipientsRefused"),
        ({"to_data": "554 never"}, State.PARKED, "SMTPDataError"),
        ({"to_data": "451 later"}, State.DUE, "SMTPDataError"),
    ],
)
def test_what_a_mail_server_refuses_for_good_is_parked_at_once(owe, mail_server, answers, state, error):
    mail_server(**answers)
    notice = owe()
    deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.last_error, notice.attempts) == (state, error, 1)


def test_who_may_no_longer_know_is_not_written_to(owe, monkeypatch):
    monkeypatch.setitem(kinds.composers, KIND, lambda notice: None)
    notice = owe()
    deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at) == (State.DROPPED, None)
    assert mails_to(ADDRESS) == []


def test_a_kind_nobody_registered_is_parked_with_its_reason(owe):
    notice = owe(kind="test.unknown")
    deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.PARKED, "UnknownKind")


def test_a_notice_whose_words_fail_does_not_stop_the_others(owe, monkeypatch):
    monkeypatch.setitem(kinds.composers, "test.broken", lambda notice: Mail(str(1 / 0), ""))
    broken, good = owe(kind="test.broken"), owe()
    sweep()
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, broken.last_error) == (State.DUE, "ZeroDivisionError")
    assert good.state == State.SENT


def test_a_mail_is_composed_in_its_recipients_language(owe, monkeypatch):
    monkeypatch.setitem(kinds.composers, KIND, lambda notice: Mail(translation.get_language(), "text"))
    deliver(owe(language="fr").pk)
    [mail] = mails_to(ADDRESS)
    assert mail.subject == "fr"


def test_a_subject_cannot_carry_a_header(owe, monkeypatch, mail_folder):
    monkeypatch.setitem(kinds.composers, KIND, lambda notice: Mail("Hello\r\nBcc: thief@example.org", "text"))
    notice = owe()
    deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.PARKED, "BadHeaderError")
    assert message_ids(mail_folder) == []


@pytest.mark.parametrize(
    "address",
    ["a@example.org\nBcc: thief@example.org", "a@example.org, thief@example.org", "A <a@example.org>", "", "nobody"],
)
def test_an_address_is_one_address_or_nothing_leaves(owe, mail_folder, address):
    notice = owe(address=address)
    deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.PARKED, "ValidationError")
    assert message_ids(mail_folder) == []


def test_a_parked_notice_can_be_made_due_again(owe, settings, broker, django_capture_on_commit_callbacks):
    notice = owe(kind="test.unknown")
    deliver(notice.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert redrive([notice.pk]) == 1
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == (State.DUE, 0, "")
    assert broker.rung() == [("outbox.deliver", [str(notice.pk)])]


def test_a_sent_notice_is_never_made_due_again(owe):
    notice = owe()
    deliver(notice.pk)
    assert redrive([notice.pk]) == 0


def test_the_operator_sees_how_long_the_oldest_notice_waits(owe, dead_mail_server):
    assert health.oldest_due_age(timezone.now()) is None
    notice = owe()
    deliver(notice.pk)
    assert health.oldest_due_age(notice.created_at + timedelta(minutes=3)) == 180


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": State.SENT},
        {"state": State.DUE, "sent_at": timezone.now()},
        {"state": State.SENDING},
        {"state": State.DUE, "lease_until": timezone.now()},
        {"body": "words"},
        {"kind": ACCOUNT, "state": State.SENT, "sent_at": timezone.now(), "body": "words"},
    ],
)
def test_the_database_refuses_a_notice_that_contradicts_itself(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**{"kind": KIND, "address": ADDRESS, "language": "en", "cause": "event-1", **wrong})
