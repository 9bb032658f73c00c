"""What every test finds: which engines run, and that nothing is skipped in CI."""

import os

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from requests_app import append_only

emptying_by_flush = TransactionTestCase._fixture_teardown


def empty_the_record_too(case: TransactionTestCase) -> None:
    """Take the record's triggers off while a transactional test is cleaned up: SQLite empties tables by DELETE."""
    append_only.remove(connection)
    try:
        emptying_by_flush(case)
    finally:
        append_only.install(connection)


TransactionTestCase._fixture_teardown = empty_the_record_too


@pytest.fixture(autouse=True)
def english() -> None:
    """Every test begins in English: a request leaves its language behind in the thread."""
    translation.activate("en")


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
