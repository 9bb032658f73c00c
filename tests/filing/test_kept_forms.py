"""A session that ends while somebody writes: what was typed comes back to that person, and to nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from requests_app.models import KeptForm, Letter, Request
from requests_app.services import filing
from requests_app.tasks import forget_kept_forms
from tests.factories import PASSWORD, a_draft, a_ministry, a_request, seen_by
from tests.filing.browser import Shown, fill, flaws
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db

TEXT = "Three unions were refused in March."


@pytest.fixture
def draft(union: User) -> Request:
    return a_draft(by=union, filled=False)


def situation(draft: Request) -> str:
    return reverse("requests:section", args=[draft.reference, "situation"])


def typed_after_the_session(path: str, by: Client, typed: dict[str, str]) -> tuple[Client, dict[str, list[str]]]:
    """The page is opened, the session ends, the form is sent: the browser, and what it sent."""
    data = {**Shown(by.get(path)).filled(), **{name: [text] for name, text in typed.items()}}
    by.cookies.pop("sessionid")
    return by, data


def sign_in(client: Client, user: User, next_page: str) -> str:
    """Sign in on the page; where it leads."""
    response = client.post(f"/en/account/sign-in/?next={next_page}", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    return response["Location"]


def test_what_was_typed_when_the_session_had_ended_comes_back_after_sign_in(client, union, draft):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT, "since": "13/2025"})
    led = browser.post(path, data)
    assert led.status_code == 302 and led["Location"].startswith("/en/account/sign-in/")
    signing_in = browser.get(led["Location"])
    assert "Your answers are kept" in Shown(signing_in).text
    assert KeptForm.objects.count() == 1
    assert seen_by(union, draft).snapshot()["situation"]["happening"] == ""

    there = sign_in(browser, union, f"{path}?given_back")
    page = browser.get(there)
    assert flaws(page) == []
    shown = Shown(page)
    assert "not saved yet" in shown.text
    assert shown.filled()["happening"] == [TEXT]
    assert "13/2025" in shown.filled()["since"]

    assert browser.post(path, {**shown.filled(), "since": [""], "go": "next"}).status_code == 302
    assert seen_by(union, draft).snapshot()["situation"]["happening"] == TEXT
    assert not KeptForm.objects.exists()


def test_beside_what_comes_back_stands_what_a_colleague_saved_meanwhile(client, union, draft):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT})
    browser.post(path, data)
    section = type(seen_by(union, draft).sections()[0])
    assert section.slug == "situation"
    filing.save_answers(seen_by(union, draft).section(section), {"happening": "Written by another."}, {}, by=union)
    browser.force_login(union)
    shown = Shown(browser.get(f"{path}?given_back"))
    assert "What somebody else saved" in shown.text and "Written by another." in shown.text
    assert shown.filled()["happening"] == [TEXT]


def test_nobody_else_gets_what_was_typed(client, union, draft):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT})
    browser.post(path, data)
    other = at_the_browser(a_ministry())
    for address in (f"{path}?given_back", "/en/", "/en/requests/"):
        assert TEXT not in other.get(address).content.decode()
    assert other.get(f"{path}?given_back").status_code == 404


def test_a_form_of_another_person_is_kept_for_that_person(client, union, draft):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT})
    browser.force_login(a_ministry())
    assert browser.post(path, data)["Location"] == "/en/"
    assert TEXT not in browser.get("/en/").content.decode()
    assert KeptForm.objects.get().user == union


@pytest.mark.parametrize("token", ["", "forged", "old", "of another place"])
def test_without_a_token_that_counts_the_text_is_handed_back_and_nothing_is_stored(
    client, union, draft, token, time_machine
):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT})
    if token == "old":
        time_machine.move_to(timezone.now() + timedelta(hours=13))
    elif token == "of another place":
        path = path.replace("situation", "people")
    else:
        data["kept"] = [token]
    response = browser.post(path, data)
    assert response.status_code == 403
    assert flaws(response) == []
    assert TEXT in Shown(response).text
    assert not KeptForm.objects.exists()


def test_a_page_that_was_open_while_one_signed_in_anew_loses_nothing(union, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(union)
    path = situation(draft)
    data = {**Shown(browser.get(path)).filled(), "happening": [TEXT], "csrfmiddlewaretoken": ["x" * 64]}
    led = browser.post(path, data)
    assert (led.status_code, led["Location"]) == (302, f"{path}?given_back")
    assert Shown(browser.get(led["Location"])).filled()["happening"] == [TEXT]


def test_a_letter_and_a_new_request_come_back_too(client, union):
    sent = a_request(by=union)
    for path, typed, name in (
        (reverse("requests:letters", args=[sent.reference]), {"text": TEXT}, "text"),
        (reverse("requests:new"), {"title": TEXT}, "title"),
    ):
        client.force_login(union)
        browser, data = typed_after_the_session(path, client, typed)
        assert "sign-in" in browser.post(path, data)["Location"]
        browser.force_login(union)
        page = browser.get(f"{path}?given_back")
        assert flaws(page) == []
        assert Shown(page).filled()[name] == [TEXT]
    assert not Letter.objects.filter(text=TEXT).exists()


def test_after_a_day_nothing_is_kept(client, union, draft):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT})
    browser.post(path, data)
    assert forget_kept_forms() == 0
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(hours=25))
    browser.force_login(union)
    assert Shown(browser.get(f"{path}?given_back")).filled()["happening"] == [""]
    assert forget_kept_forms() == 1


def test_what_was_typed_can_be_found_again_from_the_list(client, union, draft):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT})
    browser.post(path, data)
    browser.force_login(union)
    links = Shown(browser.get(reverse("requests:list"))).links
    assert f"{path}?given_back" in links.values()


def test_a_deleted_draft_takes_along_what_was_kept_for_it(client, union, draft):
    path = situation(draft)
    browser, data = typed_after_the_session(path, client, {"happening": TEXT})
    browser.post(path, data)
    filing.delete_draft(draft, by=union)
    assert not KeptForm.objects.exists()


def test_an_ordinary_save_keeps_nothing_beside(client, union, draft):
    assert fill(client, situation(draft), {"happening": TEXT}).status_code == 302
    assert not KeptForm.objects.exists()
