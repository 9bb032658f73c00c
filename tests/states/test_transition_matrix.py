"""Status × action × role, generated from the table of states and the table of relations, tried through the services."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Specialist, User
from requests_app import permissions, states
from requests_app.models import Assignment, Event, Letter, People, Publication, Request, Result
from requests_app.models.access import BRANCH_ACTIONS, WRITER_ACTIONS
from requests_app.refusals import NotNow, NotPermitted, Overtaken
from requests_app.services import assigning, documents, filing, publishing, results, triage
from tests.documents.files import received
from tests.factories import a_member, a_request, a_specialist, a_union, an_employer, an_officer, seen_by

pytestmark = pytest.mark.django_db

# What each role may do with a sent request, whatever its state; a draft is its author's alone.
ROLES: dict[str, tuple[Callable[[], User], frozenset[str]]] = {
    "author": (a_union, WRITER_ACTIONS),
    "colleague who writes": (lambda: a_member("workers", email="second@example.org"), WRITER_ACTIONS),
    "colleague who reads": (lambda: a_member("workers", role="reader"), frozenset()),
    "officer of the Branch": (an_officer, BRANCH_ACTIONS),
    "officer of ACTRAV": (lambda: an_officer("actrav"), frozenset({"note"})),
    "specialist of the station": (lambda: an_officer("YAO"), frozenset({"note"})),
    "officer of ACT/EMP": (lambda: an_officer("actemp"), frozenset()),
    "employer": (an_employer, frozenset()),
}


def tell(request: Request, action: str, by: User) -> object:
    """What a requester writes; the result, once it was asked for."""
    if action == "result":
        Result.objects.filter(request=request).update(asked_at=timezone.now())
        return results.record_result(request, "better", "Text.", by=by)
    return getattr(filing, action)(request, "Text.", by=by)


@dataclass(frozen=True)
class Others:
    """Who stands beside an attempt: made once, as there are some two thousand attempts."""

    author: User
    officer: User
    specialist: Specialist


def do(request: Request, action: str, by: User, others: Others) -> object:
    """Call the service of `action`."""
    if action == "send":
        return filing.send(request, by=by, declared=True)
    if action == "answer":
        return filing.answer(request, filing.open_question(request) or Letter(pk=0), "Text.", {}, by=by)
    if action in ("write", "withdraw", "result"):
        return tell(request, action, by)
    if action == "add_document":
        return documents.add_document(request, received(), by=by)
    if action == "ask":
        return triage.ask(request, "Text.", ["Q9"], by=by)
    if action in triage.DECISIONS:
        return triage.decide(request, action, "Text.", by=by)
    if action in ("assign", "unassign"):
        return about_somebody(request, action, by, others)
    if action in publishing.ACTIONS:
        return about_publishing(request, action, by, others)
    if action in ("reopen", "note"):
        return getattr(triage, action)(request, "Text.", by=by)
    return triage.take(request, by=by) if action == "take" else triage.move(request, action, by=by)


def about_somebody(request: Request, action: str, by: User, others: Others) -> object:
    """Give it to a specialist, or take it back from one who has it."""
    one, now = others.specialist, timezone.now()
    if action == "assign":
        return assigning.assign(request, str(one.pk), "Text.", by=by)
    Assignment.objects.create(
        request=request, specialist=one, unit=one.unit, country=request.country, by=others.officer, since=now
    )
    return assigning.unassign(request, "Text.", by=by)


def about_publishing(request: Request, action: str, by: User, others: Others) -> object:
    """A text stands of which the action can be done."""
    People.objects.filter(request=request).update(may_know="others")
    if action == "ask_to_publish":
        return publishing.ask_to_publish(request, "Text.", by=by)
    uid, now = uuid.uuid4(), timezone.now()
    agreed = {"state": "agreed", "agreed_by": others.author, "agreed_at": now} if action == "publish" else {}
    given = {"country": request.country, "kind": request.kind, "year": 2026, "text": "Text.", "language": "en"}
    Publication.objects.create(uid=uid, request=request, asked_by=others.officer, asked_at=now, **given, **agreed)
    if action == "consent":
        return publishing.consent(request, str(uid), by=by)
    if action == "take_off":
        return publishing.take_off(request, "Text.", by=by)
    return getattr(publishing, action)(request, by=by)


def may(role: str, action: str, status: str) -> bool:
    """What the two tables say."""
    if status == states.DRAFT:
        return role == "author" and action == "send"
    return action in ROLES[role][1] and states.may_follow(action, status)


class Undo(Exception):
    """Ends an attempt that succeeded, so that the next one finds the request as it was."""


@pytest.mark.parametrize("status", sorted(states.STATUSES))
def test_who_may_do_what_in_which_state(status: str) -> None:
    request, others = a_request(status=status), Others(a_union(), an_officer(), a_specialist())
    for role, (person, _actions) in ROLES.items():
        user = person()
        for action in states.BY_ACTION:
            # Sending again is no error and changes nothing: tests/story/test_race.py
            if action != "send" or status == states.DRAFT:
                try_it(request, role, action, user, others)


def try_it(request: Request, role: str, action: str, user: User, others: Others) -> None:
    """Do it and undo it; whether it could be done is what the tables say, and what was refused changed nothing."""
    events, allowed = Event.objects.filter(request=request).count(), may(role, action, request.status)
    if (role, action, request.status) == ("author", "add_document", states.DRAFT):
        allowed = True  # who edits a draft adds to it: its button is that of editing
    try:
        with transaction.atomic():
            do(request, action, user, others)
            assert allowed, f"{role} could {action} in {request.status}"
            raise Undo
    except Undo:
        return
    except (NotPermitted, NotNow, Overtaken, Request.DoesNotExist) as refused:
        assert not allowed, f"{role} could not {action} in {request.status}: {refused!r}"
    assert Request.objects.values_list("status", "version").get(pk=request.pk) == (request.status, request.version)
    assert Event.objects.filter(request=request).count() == events


@pytest.mark.parametrize("status", sorted(states.STATUSES))
def test_the_buttons_are_those_of_the_table(status: str) -> None:
    request = a_request(status=status)
    for role, (person, _actions) in ROLES.items():
        try:
            buttons = set(permissions.available(seen_by(person(), request)))
        except Request.DoesNotExist:
            buttons = set()
        wanted = {action for action in states.BY_ACTION if may(role, action, status)}
        assert buttons & set(states.BY_ACTION) == wanted, role
