"""Deleting a draft: asked once, everything gone, nothing of what was sent."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app import states
from requests_app.models import Event, Request, Situation
from tests.factories import a_draft, a_member, a_request, a_union
from tests.filing.browser import Shown, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db


def delete(request: Request) -> str:
    return reverse("requests:delete", args=[request.reference])


def test_looking_deletes_nothing_and_pressing_deletes_all_of_it(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    assert flaws(client.get(delete(draft))) == []
    assert Request.objects.exists()
    shown = Shown(follow(client, client.post(delete(draft))))
    assert f"The draft {draft.reference} has been deleted." in shown.messages
    assert not Request.objects.exists() and not Situation.objects.exists() and not Event.objects.exists()


def test_a_second_click_finds_no_draft_and_breaks_nothing(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    assert [client.post(delete(draft)).status_code for _ in range(2)] == [302, 404]


@pytest.mark.parametrize("status", [states.SENT, states.WITHDRAWN, states.CLOSED])
def test_what_was_sent_is_never_deleted(client: Client, union: User, status: str) -> None:
    request = a_request(status=status, by=union)
    for method in (client.get, client.post):
        assert method(delete(request)).url == reverse("requests:detail", args=[request.reference])
    assert Request.objects.get().status == status


@pytest.mark.parametrize("who", ["administrator", "colleague", "stranger"])
def test_nobody_but_its_author_deletes_a_draft(union: User, who: str) -> None:
    draft = a_draft(by=union)
    others = {
        "administrator": lambda: a_member(role="administrator"),
        "colleague": lambda: a_member(email="colleague@example.org"),
        "stranger": lambda: a_union("Another Union of Tests (fictional)"),
    }
    assert at_the_browser(others[who]()).post(delete(draft)).status_code == 404
    assert Request.objects.exists()
