"""Who sits before the browser in the tests of the constituents' pages."""

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import a_union


def at_the_browser(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def union(db: None) -> User:
    """Somebody who writes for a workers' organization."""
    return a_union()


@pytest.fixture
def client(union: User) -> Client:
    """The union's browser."""
    return at_the_browser(union)
