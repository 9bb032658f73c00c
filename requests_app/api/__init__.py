"""The door for machines: requests, their sections, acts and exchange, as JSON."""

from api.problems import REFUSALS
from requests_app.refusals import Incomplete, NotNow, NotPermitted, Overtaken

REFUSALS.update(
    {NotPermitted: "not-permitted", NotNow: "not-now", Incomplete: "incomplete", Overtaken: "changed-meanwhile"}
)
