"""The timeline of the status page: what has happened in the requester's words, and what usually follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app import states
from requests_app.models import Event

# An action without words here (note, link, assignment, examination by the clock) is no step of the requester's.
WORDS: Final[dict[str, Promise]] = {
    "send": _("Sent"),
    "take": _("Taken up for examination"),
    "ask": _("The Office asked you a question"),
    "answer": _("You answered"),
    "accept": _("Found suitable"),
    "decline": _("Not possible this way"),
    "no_means": _("No means at present"),
    "prepare": _("Preparation started"),
    "give": _("Assistance given"),
    "result_asked": _("The Office asked what has changed"),
    "result": _("You said what has changed"),
    "close": _("Closed"),
    "reopen": _("Examination taken up again"),
    "withdraw": _("You withdrew the request"),
    "write": _("You wrote to the Office"),
    "add_document": _("You added a document"),
    "co_signed": _("Another organization signed with you"),
    "co_withdrawn": _("An organization withdrew its signature"),
    "co_voided": _("A signature ended because an answer changed"),
    "ask_to_publish": _("The Office asked whether it may publish a text"),
    "consent": _("You agreed to a text"),
    "refuse": _("You did not agree to a text"),
    "publish": _("The text was published"),
    "take_off": _("The text was taken off"),
}
_DECIDED, _PREPARED, _GIVEN = _("Decision"), _("Preparation"), _("Assistance")
_DECISION_ON: Final = (_DECIDED, _PREPARED, _GIVEN)
AHEAD: Final[dict[str, tuple[Promise, ...]]] = {
    states.SENT: (_("Examination"), *_DECISION_ON),
    states.IN_EXAMINATION: _DECISION_ON,
    states.QUESTION_OUT: _DECISION_ON,
    states.ACCEPTED: (_PREPARED, _GIVEN),
    states.IN_PREPARATION: (_GIVEN,),
}


_OFFICE = _("The Office")
ACTS: Final[dict[str, Promise]] = {
    **dict.fromkeys(states.OPEN, _OFFICE),
    states.DRAFT: _("You"),
    states.QUESTION_OUT: _("You"),
    states.GIVEN: _OFFICE,
}


def acts(status: str) -> Promise | None:
    """Who does the next step; None when none is to be done."""
    return ACTS.get(status)


@dataclass(frozen=True)
class Step:
    """A line of the timeline. `look` is done, now or later; a later one has no time yet."""

    word: Promise
    look: str
    at: datetime | None = None


def timeline(events: Iterable[Event], status: str) -> list[Step]:
    """The steps so far, the last one of an open request as the one where it stands, and those that usually follow."""
    shown = [event for event in events if event.action in WORDS]
    standing = len(shown) - 1 if status in states.OPEN else -1
    steps = [
        Step(WORDS[event.action], "now" if number == standing else "done", event.at)
        for number, event in enumerate(shown)
    ]
    return steps + [Step(word, "later") for word in AHEAD.get(status, ())]
