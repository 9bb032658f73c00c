"""Seven ways to lose a text: session, two tabs, two people, the line, the language, Back, a double click."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import Session, User
from requests_app.models import DraftShare, Event, Request
from tests import factories as make
from tests.ux.figures import write

TEXT = "Three unions were refused in March."
OTHER = "Two more were refused in April."
FIELD = "#id_happening"


@pytest.fixture(scope="module")
def union(db: None) -> User:
    return make.a_union()


@pytest.fixture
def draft(union: User) -> Request:
    return make.a_draft(by=union, filled=False)


def situation(draft: Request) -> str:
    return reverse("requests:section", args=[draft.reference, "situation"])


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()


def stored(draft: Request) -> str:
    return Request.objects.get(pk=draft.pk).snapshot()["situation"]["happening"]


def recovered(case: str) -> None:
    write("nothing lost", {case: "found again"})


@pytest.fixture(params=[True, False], ids=["with the script", "without scripts"])
def scripts(request) -> bool:
    return request.param


def test_the_session_ends_while_one_writes(open_tab: Callable[..., Page], union: User, draft: Request, scripts) -> None:
    page = open_tab(union, java_script_enabled=scripts)
    page.goto(situation(draft))
    page.fill(FIELD, TEXT)
    Session.objects.all().delete()
    save(page)
    expect(page.locator("main")).to_contain_text("Your answers are kept")
    page.fill("#id_login", union.email)
    page.fill("#id_password", make.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.locator(FIELD)).to_have_value(TEXT)
    save(page)
    assert stored(draft) == TEXT
    recovered("session")


def two_texts(first: Page, second: Page, draft: Request) -> None:
    """Both open the page, both save: the second reads both texts and decides."""
    for page in (first, second):
        page.goto(situation(draft))
    first.fill(FIELD, TEXT)
    save(first)
    second.fill(FIELD, OTHER)
    save(second)
    expect(second.locator("main")).to_contain_text("What somebody else saved")
    expect(second.locator("main")).to_contain_text(TEXT)
    expect(second.locator(FIELD)).to_have_value(OTHER)
    assert stored(draft) == TEXT
    save(second)
    assert stored(draft) == OTHER


def test_two_tabs(open_tab: Callable[..., Page], union: User, draft: Request, scripts) -> None:
    page = open_tab(union, java_script_enabled=scripts)
    two_texts(page, page.context.new_page(), draft)
    recovered("two tabs")


def test_two_people(open_tab: Callable[..., Page], union: User, draft: Request, scripts) -> None:
    colleague = make.a_member(role="writer", email="colleague@example.org")
    DraftShare.objects.create(request=draft, user=colleague, may_edit=True, since=timezone.now())
    tabs = [open_tab(person, java_script_enabled=scripts) for person in (union, colleague)]
    two_texts(*tabs, draft)
    recovered("two people")


def test_the_line_breaks_while_the_form_travels(
    open_tab: Callable[..., Page], union: User, draft: Request, scripts
) -> None:
    page = open_tab(union, java_script_enabled=scripts)
    page.goto(situation(draft))
    page.fill(FIELD, TEXT)

    def broken(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**", broken)
    page.get_by_role("button", name="Save and continue").click(no_wait_after=True)
    expect(page).to_have_url(re.compile("^chrome-error:"))
    assert stored(draft) == ""
    page.unroute("**")
    page.reload()  # as its own page of the browser proposes: the form travels once more
    expect(page.locator("main")).to_be_visible()
    assert stored(draft) == TEXT
    recovered("line")


def test_the_language_is_switched(open_tab: Callable[..., Page], union: User, draft: Request, scripts) -> None:
    page = open_tab(union, java_script_enabled=scripts)
    page.goto(situation(draft))
    page.fill(FIELD, TEXT)
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(FIELD)).to_have_value(TEXT)
    recovered("language")


def test_back_and_forward(open_tab: Callable[..., Page], union: User, draft: Request, scripts) -> None:
    page = open_tab(union, java_script_enabled=scripts)
    page.goto(situation(draft))
    page.fill(FIELD, TEXT)
    page.get_by_role("link", name="All sections").click()
    page.go_back()
    expect(page.locator(FIELD)).to_have_value(TEXT)
    save(page)
    expect(page.locator("h1")).not_to_have_text("The situation")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value(TEXT)
    page.go_forward()
    assert stored(draft) == TEXT
    recovered("back and forward")


def test_a_double_click_sends_once(open_tab: Callable[..., Page], union: User, scripts) -> None:
    draft = make.a_draft(by=union)
    page = open_tab(union, java_script_enabled=scripts)
    page.goto(reverse("requests:check", args=[draft.reference]))
    page.check("#id_declared")
    page.get_by_role("button", name="Send the request").dblclick()
    expect(page.locator("main")).to_contain_text("has been sent")
    page.go_back()
    assert Event.objects.filter(request=draft, action="send").count() == 1
    recovered("double click")
