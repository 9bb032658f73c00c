"""Signing in, joining, one's own account, organizations."""

from tests.ux.measures import Measures

AREA = "accounts"


class TestAccountPages(Measures):
    """In every language."""
