"""Courses of Turin beside the specialists: what is past says so, what is not certain says so, the nearest first."""

from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from requests_app.kinds import OPINION, SEMINAR
from requests_app.matching import Need
from requests_app.models import Seminar
from requests_app.training import rank_courses
from standards.models import Course, DataFile
from tests.factories import a_request, an_officer

TODAY = date(2026, 11, 22)


def a_course(code: str = "judges", **fields: object) -> Course:
    given = {"title": "Standards", "place": "Turin", "mode": "face-to-face", "confidence": "high", "source": "a page"}
    return Course(code=code, **{**given, **fields})


def need(kind: str = SEMINAR, languages: tuple[str, ...] = ("fr",)) -> Need:
    return Need(kind=kind, group="workers", region="Africa", languages=languages)


def said(course: Course, *audience: str, kind: str = SEMINAR) -> str:
    place = rank_courses(need(kind), audience, [course], TODAY)[0]
    return " ".join(f"{reason.look}: {reason.sentence}" for reason in place.reasons)


def test_a_past_course_is_marked_as_past() -> None:
    words = said(a_course(starts=date(2020, 5, 11), ends=date(2020, 5, 22)))
    assert "doubt: Past: 11 May 2020" in words
    assert "Past; its year is not known" in said(a_course())


def test_a_self_guided_course_is_open_from_its_first_day_on() -> None:
    assert "helps: Open since" in said(a_course(starts=date(2024, 2, 6), mode="self-guided"))


def test_what_is_not_certain_says_so() -> None:
    assert "Not certain" in said(a_course(confidence="low"))
    assert "Not certain" not in said(a_course(confidence="medium"))


def test_audience_and_language_help_and_an_unknown_language_is_a_doubt() -> None:
    words = said(a_course(audience="judges lawyers", languages="fr en"), "judges", "parliament")
    assert "helps: Is for the audience that is asked for: Judges." in words
    assert "helps: Is held in: fr." in words
    assert "doubt: Its languages are not known." in said(a_course())
    assert "against:" in said(a_course(languages="ru"))


def test_for_another_kind_of_help_it_is_said_that_it_is_training() -> None:
    assert "another kind of help" in said(a_course(), kind=OPINION)
    assert "another kind of help" not in said(a_course())


def test_the_open_and_the_nearest_stand_first_and_the_uncertain_last() -> None:
    courses = [
        a_course("old", starts=date(2012, 1, 1)),
        a_course("uncertain", confidence="low", audience="judges", languages="fr"),
        a_course("near", starts=date(2007, 1, 1), audience="judges"),
        a_course("open", starts=date(2024, 1, 1), mode="self-guided"),
    ]
    ranked = rank_courses(need(), ["judges"], courses, TODAY)
    assert [place.course.code for place in ranked] == ["open", "near", "old", "uncertain"]


@pytest.mark.django_db
def test_the_shipped_courses_stand_on_the_page_with_their_sources_and_load_once() -> None:
    call_command("load_reference", verbosity=0)
    call_command("load_reference", verbosity=0)
    assert (Course.objects.count(), DataFile.objects.get(pk="turin_courses.csv").version) == (8, 1)
    request = a_request(SEMINAR, answers={Seminar: {"audience": ["judges"]}})
    client = Client()
    client.force_login(an_officer())
    page = client.get(reverse("admin:requests_request_act", args=[request.reference, "assign"]))
    places = page.context["courses"]
    assert len(places) == 8
    assert all(place.course.source in page.text for place in places)
    assert "workshop, not a Turin course" in page.text
    assert page.context["turin_first"]
