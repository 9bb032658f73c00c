"""What the rules look at: one frozen picture of a request and of what is known of its country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# The three groups of constituents.
GOVERNMENT = "government"
EMPLOYERS = "employers"
WORKERS = "workers"

RATIFIED = "ratified"
NOT_RATIFIED = "not_ratified"
DENOUNCED = "denounced"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Ratified:
    """What the list says of one Convention and the country on the day of the facts. `day` is an ISO date or a year."""

    code: str
    status: str
    day: str
    list_date: str
    confidence: str


@dataclass(frozen=True)
class Station:
    """The station that serves the country, and how sure that is."""

    code: str
    city: str
    confidence: str
    disputed: bool
    is_headquarters: bool


@dataclass(frozen=True)
class Facts:
    """`answers` by section and field, of the sections that the kind of help asks for; a field without answer is empty.

    `open` holds the ids of the questions that count and are left open, `unasked` those that the facts rule out.
    `has_documents`: at least one document is there. `on` is the filing date, today before sending.
    """

    on: date
    kind: str
    group: str
    country: str
    answers: Mapping[str, Mapping[str, Any]]
    open: frozenset[str]
    ratifications: tuple[Ratified, ...] = ()
    station: Station | None = None
    unasked: frozenset[str] = frozenset()
    has_documents: bool = False

    def answer(self, section: str, field: str) -> Any:
        """The answer in `field`. Raises KeyError for a name that no section has, so that a typing slip is noticed."""
        return self.answers[section][field]
