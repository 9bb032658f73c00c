"""Many officers press at once: one is first, the others are told who it was, nothing happens twice."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from outbox.models import Notice
from requests_app.models import Event, Letter, Request
from requests_app.refusals import NotNow
from requests_app.services import filing, triage
from requests_app.states import DRAFT, IN_EXAMINATION, SENT
from tests.factories import a_request, a_union, an_officer, seen_by

PRESSES = 20
pytestmark = pytest.mark.django_db(transaction=True)


def press_at_once(times: int, press: Callable[[int], object]) -> list[object]:
    """What each of `times` threads that start together got: a result or an exception."""
    barrier, got = Barrier(times), list[object]()

    def run(number: int) -> None:
        try:
            barrier.wait()
            got.append(press(number))
        except Exception as error:
            got.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_of_twenty_who_accept_one_is_first_and_the_others_are_told_who() -> None:
    officers = [an_officer(email=f"officer{number}@example.org") for number in range(PRESSES)]
    request = a_request(status=IN_EXAMINATION)
    before = Notice.objects.count()

    got = press_at_once(
        PRESSES, lambda number: triage.decide(request, "accept", "Found suitable.", by=officers[number])
    )

    [event] = Event.objects.filter(request=request, action="accept")
    refusals = [answer for answer in got if isinstance(answer, Exception)]
    assert [type(refusal) for refusal in refusals] == [NotNow] * (PRESSES - 1), refusals
    assert all(event.actor.name in refusal.sentence for refusal in refusals)  # type: ignore[union-attr]
    assert Letter.objects.filter(request=request, kind="decision").count() == 1
    new = Notice.objects.order_by("created_at")[before:]
    assert Counter(notice.kind for notice in new) == {"request.accepted": 1, "request.decided": 2}


def test_of_twenty_who_take_one_becomes_the_officer() -> None:
    officers = [an_officer(email=f"officer{number}@example.org") for number in range(PRESSES)]
    request = a_request(status=SENT)

    got = press_at_once(PRESSES, lambda number: triage.take(request, by=officers[number]))

    assert sum(isinstance(answer, Event) for answer in got) == 1
    assert Event.objects.filter(request=request, action="take").count() == 1
    assert Request.objects.get(pk=request.pk).officer == Event.objects.get(action="take").actor


def test_twenty_presses_on_send_send_once() -> None:
    union = a_union()
    request = a_request(status=DRAFT, by=union)

    got = press_at_once(PRESSES, lambda _number: filing.send(request, by=union, declared=True))

    assert all(isinstance(answer, Request) for answer in got), got
    assert Event.objects.filter(request=request).count() == 1
    assert Counter(Notice.objects.values_list("kind", flat=True)) == {"request.received": 1, "request.new": 3}
    assert seen_by(union, request).status == SENT
