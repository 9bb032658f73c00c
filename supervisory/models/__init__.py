from supervisory.models.import_run import ImportRun, ItemChange, RunState
from supervisory.models.item import SupervisoryItem
from supervisory.models.item_instrument import ItemInstrument
from supervisory.models.record_version import RecordVersion
from supervisory.models.referral import Referral
from supervisory.models.statistic import Population, Statistic
from supervisory.models.words import About, Body, Extent, Mission, ReportType, Status, Topic, Way

__all__ = [
    "About",
    "Body",
    "Extent",
    "ImportRun",
    "ItemChange",
    "ItemInstrument",
    "Mission",
    "Population",
    "RecordVersion",
    "Referral",
    "ReportType",
    "RunState",
    "Statistic",
    "Status",
    "SupervisoryItem",
    "Topic",
    "Way",
]
