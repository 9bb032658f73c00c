from standards.models.country import Country, Region
from standards.models.course import Course, Mode
from standards.models.coverage import Coverage
from standards.models.data_file import DataFile
from standards.models.instrument import Category, Instrument, InstrumentKind, InstrumentStatus
from standards.models.ratification import Ratification, RatificationStatus
from standards.models.ratification_list import RatificationList
from standards.models.station import Station, StationRegion
from standards.models.trust import Trust

__all__ = [
    "Category",
    "Country",
    "Course",
    "Coverage",
    "DataFile",
    "Instrument",
    "InstrumentKind",
    "InstrumentStatus",
    "Mode",
    "Ratification",
    "RatificationList",
    "RatificationStatus",
    "Region",
    "Station",
    "StationRegion",
    "Trust",
]
