"""The shipped data and the sample of the record, loaded once for each file of tests."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def the_record(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("load_supervisory", verbosity=0)
        yield
        transaction.set_rollback(True)
