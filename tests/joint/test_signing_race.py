"""Signing while who files saves: a signature holds for exactly what is stored, or has ended and is asked for again."""

from collections.abc import Callable
from itertools import count
from threading import Thread

import pytest
from django.db import connection, transaction

from accounts.models import User
from outbox.models import Notice
from requests_app.models import CoSignature, Request, Situation
from requests_app.models.cosignature import INVITED, SIGNED, VOID
from requests_app.refusals import NotPermitted
from requests_app.services import cosigning, filing
from tests.joint.conftest import asked, signed
from tests.joint.test_signing import change
from tests.story.test_race import press_at_once
from tests.story.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6
LATER = "Since this morning it is another matter, and a more serious one."
BLOCKED_BY_ME = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


class Beside(Thread):
    """Does something in a thread with a connection of its own; `error` is what it raised."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act, self.error = act, None
        self.start()

    def run(self) -> None:
        try:
            self.act()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def waits_for_me(self) -> None:
        """Until it waits for what this transaction holds; fails when it got past."""
        until(lambda: blocked() or not self.is_alive(), "the other one waits or is through")
        assert self.is_alive(), f"it did not wait: {self.error}"


def blocked() -> bool:
    """Whether somebody waits for a lock of this connection."""
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED_BY_ME)
        return cursor.fetchone() is not None


def stored(request: Request) -> Request:
    """The request as it stands, with its sections."""
    return Request.objects.with_sections().get(pk=request.pk)


def each_signature_holds_for_what_is_stored(request: Request) -> None:
    """The rule of this file, whoever was first."""
    snapshot, digest = cosigning.snapshot_of(stored(request))
    rows = list(request.cosignatures.all())
    for row in rows:
        assert row.state in (INVITED, SIGNED, VOID)
        if row.state == SIGNED:
            assert (row.digest, row.snapshot) == (digest, snapshot)
    again = Notice.objects.filter(kind="request.co_again").count()
    assert again == sum(row.state == VOID for row in CoSignature.objects.all())
    assert sum(row.until is None for row in rows) == 1


@pytest.mark.needs_postgres
def test_who_signs_while_a_change_is_being_stored_signs_the_changed_text(
    union: User, employer: User, draft: Request
) -> None:
    row = asked(draft, union, employer)
    with transaction.atomic():
        change(draft, Situation, "happening", LATER, union)
        signing = Beside(lambda: cosigning.sign(draft, row.uid, by=employer, declared=True))
        signing.waits_for_me()
    signing.join()
    assert signing.error is None
    row.refresh_from_db()
    assert row.state == SIGNED
    assert row.snapshot["answers"]["situation"]["happening"] == LATER
    each_signature_holds_for_what_is_stored(draft)


@pytest.mark.needs_postgres
def test_a_change_that_comes_while_somebody_signs_ends_that_signature_and_asks_again(
    union: User, employer: User, draft: Request
) -> None:
    row = asked(draft, union, employer)
    with transaction.atomic():
        cosigning.sign(draft, row.uid, by=employer, declared=True)
        saving = Beside(lambda: change(draft, Situation, "happening", LATER, union))
        saving.waits_for_me()
    saving.join()
    assert saving.error is None
    first, second = draft.cosignatures.all()
    assert (first.pk, first.state, second.state) == (row.pk, VOID, INVITED)
    assert Notice.objects.filter(kind="request.co_again", address=employer.email).count() == 1
    assert stored(draft).section(Situation).happening == LATER
    each_signature_holds_for_what_is_stored(draft)


@pytest.mark.needs_postgres
def test_who_signs_while_the_invitation_is_taken_back_is_refused(union: User, employer: User, draft: Request) -> None:
    row = asked(draft, union, employer)
    with transaction.atomic():
        cosigning.take_back(draft, row.uid, by=union)
        signing = Beside(lambda: cosigning.sign(draft, row.uid, by=employer, declared=True))
        signing.waits_for_me()
    signing.join()
    assert isinstance(signing.error, Request.DoesNotExist | NotPermitted)
    assert not draft.cosignatures.signed().exists()


@pytest.mark.needs_postgres
def test_of_two_changes_at_once_the_signature_is_asked_for_again_once(
    union: User, employer: User, draft: Request
) -> None:
    signed(draft, union, employer)
    with transaction.atomic():
        change(draft, Situation, "happening", LATER, union)
        saving = Beside(lambda: change(draft, Situation, "happening", LATER + " Once more.", union))
        saving.waits_for_me()
    saving.join()
    assert saving.error is None
    assert [row.state for row in draft.cosignatures.all()] == [VOID, INVITED]
    each_signature_holds_for_what_is_stored(draft)


def test_whoever_of_several_is_first_nobody_has_signed_anything_else(
    union: User, employer: User, draft: Request
) -> None:
    """Free running, on both engines: two presses on Sign and two saves at a time, again and again."""
    texts = (f"{LATER} Number {number}." for number in count())
    asked(draft, union, employer)
    for _round in range(ROUNDS):
        row = draft.cosignatures.current().get()
        first, second = next(texts), next(texts)
        acts = [
            lambda row=row: cosigning.sign(draft, row.uid, by=employer, declared=True),
            lambda text=first: change(draft, Situation, "happening", text, union),
        ] * 2
        acts[3] = lambda text=second: change(draft, Situation, "happening", text, union)
        got = press_at_once(len(acts), lambda number, acts=acts: acts[number]())
        refused = [answer for answer in got if isinstance(answer, Exception)]
        assert all(isinstance(answer, NotPermitted) for answer in refused), refused
        each_signature_holds_for_what_is_stored(draft)
    filing.save_answers(stored(draft).section(Situation), {"happening": LATER}, {}, by=union)
    each_signature_holds_for_what_is_stored(draft)
