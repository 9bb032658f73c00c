"""What is known of a country and an instrument, as a line of a table says it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.rules.sentences import day_text
from standards.lookup import DENOUNCED, NOT_RATIFIED, RATIFIED, UNKNOWN, RatificationFact
from standards.models import Trust

STATES: dict[str, Promise] = {
    RATIFIED: gettext_lazy("Ratified"),
    NOT_RATIFIED: gettext_lazy("Not ratified"),
    DENOUNCED: gettext_lazy("Denounced"),
    UNKNOWN: gettext_lazy("Not known"),
}
LOOKS = {RATIFIED: "good", NOT_RATIFIED: "note", DENOUNCED: "warn", UNKNOWN: "none"}
NO_LIST = gettext_lazy("no list at hand")


@dataclass(frozen=True)
class Sure:
    """How sure something is, in words. `low`: a best guess, which is marked wherever it is shown."""

    word: str
    low: bool


@dataclass(frozen=True)
class Line:
    """One State and one instrument. `registered` and `sure` are empty where there is nothing to say."""

    word: Promise
    look: str
    registered: str
    listed: str
    sure: Sure | None


def sure(confidence: str) -> Sure | None:
    """The words for a degree of confidence; None where nothing was stated of which one could be sure."""
    return Sure(str(Trust(confidence).label), confidence == Trust.LOW) if confidence else None


def line(fact: RatificationFact) -> Line:
    """A fact in words. Of what is not known nothing is sure, whatever the line of the list says of itself."""
    known = fact.status != UNKNOWN
    return Line(
        word=STATES[fact.status],
        look=LOOKS[fact.status],
        registered=registered(fact),
        listed=day_text(fact.list_date) if fact.list_date else str(NO_LIST),
        sure=sure(fact.confidence) if known else None,
    )


def registered(fact: RatificationFact) -> str:
    """The day of registration, else its year; empty where there was no registration."""
    if fact.status not in (RATIFIED, DENOUNCED):
        return ""
    if fact.date:
        return date_format(fact.date, "DATE_FORMAT")
    return str(fact.year) if fact.year else _("day not known")
