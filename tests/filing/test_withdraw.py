"""Taking a request back."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app import states
from requests_app.models import Event, Letter, Request
from tests.factories import a_draft, a_member, a_request
from tests.filing.browser import Shown, fill, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db


def withdraw(request: Request) -> str:
    return reverse("requests:withdraw", args=[request.reference])


def detail(request: Request) -> str:
    return reverse("requests:detail", args=[request.reference])


@pytest.mark.parametrize("status", sorted(states.OPEN))
def test_an_open_request_is_withdrawn_with_a_reason(client: Client, union: User, status: str) -> None:
    request = a_request(status=status, by=union)
    assert flaws(client.get(withdraw(request))) == []
    shown = Shown(follow(client, fill(client, withdraw(request), {"text": "Solved without help."})))
    assert f"The request {request.reference} has been withdrawn." in shown.messages
    assert "Solved without help." in shown.text
    assert Request.objects.get().status == states.WITHDRAWN


@pytest.mark.parametrize("reason", ["", " ", "\x00", "\u200b\u202e"])
def test_no_reason_is_needed(client: Client, union: User, reason: str) -> None:
    request = a_request(by=union)
    assert fill(client, withdraw(request), {"text": reason}).url == detail(request)
    assert Request.objects.get().status == states.WITHDRAWN
    assert not Letter.objects.exists()


def test_a_reason_over_the_limit_is_kept_and_nothing_is_withdrawn(client: Client, union: User) -> None:
    request = a_request(by=union)
    response = fill(client, withdraw(request), {"text": "y" * 8001})
    assert flaws(response) == []
    shown = Shown(response)
    assert shown.summary == [("Shorten the text to 8000 characters: it is 1 too long", "id_text")]
    assert shown.at_fields and shown.title.startswith("Error: ")
    assert shown.filled()["text"] == ["y" * 8001]
    assert Request.objects.get().status == states.SENT


def test_a_double_click_withdraws_once_and_finds_no_fault(client: Client, union: User) -> None:
    request = a_request(by=union)
    for _ in range(2):
        assert client.post(withdraw(request), {"text": "Once."}).url == detail(request)
    shown = Shown(client.get(detail(request)))
    assert [message for message in shown.messages if "Nothing was changed" in message] == []
    assert Event.objects.filter(action="withdraw").count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("status", [states.GIVEN, states.CLOSED, states.DECLINED, states.NO_MEANS])
def test_what_was_given_or_has_ended_is_not_withdrawn(client: Client, union: User, status: str) -> None:
    request = a_request(status=status, by=union)
    assert client.get(withdraw(request)).url == detail(request)
    shown = Shown(follow(client, client.post(withdraw(request), {"text": "Too late."})))
    assert any("Nothing was changed" in message for message in shown.messages)
    assert Request.objects.get().status == status


def test_who_only_reads_and_a_draft_have_no_such_page(client: Client, union: User) -> None:
    reader = at_the_browser(a_member(role="reader"))
    request = a_request(by=union)
    assert reader.post(withdraw(request)).status_code == 404
    assert client.get(withdraw(a_draft(by=union))).status_code == 404
    assert Request.objects.get(pk=request.pk).status == states.SENT
