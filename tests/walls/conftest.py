"""A database world that a whole file of tests looks at: built once, taken back at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction

from api import throttles


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker) -> Callable:
    """`with kept(build) as world:` – what `build()` made stays for every test of the module; each test's own changes
    are taken back after the test."""

    @contextmanager
    def keep(build: Callable[[], object]) -> Iterator[object]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield build()
            transaction.set_rollback(True)

    return keep


@pytest.fixture(autouse=True)
def no_counting_of_tries() -> Iterator[None]:
    """Tries are counted in the cache, calls of the API also beside it; a crawl of every page is many tries."""
    for counts in (cache, throttles._own):
        counts.clear()
    yield
    for counts in (cache, throttles._own):
        counts.clear()
