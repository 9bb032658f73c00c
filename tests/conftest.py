"""What every test finds: which engines run, and that nothing is skipped in CI."""

import gc
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from requests_app import append_only
from ta_portal.public.referrals import counts_at
from tests import prepared

emptying_by_flush = TransactionTestCase._fixture_teardown


def empty_the_record_too(case: TransactionTestCase) -> None:
    """Take the record's triggers off while a transactional test is cleaned up: SQLite empties tables by DELETE."""
    append_only.remove(connection)
    try:
        emptying_by_flush(case)
    finally:
        append_only.install(connection)


TransactionTestCase._fixture_teardown = empty_the_record_too


@pytest.fixture(scope="session")
def prepared_folder(request: pytest.FixtureRequest) -> Path | None:
    """Where a migrated database is kept between runs; None on a server, with --create-db and without pytest's cache."""
    cache = getattr(request.config, "cache", None)
    if connection.vendor != "sqlite" or request.config.getoption("create_db") or cache is None:
        return None
    return Path(cache.mkdir("prepared-database"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Names the database of each process, as pytest-django does; here so that it has its name before it is copied."""


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, prepared_folder: Path | None
) -> bool:
    """Whether Django finds a database that it only has to bring up to date: the copy of one that was prepared."""
    return bool(prepared_folder and prepared.bring(prepared_folder)) or request.config.getoption("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, prepared_folder: Path | None) -> None:
    """The database; the first run after a change keeps what it has migrated for the next ones."""
    if prepared_folder:
        with django_db_blocker.unblock():
            prepared.keep(prepared_folder)


@pytest.fixture(autouse=True)
def english() -> None:
    """Every test begins in English: a request leaves its language behind in the thread."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    """Tests take changes of the record back, and its version, by which counts are kept, with them."""
    counts_at.cache_clear()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage less often: what was imported and collected stays, and looking through it costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


IN_CI = os.environ.get("CI") == "true"

# Times are measured, never asserted: a busy machine would fail an example that holds.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")


def missing_engine(item: pytest.Item) -> str:
    """Say which engine `item` asks for by its mark and this run does not have; empty when it has all."""
    if item.get_closest_marker("needs_postgres") and not os.environ.get("TEST_DATABASE_URL"):
        return "needs PostgreSQL: set TEST_DATABASE_URL"
    if item.get_closest_marker("needs_redis") and not os.environ.get("TEST_REDIS_URL"):
        return "needs Redis: set TEST_REDIS_URL"
    return ""


def pytest_report_header() -> str:
    """Name the engines, without their passwords."""
    default = settings.DATABASES["default"]
    engine = str(default["ENGINE"]).rpartition(".")[2]
    return f"engines: {engine}, broker {'redis' if settings.REDIS_URL else 'filesystem'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, without a skip, what only SQLite can show: the run without TEST_DATABASE_URL has it."""
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    left_out = [item for item in items if item.get_closest_marker("only_sqlite")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose engine is not named; in CI both are."""
    if reason := missing_engine(item):
        pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """In CI a skip is a failure: what was not tried does not count as shown."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped in CI: {report.longrepr[2]}"
    return report
