"""What officers do: take, ask, decide, prepare, close, reopen, note. Giving it to a specialist: assigning.py."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from requests_app import permissions
from requests_app.catalogue import places
from requests_app.models import Event, Letter, Note, Request
from requests_app.models.exchange import DECISION, QUESTION
from requests_app.refusals import Incomplete
from requests_app.services import cosigning, notices, results
from requests_app.services.filing import written
from requests_app.services.transition import apply, lock

# The decisions that go to the requester by letter, and the notice that each owes.
DECISIONS = {"accept": "accepted", "decline": "declined", "no_means": "no_means", "give": "given"}


@transaction.atomic
def take(request: Request, *, by: User) -> Event:
    """Take a sent request for examination. Raises NotPermitted or NotNow."""
    request = lock(request, by=by)
    permissions.check(request, "take")
    request.officer = by
    return apply(request, "take", by=by, fields=["officer"])


@transaction.atomic
def ask(request: Request, text: str, questions: Sequence[str], *, by: User, both: bool = False) -> Event:
    """Send the requester one letter and open these questions (ids) for answering. Raises as `take`, or Incomplete.

    `both`: the letter goes to the organizations that signed, too.
    """
    request = lock(request, by=by)
    permissions.check(request, "ask")
    known = places(request.kind)
    if unknown := [question for question in questions if question not in known]:
        raise Incomplete(_("Choose questions that belong to this request."), unknown)
    _letter(request, QUESTION, written(text), by, list(dict.fromkeys(questions)), both=both)
    event = apply(request, "ask", by=by)
    notices.tell("question", request, notices.requester(request), event)
    return event


@transaction.atomic
def decide(request: Request, action: str, text: str, *, by: User, both: bool = False) -> Event:
    """Accept, decline, say that there are no means, or record that assistance was given, with a letter.

    A letter is needed for all but accepting and giving, and where it goes to the organizations that signed, too
    (`both`). Raises NotPermitted, NotNow, Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, action)
    text = written(text, needed=both or action in ("decline", "no_means"))
    if text:
        _letter(request, DECISION, text, by, both=both)
    event = apply(request, action, by=by)
    if action == "give":
        results.expect(request, event.at)
    notices.tell(DECISIONS[action], request, notices.requester(request), event)
    others = [row for row in notices.routed(request, full_only=True) if row.unit.kind != notices.BRANCH]
    notices.tell("decided", request, notices.units(others), event)
    return event


@transaction.atomic
def move(request: Request, action: str, *, by: User) -> Event:
    """Start the preparation, or close what was given. Raises NotPermitted or NotNow."""
    request = lock(request, by=by)
    return apply(request, action, by=by)


@transaction.atomic
def reopen(request: Request, reason: str, *, by: User) -> Event:
    """Take up again what was declined or lacked means; the reason is kept as a note. Raises also Incomplete."""
    request = lock(request, by=by)
    permissions.check(request, "reopen")
    add_note(request, written(reason), by)
    return apply(request, "reopen", by=by)


@transaction.atomic
def note(request: Request, text: str, *, by: User) -> Event:
    """Add an internal note. Raises NotPermitted, NotNow, Incomplete."""
    request = lock(request, by=by)
    permissions.check(request, "note")
    add_note(request, written(text), by)
    return apply(request, "note", by=by)


def add_note(request: Request, text: str, by: User) -> Note:
    """Keep a text as an internal note. It is part of another action, which asks who may do it and makes the event."""
    return Note.objects.create(request=request, author=by, text=text, at=timezone.now())


def _letter(
    request: Request, kind: str, text: str, by: User, questions: list[str] | None = None, *, both: bool
) -> Letter:
    others = cosigning.addressed_too(request) if both else []
    letter = Letter.objects.create(
        request=request,
        kind=kind,
        from_office=True,
        author=by,
        language=request.language,
        text=text,
        questions=questions or [],
        sent_at=timezone.now(),
    )
    letter.also_to.set(others)
    notices.tell_of("co_letter", request, notices.writers(request, [one.pk for one in others]), str(letter.uid))
    return letter
