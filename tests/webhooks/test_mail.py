"""The mail on parked events: to the administrators, once for each time that an address falls silent, in their words."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from outbox.kinds import composers
from outbox.models import Notice
from tests.factories import a_member, organization_of
from tests.webhooks.test_delivery import REFERENCE, known, owe  # noqa: F401
from webhooks import endpoints, mails
from webhooks.delivery import MOST_ATTEMPTS, _park, replay, sweep
from webhooks.models import State, WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db
ALL = WebhookDelivery.objects


@pytest.fixture
def colleague(administrator: User) -> User:
    person = a_member(role="administrator", email="colleague@example.org")
    person.language = "fr"
    person.save()
    return person


@pytest.fixture
def dead(receiver, administrator, colleague, endpoint) -> WebhookEndpoint:
    """An address that answers 500."""
    a_member(email="writer@example.org")
    a_member("employers", role="administrator", email="others@example.org")
    receiver.status = 500
    return endpoint


def give_up(*rows: WebhookDelivery) -> None:
    """Let the last attempt of each fail."""
    for row in rows:
        ALL.filter(pk=row.pk).update(attempts=MOST_ATTEMPTS - 1)
        sweep()
        row.refresh_from_db()
        assert row.state == State.PARKED


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=mails.PARKED).order_by("created_at", "address")
    return [(notice.address, notice.language) for notice in rows]


def test_the_administrators_are_told_of_the_first_that_is_parked_each_in_his_language(dead):
    give_up(owe(dead))
    assert sorted(told()) == [("administrator@example.org", "en"), ("colleague@example.org", "fr")]
    give_up(owe(dead), owe(dead))
    assert len(told()) == 2


def test_they_are_told_anew_when_it_falls_silent_again(dead):
    row = owe(dead)
    give_up(row)
    assert replay(ALL.filter(pk=row.pk)) == 1
    give_up(row)
    assert len(told()) == 4


def test_they_are_told_anew_when_it_answered_meanwhile_and_nobody_sent_the_old_ones_again(dead, receiver):
    give_up(owe(dead))
    receiver.status = 204
    owe(dead)
    sweep()
    receiver.status = 500
    give_up(owe(dead), owe(dead))
    assert len(told()) == 4


def test_an_attempt_that_fails_before_the_last_one_is_no_mail(dead):
    owe(dead)
    sweep()
    assert ALL.get().state == State.QUEUED and told() == []


def test_whoever_lost_the_row_to_another_worker_tells_nobody(dead):
    row = owe(dead)
    ALL.filter(pk=row.pk).update(state=State.CLAIMED, attempts=2, lease_until=row.at)
    row.attempts = 1
    _park(row, "WorkerLost")
    assert told() == [] and ALL.get().state == State.CLAIMED


def composed() -> list:
    return [composers[mails.PARKED](notice) for notice in Notice.objects.filter(kind=mails.PARKED)]


def test_canary_the_mail_names_no_request_no_organization_and_no_address(dead, administrator):
    give_up(owe(dead))
    page = reverse("organization_webhook", args=[organization_of(administrator).pk, dead.pk])
    for mail in composed():
        assert page in mail.text
        words = mail.subject + mail.text
        for canary in (REFERENCE, organization_of(administrator).name, dead.url, dead.description):
            assert canary not in words.replace(page, "")


def test_nobody_is_written_to_of_what_is_over(dead, administrator, colleague):
    row = owe(dead)
    give_up(row)
    assert all(composed())
    Membership.objects.filter(user=colleague).update(role="writer")
    assert sum(mail is not None for mail in composed()) == 1
    ALL.update(state=State.QUEUED)
    assert composed() == [None, None]
    ALL.update(state=State.PARKED)
    endpoints.end(dead, by=administrator)
    assert composed() == [None, None]


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_workers_that_give_up_at_once_write_one_mail(dead, administrator, colleague):
    rows = [owe(dead) for _ in range(4)]
    ALL.update(state=State.CLAIMED, attempts=MOST_ATTEMPTS, lease_until=timezone.now() + timedelta(minutes=5))
    start = threading.Barrier(len(rows))

    def give_up_at_once(row: WebhookDelivery) -> None:
        row.attempts = MOST_ATTEMPTS
        start.wait()
        _park(row, "TimeoutError")
        connection.close()

    with ThreadPoolExecutor(len(rows)) as workers:
        list(workers.map(give_up_at_once, rows))
    assert set(ALL.values_list("state", flat=True)) == {State.PARKED}
    assert sorted(told()) == [("administrator@example.org", "en"), ("colleague@example.org", "fr")]
