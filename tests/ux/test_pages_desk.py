"""The desk's start, people and units, notices, the map of gaps."""

from tests.ux.measures import Measures

AREA = "desk"


class TestDeskPages(Measures):
    """In every language."""
