"""Letting an officer look at a draft, and taking that back."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.models import Event, Request
from tests.factories import a_draft, a_member, an_officer
from tests.filing.browser import Shown, flaws, follow, words
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db


def show(request: Request) -> str:
    return reverse("requests:show_to_office", args=[request.reference])


def answers(request: Request) -> str:
    return reverse("requests:answers", args=[request.reference])


def test_an_officer_reads_the_draft_only_while_it_is_shown(client: Client, union: User) -> None:
    draft, officer = a_draft(by=union), at_the_browser(an_officer())
    assert officer.get(answers(draft)).status_code == 404
    page = follow(client, client.post(show(draft), {"show": "yes"}))
    assert flaws(page) == []
    assert "Officers of the Branch can now read this draft." in Shown(page).messages
    assert officer.get(answers(draft)).status_code == 200
    page = Shown(follow(client, client.post(show(draft), {"show": "no"})))
    assert "Let an officer look" in [words(button) for button in page.all("button")]
    assert officer.get(answers(draft)).status_code == 404
    assert not Event.objects.exists()


@pytest.mark.parametrize("forged", [{}, {"show": ""}, {"show": "maybe"}, {"show": "\x00"}])
def test_anything_but_yes_shows_nothing(client: Client, union: User, forged: dict) -> None:
    draft = a_draft(by=union, filled=False)
    client.post(show(draft), forged)
    assert Request.objects.get().shown_to_office_at is None


def test_looking_at_the_address_changes_nothing(client: Client, union: User) -> None:
    draft = a_draft(by=union, filled=False)
    assert client.get(show(draft), {"show": "yes"}).url == reverse("requests:detail", args=[draft.reference])
    assert Request.objects.get().shown_to_office_at is None


def test_other_units_and_colleagues_never_read_a_draft(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    client.post(show(draft), {"show": "yes"})
    for other in (an_officer("actrav"), an_officer("YAO"), a_member(email="colleague@example.org")):
        assert at_the_browser(other).get(answers(draft)).status_code == 404


def test_an_officer_does_not_take_it_back_or_delete_it(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    client.post(show(draft), {"show": "yes"})
    officer = at_the_browser(an_officer())
    officer.post(show(draft), {"show": "no"})
    officer.post(reverse("requests:delete", args=[draft.reference]))
    assert Request.objects.get().shown_to_office_at is not None
