"""From signing in to withdrawing, for each of the five kinds: without scripts, and by the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from requests_app import states
from requests_app.facts import gather, unasked_questions
from requests_app.kinds import KINDS, NOT_SURE
from requests_app.models import Letter, Request
from requests_app.models.sections.registry import sections_of
from requests_app.services import triage
from tests import factories as make
from tests.ux.figures import write
from tests.ux.journey import Journey, Keys, Pointer

FIVE = [kind for kind in KINDS if kind != NOT_SURE]
ANSWER = "Twenty judges of the labour courts."


@pytest.fixture(scope="module")
def union(db: None):
    return make.a_union()


def office_asks(request: Request) -> None:
    """The officer takes it and asks."""
    officer = make.an_officer()
    triage.take(make.seen_by(officer, request), by=officer)
    triage.ask(make.seen_by(officer, request), "Who is the audience?", [], by=officer)


def whole(journey: Journey, union, kind: str) -> Request:
    """Sign in, fill in, send, be asked, answer, withdraw."""
    page = journey.page
    page.goto("/en/")
    journey.follow("Start a request")
    journey.sign_in(union)
    journey.pages, journey.presses = 1, 0  # the page *New request*
    journey.begin(kind)
    journey.through_the_sections()
    request = journey.send()
    counted = (journey.pages, journey.presses)
    assert request.status == states.SENT
    office_asks(request)
    page.goto(f"/en/requests/{request.reference}/")
    journey.answer(ANSWER)
    assert Letter.objects.filter(request=request, text=ANSWER).count() == 1
    journey.withdraw()
    journey.pages, journey.presses = counted
    return Request.objects.get(pk=request.pk)


def expected(kind: str) -> list[str]:
    """The questions of a kind that expect an answer from somebody who answers everything that is asked of him."""
    draft = make.a_draft(kind)
    answers, unasked = draft.snapshot(), unasked_questions(gather(draft).ratifications)
    found = [question.id for question in Request.questions if not question.optional]
    for section in sections_of(kind):
        for question in section.questions:
            asks = question.follows is None or question.follows.asked(answers[section.slug])
            asks = asks and question.id not in unasked
            if not question.optional and asks and (not question.kinds or kind in question.kinds):
                found.append(question.id)
    return found


@pytest.mark.parametrize("kind", FIVE)
def test_the_whole_way_without_scripts(open_tab: Callable[..., Page], union, kind: str) -> None:
    page = open_tab(java_script_enabled=False)
    journey = Journey(page, Pointer(page))
    assert whole(journey, union, kind).status == states.WITHDRAWN
    write("steps", {kind: {"pages": journey.pages, "presses": journey.presses}})
    assert journey.pages <= 12
    assert journey.presses <= 11


@pytest.mark.parametrize("kind", FIVE)
def test_the_whole_way_by_the_keyboard_alone(open_tab: Callable[..., Page], union, kind: str) -> None:
    page = open_tab()
    assert whole(Journey(page, Keys(page)), union, kind).status == states.WITHDRAWN
    write("keyboard", {kind: "done"})


@pytest.mark.parametrize("kind", FIVE)
def test_no_more_than_twenty_two_answers_are_expected_and_eight_block(union, kind: str) -> None:
    asked = expected(kind)
    blocking = [name for part in (Request, *sections_of(kind)) for q in part.questions for name in q.blocks]
    blocking = {*blocking, "kind", "country", "organization", "declared"}
    write("answers", {kind: {"expected": len(asked), "blocking": len(blocking)}})
    assert len(asked) <= 22
    assert len(blocking) == 8
