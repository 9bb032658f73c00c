"""How long a session lasts. The moments are set by hand; nothing waits."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.clock import SEEN_KEY
from accounts.models import Session
from tests.accounts.test_sign_in import sign_in

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
MINUTES, HOURS, DAYS = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))


def still_in(client) -> bool:
    return client.get(reverse("account")).status_code == 200


@pytest.fixture
def at():
    with time_machine.travel(START, tick=False) as clock:
        yield lambda after: clock.move_to(START + after)


@pytest.mark.parametrize(("own_device", "lasts"), [(False, 2 * HOURS), (True, 14 * DAYS)])
def test_a_constituent_is_signed_out_after_two_hours_away_or_a_fortnight_on_his_own_device(
    client, person, at, own_device, lasts
):
    person()
    for away, expected in ((lasts - MINUTES, True), (lasts + 2 * MINUTES, False)):
        at(0 * HOURS)
        sign_in(client, **({"remember": "on"} if own_device else {}))
        assert still_in(client)
        at(away)
        assert still_in(client) is expected
        client.logout()


def test_an_officer_is_signed_out_after_half_an_hour_away_on_any_device(client, officer, at):
    officer()
    for away, expected in ((29 * MINUTES, True), (31 * MINUTES, False)):
        at(0 * HOURS)
        sign_in(client, "officer@example.org", remember="on")
        assert still_in(client)
        at(away)
        assert still_in(client) is expected
        client.logout()


@pytest.mark.parametrize("who", ["person", "officer"])
def test_nobody_stays_longer_than_twelve_hours_however_busy(client, person, officer, at, who):
    officer() if who == "officer" else person()
    sign_in(client, f"{who}@example.org")
    for minutes in range(0, 12 * 60 + 1, 20):
        at(minutes * MINUTES)
        assert still_in(client)
    at(12 * HOURS + 2 * MINUTES)
    assert not still_in(client)


def test_what_is_over_in_the_database_or_has_no_such_key_opens_nothing(client, person):
    client.force_login(person())
    assert still_in(client)
    key = client.cookies["sessionid"].value
    client.cookies["sessionid"] = key[::-1]
    assert not still_in(client)
    client.cookies["sessionid"] = key
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert not still_in(client)


def test_the_technical_administrator_keeps_officers_hours(client, person, at):
    client.force_login(person(is_superuser=True))
    assert still_in(client)
    at(31 * MINUTES)
    assert not still_in(client)


def test_the_session_is_not_written_at_every_click(client, person, at):
    client.force_login(person())
    written = []
    for seconds in (0, 30, 59, 61, 90):
        at(timedelta(seconds=seconds))
        assert still_in(client)
        written.append(Session.objects.get().get_decoded()[SEEN_KEY] - int(START.timestamp()))
    assert written == [0, 0, 0, 61, 61]


def test_who_signs_in_after_the_time_is_over_starts_anew(client, person, at):
    person()
    sign_in(client)
    assert still_in(client)
    at(13 * HOURS)
    sign_in(client)
    assert still_in(client)
