"""The portal's one script: it counts, saves while one writes, and never stands in the way."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from requests_app.models import Request
from tests import factories as make

TEXT = "Three unions were refused in March."
FIELD = "#id_happening"
LATER = 6000  # milliseconds, more than the script waits in any case
SPARING = "Object.defineProperty(navigator, 'connection', {get: () => ({saveData: true})})"


@pytest.fixture(scope="module")
def union(db: None) -> User:
    return make.a_union()


@pytest.fixture
def draft(union: User) -> Request:
    return make.a_draft(by=union, filled=False)


@pytest.fixture
def page(open_tab: Callable[..., Page], union: User, draft: Request) -> Page:
    """The page of a section, on which time stands still until the test moves it."""
    tab = open_tab(union)
    tab.clock.install()
    tab.goto(reverse("requests:section", args=[draft.reference, "situation"]))
    return tab


def leave(page: Page) -> None:
    """The field loses the focus, and time passes."""
    page.locator(FIELD).blur()
    page.clock.fast_forward(LATER)


def stored(draft: Request) -> str:
    return Request.objects.get(pk=draft.pk).snapshot()["situation"]["happening"]


def version(page: Page) -> str:
    return page.locator("input[name=version]").input_value()


def test_what_is_left_is_shown_at_every_key_and_spoken_near_the_limit(page: Page) -> None:
    line = page.locator("[data-of=id_happening]")
    limit = int(line.get_attribute("data-limit") or 0)
    page.fill(FIELD, "x" * 10)
    expect(line).to_contain_text(f"{limit - 10:,}")
    expect(page.locator("#said")).to_be_empty()
    page.fill(FIELD, "x" * (limit - 5))
    expect(page.locator("#said")).not_to_be_empty()
    page.fill(FIELD, "x" * (limit + 7))
    expect(line).to_have_class("count over")
    expect(line).to_contain_text("7")


def test_it_saves_after_a_quiet_moment_and_shows_findings_and_version(page: Page, draft: Request) -> None:
    before, findings = version(page), page.locator("#findings").inner_text()
    page.check("input[name=urgent] >> nth=0")
    page.fill(FIELD, TEXT)
    with page.expect_response("**/autosave/**") as answered:
        leave(page)
    assert answered.value.headers["x-version"] != before
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(page.locator("input[name=version]")).to_have_value(answered.value.headers["x-version"])
    expect(page.locator("#said")).not_to_be_empty()
    assert stored(draft) == TEXT
    assert page.locator("#findings").inner_text() != "" != findings


def test_what_is_typed_during_a_save_stops_it_and_is_saved_itself(page: Page, draft: Request) -> None:
    held: list[Route] = []
    page.route("**/autosave/**", lambda route: held.append(route))
    page.fill(FIELD, "First words.")
    with page.expect_request("**/autosave/**"):
        leave(page)
    page.fill(FIELD, TEXT)
    with page.expect_event("requestfailed"), page.expect_request("**/autosave/**"):
        leave(page)
    while len(held) < 2:  # the second arrives here a little after the page has sent it
        page.evaluate("null")
    with page.expect_response("**/autosave/**"):
        held[1].continue_()
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert stored(draft) == TEXT


def test_the_button_waits_for_a_save_under_way(page: Page, draft: Request) -> None:
    held: list[Route] = []
    page.route("**/autosave/**", lambda route: held.append(route))
    page.fill(FIELD, "First words.")
    with page.expect_request("**/autosave/**"):
        leave(page)
    page.fill(FIELD, TEXT)
    page.get_by_role("button", name="Save and continue").click(no_wait_after=True)
    while not held:  # it arrives here a little after the page has sent it
        page.evaluate("null")
    held[0].continue_()
    page.wait_for_url("**/conventions/")
    assert stored(draft) == TEXT


def test_on_a_line_that_saves_data_nothing_is_sent_by_itself(
    open_tab: Callable[..., Page], union: User, draft: Request
) -> None:
    page = open_tab(union)
    page.add_init_script(SPARING)
    page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reverse("requests:section", args=[draft.reference, "situation"]))
    page.fill(FIELD, TEXT)
    leave(page)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/conventions/")
    assert not [address for address in asked if "autosave" in address]
    assert stored(draft) == TEXT
