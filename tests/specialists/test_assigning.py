"""Giving a request to a specialist: who reads it then, who reads it no more, and what is kept."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Specialist, User
from outbox.models import Notice
from requests_app import providers
from requests_app.kinds import SEMINAR
from requests_app.models import Assignment, Event, Note, Request, Seminar
from requests_app.refusals import Incomplete, NotNow, NotPermitted
from requests_app.services import assigning, filing, triage
from requests_app.services import mails as mails_module
from requests_app.states import IN_EXAMINATION, SENT
from tests.factories import a_request, a_specialist, a_station, a_superuser, a_union, a_unit, an_officer, seen_by

pytestmark = pytest.mark.django_db
WHY = "Speaks the language of the region concerned."


@pytest.fixture
def dakar(db) -> Specialist:
    a_station("DKR", "Dakar", serves="SN")
    return a_specialist("DKR")


def page(user: User, request: Request, **typed: str):
    """The page of the action, or its answer when something is posted."""
    client = Client()
    client.force_login(user)
    address = reverse("admin:requests_request_act", args=[request.reference, "assign"])
    return client.post(address, typed) if typed else client.get(address)


def give(request: Request, one: Specialist, reason: str = WHY) -> Event:
    return assigning.assign(request, str(one.pk), reason, by=an_officer())


def routed(request: Request) -> set[str]:
    rows = request.routings.current().select_related("unit")
    return {row.unit.station_id or row.unit.kind for row in rows}


def mails(event: Event) -> set[tuple[str, str]]:
    rows = Notice.objects.filter(cause=str(event.uid))
    return {(notice.kind.removeprefix("request."), notice.address) for notice in rows}


def test_the_first_of_the_list_needs_no_reason_and_tells_no_unit_anew():
    first = a_specialist("YAO")
    request = a_request()
    rows = request.routings.count()
    event = give(request, first, "")
    assert (event.action, event.status_before, event.status_after) == ("assign", SENT, SENT)
    assert event.fields == ["specialist"]
    assert (request.routings.count(), Note.objects.count()) == (rows, 0)
    assert mails(event) == {("assigned", first.user.email)}
    assert providers.assigned(request) == first


def test_another_than_the_first_needs_a_reason_which_is_kept_as_a_note(dakar):
    a_specialist("YAO")
    request = a_request()
    with pytest.raises(Incomplete, match="another than the first"):
        give(request, dakar, "  ")
    assert not Assignment.objects.exists()
    give(request, dakar)
    assert Note.objects.get().text == WHY


def test_matrix_the_former_station_sees_nothing_more_and_the_new_one_is_told_once(dakar):
    a_specialist("YAO")
    request = a_request()
    event = give(request, dakar)
    assert routed(request) == {"branch", "actrav", "DKR"}
    assert request.routings.get(unit__station="YAO").until is not None
    assert seen_by(dakar.user, request).sight.full
    with pytest.raises(Request.DoesNotExist):
        seen_by(an_officer("YAO"), request)
    assert mails(event) == {("new", dakar.unit.address), ("assigned", dakar.user.email)}


def test_a_specialist_is_told_in_person_with_a_reference_and_no_word_more():
    one = a_specialist("YAO", email="ada@example.org")
    event = give(a_request(), one, "")
    mail = mails_module.compose(Notice.objects.get(cause=str(event.uid)))
    assert mail is not None
    assert event.request.reference in mail.subject and "has been given to you" in mail.text
    assert "/admin/requests/request/" in mail.text


def test_who_gives_it_to_himself_is_not_told():
    officer = an_officer()
    one = a_specialist("branch")
    assert one.user == officer
    assert mails(give(a_request(), one)) == set()


def test_matrix_who_had_it_is_told_only_as_long_as_he_may_know_of_it(dakar):
    first, second = a_specialist("YAO", email="ada@example.org"), a_specialist("YAO", email="bea@example.org")
    request = a_request()
    give(request, first)
    same_station = give(request, second)
    assert ("unassigned", "ada@example.org") in mails(same_station)
    assert mails_module.compose(Notice.objects.get(cause=str(same_station.uid), address="ada@example.org"))
    elsewhere = give(request, dakar)
    gone = Notice.objects.get(cause=str(elsewhere.uid), address="bea@example.org")
    assert mails_module.compose(gone) is None


# Taking it back


def test_taken_back_the_routing_is_that_of_the_rule_again_and_the_reason_is_a_note(dakar):
    a_specialist("YAO", email="ada@example.org")
    request = a_request()
    give(request, dakar)
    event = assigning.unassign(request, "Not needed any more.", by=an_officer())
    assert (event.action, event.status_before, event.status_after) == ("unassign", SENT, SENT)
    assert event.fields == ["specialist"]
    assert routed(request) == {"branch", "actrav", "YAO"}
    assert providers.assigned(request) is None
    assert Note.objects.filter(text="Not needed any more.").count() == 1
    yaounde = an_officer("YAO")
    assert mails(event) == {("new", a_unit("YAO").address), ("unassigned", dakar.user.email)}
    assert seen_by(yaounde, request).sight.full
    with pytest.raises(Request.DoesNotExist):
        seen_by(dakar.user, request)


def test_it_is_taken_back_with_a_reason_and_from_somebody():
    request = a_request()
    with pytest.raises(NotNow, match="No specialist has this request"):
        assigning.unassign(request, "Why", by=an_officer())
    give(request, a_specialist("YAO"), "")
    with pytest.raises(Incomplete):
        assigning.unassign(request, "  ", by=an_officer())
    assert providers.assigned(request) is not None


def test_at_the_desk_taking_back_is_offered_while_somebody_has_it_and_is_done_once():
    request, client = a_request(), Client()
    client.force_login(an_officer())
    dossier, page = (
        reverse("admin:requests_request_change", args=[request.reference]),
        reverse("admin:requests_request_act", args=[request.reference, "unassign"]),
    )
    assert page not in client.get(dossier).text
    give(request, a_specialist("YAO"), "")
    assert page in client.get(dossier).text
    assert "End the assignment" in client.get(page).text
    typed = {"text": WHY, "version": str(Request.objects.get().version)}
    assert [client.post(page, typed).status_code for _ in range(2)] == [302, 409]
    assert Event.objects.filter(action="unassign").count() == 1


def test_after_an_override_no_finding_says_that_the_station_of_the_rule_is_told(dakar):
    a_specialist("YAO")
    request = a_request()
    give(request, dakar)
    client = Client()
    client.force_login(an_officer())
    answer = client.get(reverse("admin:requests_request_change", args=[request.reference]))
    said = next(line.sentence for line in answer.context["findings"] if line.rule == "ROUTE-1")
    assert said.startswith("By the rule it goes to:") and "Yaoundé" in said
    now = {route.row.unit.station_id for route in answer.context["routes"] if route.row.until is None}
    assert now == {None, "DKR"}


def test_headquarters_takes_it_and_no_station_reads_it_any_more():
    a_specialist("YAO")
    request = a_request()
    give(request, a_specialist("branch"))
    assert routed(request) == {"branch", "actrav"}


def test_a_choice_stands_through_an_answer_and_ends_when_the_country_changes(dakar):
    a_specialist("YAO")
    request = a_request(SEMINAR, IN_EXAMINATION)
    give(request, dakar)
    answer(request, "A8", {Seminar: ({"languages": ["fr"]}, {})})
    assert routed(request) == {"branch", "actrav", "DKR"}
    a_station("LIM", "Lima", serves="PE")
    an_officer("LIM")
    answer(request, "N3", {Request: ({"country": "PE"}, {})})
    assert routed(request) == {"branch", "actrav", "LIM"}
    assert providers.assigned(request) is None


def answer(request: Request, question: str, change: dict) -> None:
    triage.ask(request, "One more question.", [question], by=an_officer())
    letter = filing.open_question(request)
    assert letter is not None
    filing.answer(request, letter, "Here it is.", change, by=a_union())


@pytest.mark.parametrize("key", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_whoever_is_not_on_the_list_cannot_be_chosen(key):
    a_specialist("YAO")
    with pytest.raises(Incomplete, match="Choose a specialist"):
        assigning.assign(a_request(), key, WHY, by=an_officer())


def test_whoever_has_left_the_unit_is_not_offered():
    gone = a_specialist("YAO")
    gone.user.posts.update(until=timezone.now())
    assert providers.ranked(seen_by(an_officer(), a_request()), by=an_officer()) == ()


def test_the_same_specialist_again_is_no_event():
    one, request = a_specialist("YAO"), a_request()
    give(request, one)
    with pytest.raises(Incomplete, match="already"):
        give(request, one)
    assert Event.objects.filter(request=request, action="assign").count() == 1


def test_the_requester_reads_nothing_of_it(dakar):
    a_specialist("YAO")
    request = a_request(by=a_union())
    client = Client()
    client.force_login(a_union())
    before = client.get(reverse("requests:detail", args=[request.reference])).text
    give(request, dakar)
    after = client.get(reverse("requests:detail", args=[request.reference])).text
    for word in (dakar.user.name, "specialist", WHY):
        assert after.count(word) == before.count(word)


# Load and absence


def busy(one: Specialist) -> Request:
    """Makes the specialist busy with one request, and away; a second request that nobody has yet."""
    give(a_request(), one, "")
    Specialist.objects.update(busy_at=1, full_at=2, absent_until=timezone.localdate() + timedelta(days=3))
    return a_request(title="The second")


def test_an_officer_of_the_branch_reads_busy_and_absence_but_no_number():
    request = busy(a_specialist("YAO"))
    answer = page(an_officer(), request)
    place = answer.context["places"][0]
    assert (str(place.load_word), bool(place.candidate.absent_until)) == ("Busy", True)
    assert "Busy" in answer.text
    assert "Absent until" in answer.text


def test_only_open_requests_make_busy():
    one = a_specialist("YAO")
    request = busy(one)
    held = Assignment.objects.get().request
    filing.withdraw(held, "", by=a_union())
    assert str(page(an_officer(), request).context["places"][0].load_word) == "Free"


@pytest.mark.parametrize("unit", ["actrav", "YAO"])
def test_matrix_other_officers_never_read_load_or_absence(unit):
    request = busy(a_specialist("YAO", email="one@example.org"))
    other = an_officer(unit)
    client = Client()
    client.force_login(other)
    looked, posted = page(other, request), page(other, request, specialist=str(Specialist.objects.get().pk))
    assert (looked.status_code, posted.status_code) == (403, 403)
    dossiers = [reverse("admin:requests_request_change", args=[r.reference]) for r in Request.objects.all()]
    texts = [looked.text, posted.text, *(client.get(address).text for address in dossiers)]
    for text in texts:
        assert not re.findall(r"\b(?:busy|full|free|absent)\b", text.replace("in full", ""), re.IGNORECASE)
    with pytest.raises(PermissionError):
        providers.ranked(seen_by(other, request), by=other)
    with pytest.raises(NotPermitted):
        assigning.assign(request, str(Specialist.objects.get().pk), WHY, by=other)


@pytest.mark.parametrize("who", [a_superuser, a_union, lambda: an_officer("actemp")])
def test_matrix_who_is_no_officer_of_the_request_finds_no_page(who):
    request = busy(a_specialist("YAO"))
    answer = page(who(), request)
    assert answer.status_code in (302, 404)
    assert "Busy" not in answer.text


def test_the_page_explains_each_place_and_names_what_the_team_lacks():
    a_specialist("YAO")
    text = page(an_officer(), a_request()).text
    assert "Yaoundé serves the country." in text
    assert "Yaoundé – Employers&#x27; activities" in text
    assert "Turin" in text


def test_the_page_works_with_an_empty_directory():
    assert "The directory has no specialist yet" in page(an_officer(), a_request()).text
