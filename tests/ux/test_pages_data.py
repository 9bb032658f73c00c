"""Standards and the supervisory record at the desk."""

from tests.ux.crawl import Crawl
from tests.ux.measures import DJANGOS_OWN, Measures

AREA = "reference data"


class TestDataPages(Measures):
    """In every language."""

    def test_the_faults_of_djangos_tables_and_labels_are_still_there(self, crawl: Crawl) -> None:
        """Else they are taken off the list."""
        faults = {fault.partition(" ")[0] for one in crawl.seen for fault in one.violations}
        assert {"empty-table-header:", "label-title-only:"} == faults & set(DJANGOS_OWN)
