"""The pages for everybody, and every way of saying no."""

from tests.ux.measures import Measures

AREA = "public"


class TestPublicPages(Measures):
    """In every language."""
