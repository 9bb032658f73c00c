"""Where one is signed in: seen and ended by its owner alone; and the own time zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import devices
from accounts.devices import device_of, words_of
from accounts.models import Session
from tests.accounts.test_sign_in import sign_in
from tests.pages.markup import faults

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Mobile Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML) Version/18.0 Safari/604.1"
PAGE = "account_devices"


def on(agent: str, email: str = "person@example.org", **more) -> Client:
    """A browser that calls itself so, signed in and seen once."""
    client = Client(headers={"user-agent": agent})
    sign_in(client, email, **more)
    client.get(reverse("account"))
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (CHROME, "Chrome on Android"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("curl/8", "Unknown device"),
        ("", "Unknown device"),
        ("<script>Firefox", "Firefox"),
    ],
)
def test_a_device_is_two_words(agent, words):
    assert words_of(device_of(agent)) == words


def test_the_page_lists_the_own_sessions_and_marks_this_one(person):
    person()
    person("other@example.org")
    here = on(FIREFOX)
    on(CHROME, remember="on")
    on(EDGE, "other@example.org")
    page = here.get(reverse(PAGE))
    assert faults(page) == []
    text = page.content.decode()
    assert "Firefox on Linux" in text
    assert "Chrome on Android" in text
    assert "Edge" not in text
    assert text.count("this one") == text.count("own device") == 1
    for row in Session.objects.all():
        assert row.session_key not in text


def uid_of(client: Client) -> str:
    return client.session["uid"]


def test_one_is_ended_and_signed_out_at_its_next_click(person):
    person()
    here, there = on(FIREFOX), on(CHROME)
    here.post(reverse("account_device_end", args=[uid_of(there)]))
    assert there.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(person):
    person()
    person("other@example.org")
    here, foreign = on(FIREFOX), on(EDGE, "other@example.org")
    answer = here.post(reverse("account_device_end", args=[uid_of(foreign)]))
    assert answer.url == reverse(PAGE)
    assert foreign.get(reverse("account")).status_code == 200


def test_all_others_are_ended_at_once(person):
    person()
    here, one, two = on(FIREFOX), on(CHROME), on(SAFARI)
    here.post(reverse("account_devices_end_others"))
    assert [client.get(reverse("account")).status_code for client in (here, one, two)] == [200, 302, 302]


def test_what_a_browser_calls_itself_is_not_kept(person):
    person()
    on(FIREFOX)
    assert "Gecko" not in repr(Session.objects.get().get_decoded())


def test_sessions_that_are_over_are_not_listed_and_then_forgotten(person):
    user = person()
    on(FIREFOX)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert devices.sign_ins(user, current=None) == []
    assert devices.forget() == 1


def test_a_session_of_yesterday_on_a_shared_device_is_not_listed(person):
    user = person()
    client = on(FIREFOX)
    session = client.session
    session["clock_started"] = session["clock_seen"] = int(timezone.now().timestamp()) - 13 * 3600
    session.save()
    assert devices.sign_ins(user, current=None) == []


def test_dates_are_shown_in_the_persons_own_time_zone(client, member):
    user = member()
    user.memberships.update(since=datetime(2026, 5, 1, 23, 30, tzinfo=UTC))
    page = reverse("organization", args=[user.memberships.get().organization_id])
    client.force_login(user)
    assert "1 May 2026" in client.get(page).content.decode()
    details = {"name": "A", "function": "", "telephone": "", "language": "en", "time_zone": "Africa/Douala"}
    assert client.post(reverse("account"), details).status_code == 302
    assert "2 May 2026" in client.get(page).content.decode()
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("zone", ["Nowhere/City", "../../etc/passwd", "x" * 100])
def test_a_zone_that_is_none_is_refused(client, person, zone):
    user = person()
    client.force_login(user)
    details = {"name": "A", "function": "", "telephone": "", "language": "en", "time_zone": zone}
    answer = client.post(reverse("account"), details)
    assert "Choose a time zone from the list." in answer.content.decode()
    user.refresh_from_db()
    assert user.time_zone == "UTC"
