"""The portal in a real browser: one server and one Chromium for all files, one world of data a file.

The server is the portal's own application with its compressed static files, so that bytes are those of production.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase, override_settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.ux.crawl import Crawl, crawled
from tests.ux.place import Place
from tests.ux.places import furnish, places_of
from tests.ux.server import Server
from tests.ux.tabs import PATIENCE, Tabs
from tests.walls.cast import Cast

pytest.register_assert_rewrite("tests.ux.measures")

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
CHROMIUM = shutil.which("chromium")
HERE = Path(__file__).parent
# Names with a digest, compressed: as `run` and production serve them.
LANGUAGES = tuple(os.environ.get("UX_LANGUAGES", "en,fr,es").split(","))
COMPRESSING = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder; on PostgreSQL it is left out, as a browser sees no difference."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.ux)
            item.add_marker(pytest.mark.only_sqlite)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one these tests are skipped, which CI refuses."""
    if not CHROMIUM:
        pytest.skip("needs Debian's Chromium: apt-get install chromium fonts-noto-core poppler-utils")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread; no query runs inside it
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def server(django_db_setup: None, chromium: Browser) -> Iterator[Server]:
    """The portal on a port of its own."""
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": COMPRESSING}}):
        call_command("collectstatic", "--noinput", verbosity=0)
        running = Server()
        yield running
        running.stop()


@pytest.fixture(scope="module")
def db(server: Server, django_db_blocker) -> Iterator[None]:
    """What the tests of a file write stays until its end: the server reads it in threads of its own.

    It stands in for pytest-django's `db`, whose name tells that library to make the database.
    """
    with django_db_blocker.unblock():
        yield
        TransactionTestCase._fixture_teardown(TransactionTestCase("run"))
        connections.close_all()


@pytest.fixture
def open_tab(server: Server, chromium: Browser, db: None) -> Iterator[Callable]:
    """`open_tab(user, ...)`: a page of a fresh browser profile; at the end none of them had an error in its console."""
    cache.clear()
    tabs = Tabs(chromium, server.address)
    yield tabs.open
    tabs.close()
    assert tabs.complaints == []


@pytest.fixture(scope="module")
def cast(db: None) -> Cast:
    """Everybody and everything that a crawl meets."""
    return furnish()


@pytest.fixture(scope="module")
def places(request: pytest.FixtureRequest, cast: Cast) -> list[Place]:
    """What the file's AREA names."""
    return places_of(request.module.AREA, cast)


@pytest.fixture(scope="module", params=LANGUAGES)
def crawl(request: pytest.FixtureRequest, cast: Cast, places: list[Place], chromium: Browser, server: Server) -> Crawl:
    """The pages of the file's AREA in one language, each opened once for all the measures."""
    return crawled(request.module.AREA, request.param, places, cast, chromium, server.address)
