"""Forced colours, writing from right to left, letters twice as large: the pages stay whole."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from requests_app.models import Request
from tests import factories as make
from tests.ux.figures import write

# Controls and headings that lie over one another, by their words.
OVERLAPS = """() => {
  const kinds = ["h1", "h2", "label", "legend", "input:not([type=hidden])", "textarea", "button", ".tag"];
  const shown = [...document.querySelectorAll(kinds.map((kind) => `main ${kind}`).join())]
    .filter((node) => node.getClientRects().length && getComputedStyle(node).position !== "absolute");
  const box = (node) => node.getBoundingClientRect();
  const faults = [];
  shown.forEach((one, at) => shown.slice(at + 1).forEach((other) => {
    if (one.contains(other) || other.contains(one)) { return; }
    const a = box(one), b = box(other);
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 2) { faults.push(`${one.outerHTML.slice(0, 60)} / ${other.outerHTML.slice(0, 60)}`); }
  }));
  return faults;
}"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
TEXT_SIZE = "parseFloat(getComputedStyle(document.body).fontSize)"


@pytest.fixture(scope="module")
def union(db: None) -> User:
    return make.a_union()


@pytest.fixture(scope="module")
def draft(union: User) -> Request:
    return make.a_draft(by=union)


def places(draft: Request) -> list[str]:
    """Pages of each sort: a start, a list of sections, a section, the last page before sending."""
    about = [draft.reference]
    section = reverse("requests:section", args=[*about, "political-will"])
    return [reverse("before"), reverse("requests:detail", args=about), section, reverse("requests:check", args=about)]


def test_in_forced_colours_something_is_drawn_and_borders_stand(
    open_tab: Callable[..., Page], union: User, draft: Request
) -> None:
    page = open_tab(union, forced_colors="active")
    for path in places(draft):
        page.goto(path)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert len(page.screenshot()) > 5_000
        assert page.evaluate(OVERLAPS) == []
        bare = page.evaluate(
            "[...document.querySelectorAll('main button, main .btn, main input[type=text], main textarea')]"
            ".filter((node) => parseFloat(getComputedStyle(node).borderTopWidth) === 0).length"
        )
        assert bare == 0, path
    write("modes", {"forced colours": {"pages": len(places(draft))}})


def test_from_right_to_left_nothing_overlaps_or_sticks_out(
    open_tab: Callable[..., Page], union: User, draft: Request
) -> None:
    page = open_tab(union)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in places(draft):
            page.goto(path)
            page.evaluate("document.documentElement.dir = 'rtl'")
            assert page.evaluate(OVERLAPS) == [], path
            assert page.evaluate(SIDEWAYS) <= 0, path
    write("modes", {"right to left": {"pages": len(places(draft))}})


def test_letters_twice_as_large_double_the_text_and_stay_on_the_page(
    open_tab: Callable[..., Page], union: User, draft: Request
) -> None:
    page = open_tab(union)
    page.goto(reverse("before"))
    usual = page.evaluate(TEXT_SIZE)
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    for path in places(draft):
        page.goto(path)
        assert page.evaluate(TEXT_SIZE) >= 1.9 * usual, path
        assert page.evaluate(SIDEWAYS) <= 0, path
    write("modes", {"letters of 32 pixels": {"pages": len(places(draft))}})
