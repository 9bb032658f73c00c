"""What a first visit costs on a slow line: kilobytes as they travel, and requests."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from tests import factories as make
from tests.ux.figures import write

KB = 1024
PUBLIC = ("home", "before", "help", "accessibility", "contact", "countries", "specialists", "rules", "account_login")
FIGURES = ("statistics", "referrals", "asked")
# Slow 3G and EDGE as browsers' own tools know them: bytes a second, milliseconds there and back.
LINES = {"slow 3G": (50_000, 400), "EDGE": (30_000, 840)}
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  const first = list.getEntriesByName("first-contentful-paint")[0];
  if (first) { done(first.startTime); }
}).observe({ type: "paint", buffered: true }))"""


@pytest.fixture(scope="module")
def union(db: None):
    for command in ("load_reference", "load_supervisory", "sync_units"):
        call_command(command, verbosity=0)
    return make.a_union()


def travelled(page: Page, path: str) -> tuple[int, int]:
    """How many bytes and how many requests a first visit costs."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    session.detach()
    return round(sum(sizes)), len(sizes)


def too_heavy(page: Page, paths: dict[str, str], limit: int, most: int = 3) -> dict[str, tuple[int, int]]:
    """The pages beyond the limit in bytes, or in requests (page, style, icon); every figure is written down."""
    costs = {name: travelled(page, path) for name, path in paths.items()}
    write("first load", {name: {"kilobytes": round(size / KB, 1), "requests": n} for name, (size, n) in costs.items()})
    return {name: cost for name, cost in costs.items() if cost[0] > limit or cost[1] > most}


def test_public_pages_stay_below_thirty_kilobytes(open_tab: Callable[..., Page], union) -> None:
    assert too_heavy(open_tab(), {name: reverse(name) for name in PUBLIC}, 30 * KB) == {}


def test_pages_of_figures_stay_below_sixty_kilobytes(open_tab: Callable[..., Page], union) -> None:
    assert too_heavy(open_tab(), {name: reverse(name) for name in FIGURES}, 60 * KB) == {}


def test_pages_of_the_form_stay_below_thirty_kilobytes_with_their_script(open_tab: Callable[..., Page], union) -> None:
    draft = make.a_draft(by=union)
    slugs = ("situation", "conventions", "political-will", "seminar", "people")
    paths = {slug: reverse("requests:section", args=[draft.reference, slug]) for slug in slugs}
    paths |= {name: reverse(f"requests:{name}", args=[draft.reference]) for name in ("detail", "check", "preview")}
    paths |= {name: reverse(f"requests:{name}") for name in ("list", "new")}
    assert too_heavy(open_tab(union), paths, 30 * KB, most=4) == {}


def test_the_first_screen_on_a_slow_line_is_measured(open_tab: Callable[..., Page], union) -> None:
    """Written down, not asserted: a busy machine says nothing about a page."""
    for line, (speed, delay) in LINES.items():
        page = open_tab()
        session = page.context.new_cdp_session(page)
        limits = {"downloadThroughput": speed, "uploadThroughput": speed, "latency": delay, "offline": False}
        session.send("Network.emulateNetworkConditions", limits)
        page.goto(reverse("home"))
        write("first screen", {f"home on {line}": {"seconds": round(page.evaluate(PAINTED) / 1000, 2)}})
