"""Whoever runs the portal sees what is parked by id, and can let it try again; no reference, no address, no words."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from outbox.delivery import deliver
from outbox.models import Notice, State
from tests.outbox.conftest import ADDRESS, REFERENCE

pytestmark = pytest.mark.django_db
LIST = "admin:outbox_notice_changelist"


@pytest.fixture
def parked(owe) -> Notice:
    notice = owe(kind="test.unknown", cause="canary-cause")
    deliver(notice.pk)
    return notice


@pytest.fixture
def operator(client):
    client.force_login(get_user_model().objects.create_superuser("admin@example.org", name="Admin (fictional)"))
    return client


def test_canary_the_pages_of_parked_notices_show_no_reference_and_no_address(operator, parked):
    for address in (reverse(LIST), reverse("admin:outbox_notice_change", args=[parked.pk])):
        text = operator.get(address).text
        assert str(parked.pk) in text
        assert "UnknownKind" in text
        assert not any(canary in text for canary in (REFERENCE, ADDRESS, "canary-cause"))


def test_only_parked_notices_are_listed(operator, owe):
    waiting = owe()
    assert str(waiting.pk) not in operator.get(reverse(LIST)).text


@pytest.mark.parametrize("guess", ["FA-0000-0000", REFERENCE])
def test_a_search_does_not_tell_whether_a_reference_was_guessed(operator, parked, guess):
    assert str(parked.pk) in operator.get(reverse(LIST), {"q": guess}).text


@pytest.mark.parametrize("lookup", ["about", "about__startswith", "address__contains", "recipient__email", "cause"])
def test_the_address_line_does_not_answer_guesses_at_what_is_hidden(operator, parked, lookup):
    assert operator.get(reverse(LIST), {lookup: "FA-7"}).status_code == 400


def test_a_parked_notice_is_sent_again_by_a_person(operator, parked):
    operator.post(reverse(LIST), {"action": "send_again", "_selected_action": [str(parked.pk)]})
    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == (State.DUE, 0)


def test_a_notice_is_not_edited_added_or_deleted(operator, parked):
    page = reverse("admin:outbox_notice_change", args=[parked.pk])
    assert operator.post(page, {"state": State.SENT}).status_code == 403
    assert operator.get(reverse("admin:outbox_notice_add")).status_code == 403
    assert operator.post(reverse("admin:outbox_notice_delete", args=[parked.pk]), {"post": "yes"}).status_code == 403
    parked.refresh_from_db()
    assert parked.state == State.PARKED


def test_a_constituent_sees_no_parked_notice(client, parked):
    client.force_login(get_user_model().objects.create_user("a@example.org", name="A (fictional)"))
    assert client.get(reverse(LIST)).status_code in (302, 403, 404)
