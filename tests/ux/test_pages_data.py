"""Standards and the supervisory record at the desk."""

from tests.ux.crawl import Crawl
from tests.ux.measures import DJANGOS_OWN, Measures

AREA = "reference data"


class TestDataPages(Measures):
    """In every language."""

    def test_each_fault_that_is_left_to_django_is_still_there(self, crawl: Crawl) -> None:
        """Else it is taken off the list."""
        faults = {fault.partition(" ")[0] for one in crawl.seen for fault in (*one.violations, *one.faults)}
        assert {known for known in DJANGOS_OWN if known.partition(" ")[0] in faults} == set(DJANGOS_OWN)
