"""Routing follows the rule at sending and after every answer: who begins to read is told, who need not know ends."""

import pytest

from outbox.models import Notice
from requests_app.kinds import SEMINAR
from requests_app.models import Request, Seminar
from requests_app.services import filing, triage
from requests_app.states import IN_EXAMINATION, SENT
from tests.factories import a_request, a_station, a_union, an_officer, seen_by

pytestmark = pytest.mark.django_db


def routed(request: Request) -> dict[str, str]:
    """The units of now, with their level."""
    rows = request.routings.current().select_related("unit")
    return {row.unit.station_id or row.unit.kind: row.level for row in rows}


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=f"request.{kind}").values_list("address", flat=True))


def answer(request: Request, question: str, change: dict) -> None:
    """The officer opens one question and the union answers it."""
    triage.ask(request, "One more question.", [question], by=an_officer())
    letter = filing.open_question(request)
    assert letter is not None
    filing.answer(request, letter, "Here it is.", change, by=a_union())


def test_an_answer_that_brings_in_employers_informs_their_bureau_and_one_that_does_not_ends_it() -> None:
    request = a_request(SEMINAR, IN_EXAMINATION)
    assert "actemp" not in routed(request)

    answer(request, "A9", {Seminar: ({"taking_part": ["workers", "employers"]}, {})})
    assert routed(request)["actemp"] == "informed"
    assert told("new").count("actemp@example.org") == 1
    assert seen_by(an_officer("actemp"), request).sight.summary

    answer(request, "A9", {Seminar: ({"taking_part": ["workers"]}, {})})
    assert "actemp" not in routed(request)
    with pytest.raises(Request.DoesNotExist):
        seen_by(an_officer("actemp"), request)


def test_an_answer_that_names_another_country_moves_the_request_to_its_station() -> None:
    a_station("DKR", "Dakar", serves="SN")
    request = a_request(SEMINAR, IN_EXAMINATION)
    specialist = an_officer("YAO")
    assert seen_by(specialist, request).sight.full

    answer(request, "N3", {Request: ({"country": "SN"}, {})})
    assert {"branch", "actrav", "DKR"} == set(routed(request))
    assert told("new").count("dkr@example.org") <= 1
    with pytest.raises(Request.DoesNotExist):
        seen_by(specialist, request)


def test_an_answer_that_changes_nothing_of_it_tells_nobody_anew() -> None:
    request = a_request(SEMINAR, IN_EXAMINATION)
    before, rows = told("new"), request.routings.count()
    answer(request, "A8", {Seminar: ({"languages": ["en"]}, {})})
    assert (told("new"), request.routings.count()) == (before, rows)


def test_sending_routes_once() -> None:
    request = a_request(SEMINAR, SENT)
    filing.send(request, by=a_union(), declared=True)
    assert request.routings.count() == len(routed(request)) == 3
