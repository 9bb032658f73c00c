"""Every read-only list of reference data and of the record, in the order of their addresses."""

from typing import Final

from ta_portal.api import countries, figures, instruments, record, stations
from ta_portal.api.records import Kept

LISTS: Final[tuple[Kept, ...]] = (
    *countries.LISTS,
    *instruments.LISTS,
    *stations.LISTS,
    *record.LISTS,
    *figures.LISTS,
)
