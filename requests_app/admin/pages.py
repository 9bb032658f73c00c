"""The actions of the desk as data: what each page says, which text it takes, and which service does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from requests_app.models import Request
from requests_app.services import assigning, publishing, triage
from requests_app.services.letters import decision_letter

NO_TEXT: Final = "none"
LETTER: Final = "letter"
INTERNAL: Final = "internal"
PUBLIC: Final = "public"

POINTS: Final = "points"
REASONS: Final = "reasons"
SPECIALISTS: Final = "specialists"


@dataclass(frozen=True)
class Typed:
    """What an officer gave: a text, the findings that he ticked (uids), questions (ids), reason and way out.

    `both`: the letter goes to the organizations that signed, too.
    """

    text: str = ""
    findings: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    reason: str = ""
    alternative: str = ""
    specialist: str = ""
    both: bool = False
    version: int | None = None


@dataclass(frozen=True)
class ActionPage:
    """A page: what it says, the text it takes, what is chosen on it, its first step if it has two, what it does."""

    about: Promise
    do: Callable[[Request, Typed, User], object]
    text: str = NO_TEXT
    first_step: str = ""
    chosen: str = ""
    grave: bool = False
    prefill: Callable[[Request], str] = lambda request: ""


def _decide(action: str) -> Callable[[Request, Typed, User], object]:
    return lambda request, typed, by: triage.decide(request, action, typed.text, by=by, both=typed.both)


def _move(action: str) -> Callable[[Request, Typed, User], object]:
    return lambda request, typed, by: triage.move(request, action, by=by)


def _opening(action: str) -> Callable[[Request], str]:
    return lambda request: decision_letter(request, action)


PAGES: Final = {
    "take": ActionPage(
        _("You become the officer of this request and examine it. The requester reads that it is being examined."),
        lambda request, typed, by: triage.take(request, by=by),
    ),
    "ask": ActionPage(
        _("One letter with your questions. The requester can change the answers that you open, and no others."),
        lambda request, typed, by: triage.ask(request, typed.text, typed.questions, by=by, both=typed.both),
        text=LETTER,
        first_step=POINTS,
    ),
    "accept": ActionPage(
        _("The requester reads that the request was found suitable. Without a text no letter is sent."),
        _decide("accept"),
        text=LETTER,
        prefill=_opening("accept"),
    ),
    "decline": ActionPage(
        _("The letter gives the reasons and says what else can be done. You can reopen the request later."),
        _decide("decline"),
        text=LETTER,
        first_step=REASONS,
        grave=True,
    ),
    "no_means": ActionPage(
        _("The request is suitable, but means are lacking. It stays on record and can be reopened."),
        _decide("no_means"),
        text=LETTER,
        grave=True,
        prefill=_opening("no_means"),
    ),
    "assign": ActionPage(
        _(
            "The specialists of the unit that you choose read the request from now on; those of another station that "
            "has it now read it no more. The requester sees no change."
        ),
        lambda request, typed, by: assigning.assign(request, typed.specialist, typed.text, by=by),
        text=INTERNAL,
        chosen=SPECIALISTS,
    ),
    "unassign": ActionPage(
        _(
            "No specialist has the request then, and it is read by the units that the rule names. Say why: the reason "
            "is kept as an internal note."
        ),
        lambda request, typed, by: assigning.unassign(request, typed.text, by=by),
        text=INTERNAL,
    ),
    "prepare": ActionPage(
        _("The requester reads that the assistance is being prepared."),
        _move("prepare"),
    ),
    "give": ActionPage(
        _("The requester reads that the assistance was given. Without a text no letter is sent."),
        _decide("give"),
        text=LETTER,
        prefill=_opening("give"),
    ),
    "ask_to_publish": ActionPage(
        _(
            "The requester is asked whether exactly this text may stand on the public pages, with country, kind of "
            "help, year, Conventions and the comments and cases that the request addresses. Nothing is public before "
            "the requester agrees and you publish it. Who asked stands there only if the text says so."
        ),
        lambda request, typed, by: publishing.ask_to_publish(request, typed.text, by=by),
        text=PUBLIC,
    ),
    "publish": ActionPage(
        _("Everybody can read the text from now on. The requester is told and can end that at any time."),
        lambda request, typed, by: publishing.publish(request, by=by),
    ),
    "take_off": ActionPage(
        _("Nobody can read the text any more. Say why: the reason is kept as an internal note. The requester is told."),
        lambda request, typed, by: publishing.take_off(request, typed.text, by=by),
        text=INTERNAL,
        grave=True,
    ),
    "close": ActionPage(_("Nothing more is to be done. The request stays readable."), _move("close")),
    "reopen": ActionPage(
        _("The request is examined again. Say why: the reason is kept as an internal note."),
        lambda request, typed, by: triage.reopen(request, typed.text, by=by),
        text=INTERNAL,
    ),
    "note": ActionPage(
        _("Officers who read this request in full see the note. The requester never does."),
        lambda request, typed, by: triage.note(request, typed.text, by=by),
        text=INTERNAL,
    ),
}
