"""What constituents fill in, send and follow."""

from tests.ux.measures import Measures

AREA = "requests"


class TestRequestPages(Measures):
    """In every language."""
