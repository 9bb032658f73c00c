"""Assistance in public: only what an officer published, with the requester's agreement to that very text."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from outbox.models import Notice
from requests_app.models import Event, LinkKind, Note, People, Publication, Request
from requests_app.published import assistance_in
from requests_app.refusals import Incomplete, NotNow, NotPermitted, Overtaken
from requests_app.services import publishing
from requests_app.states import ACCEPTED, CLOSED, GIVEN
from tests.factories import a_member, a_request, a_union, an_employer, an_officer, organization_of, seen_by
from tests.filing.browser import Shown
from tests.gapmap.record import an_item, link
from tests.pages.markup import faults

pytestmark = pytest.mark.django_db
TEXT = "A seminar on registration was held for forty union officers."
WHY = "A mistake in the text."


def given(may_know: str = "others", status: str = GIVEN) -> Request:
    return a_request(status=status, answers={People: {"may_know": may_know}})


def asked(request: Request | None = None, text: str = TEXT) -> Publication:
    publishing.ask_to_publish(request or given(), text, by=an_officer())
    return Publication.objects.get(state="asked")


def agreed(text: str = TEXT) -> Publication:
    held = asked(text=text)
    publishing.consent(held.request, str(held.uid), by=a_union())
    return held


def published(text: str = TEXT) -> Publication:
    held = agreed(text)
    publishing.publish(held.request, by=an_officer())
    return held


def in_public() -> str:
    return Client().get(reverse("country", args=["CM"])).text


def at_browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(event_action: str) -> set[tuple[str, str]]:
    cause = str(Event.objects.get(action=event_action).uid)
    rows = Notice.objects.filter(cause=cause)
    return {(notice.kind.removeprefix("request."), notice.address) for notice in rows}


@pytest.mark.parametrize("made", [given, asked, agreed])
def test_canary_nothing_is_public_before_it_is_agreed_and_published(made) -> None:
    made()
    assert TEXT not in in_public()
    assert assistance_in("CM") == []
    assert "Nothing is published" in in_public()


def test_the_published_row_tells_country_kind_year_text_conventions_and_items_and_nothing_else() -> None:
    request = given()
    link(request, an_item("2964", source="NORMLEX P50002_COMPLAINT_TEXT_ID:3063334"), LinkKind.ADDRESSES)
    link(request, an_item("77"), LinkKind.MENTIONS)
    held = asked(request)
    publishing.consent(request, str(held.uid), by=a_union())
    publishing.publish(request, by=an_officer())
    (row,) = assistance_in("CM")
    assert (row.country, row.kind, row.text) == ("CM", "seminar", TEXT)
    assert row.year == request.events.get(action="give").at.year
    assert [words for words, _url in row.items] == ["Committee on Freedom of Association: case 2964 · 2019 · C.87"]
    page = in_public()
    assert TEXT in page and "case 2964" in page
    for word in (request.reference, organization_of(a_union()).name, request.title, str(held.uid), a_union().email):
        assert word not in page


def test_beside_an_item_stands_the_year_of_published_assistance() -> None:
    request = given()
    item = an_item("2964")
    link(request, item, LinkKind.ADDRESSES)
    held = asked(request)
    publishing.consent(request, str(held.uid), by=a_union())
    address = f"{reverse('referrals')}?said=all"
    assert "Assistance published" not in Client().get(address).text
    publishing.publish(request, by=an_officer())
    assert f"Assistance published: {held.year}" in Client().get(address).text


def test_only_the_exact_text_is_agreed_to() -> None:
    first = asked()
    request = first.request
    publishing.take_off(request, WHY, by=an_officer())
    second = asked(request, "Another text.")
    with pytest.raises(Overtaken):
        publishing.consent(request, str(first.uid), by=a_union())
    assert Publication.objects.get(pk=second.pk).agreed_by is None
    publishing.consent(request, str(second.uid), by=a_union())
    row = Publication.objects.get(pk=second.pk)
    assert (row.state, row.agreed_by, row.agreed_at is not None) == ("agreed", a_union(), True)


@pytest.mark.parametrize("made", [asked, agreed, published])
def test_the_requester_says_no_before_and_after_and_it_is_taken_off_at_once(made) -> None:
    held = made()
    publishing.refuse(held.request, by=a_union())
    assert TEXT not in in_public()
    row = Publication.objects.get()
    assert (row.state, row.ended_by) == ("refused", a_union())
    with pytest.raises(NotNow):
        publishing.publish(held.request, by=an_officer())


def test_the_office_takes_it_off_with_a_reason() -> None:
    held = published()
    with pytest.raises(Incomplete):
        publishing.take_off(held.request, " ", by=an_officer())
    assert TEXT in in_public()
    publishing.take_off(held.request, WHY, by=an_officer())
    assert TEXT not in in_public()
    assert Note.objects.get().text == WHY


def test_nothing_is_published_without_agreement() -> None:
    held = asked()
    with pytest.raises(NotNow):
        publishing.publish(held.request, by=an_officer())
    for state in ("agreed", "published"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.update(state=state)


@pytest.mark.parametrize("may_know", ["only_office", ""])
def test_while_only_the_office_may_know_nothing_is_asked_agreed_or_published(may_know: str) -> None:
    request = given()
    People.objects.filter(request=request).update(may_know=may_know)
    with pytest.raises(NotPermitted):
        publishing.ask_to_publish(request, TEXT, by=an_officer())
    People.objects.filter(request=request).update(may_know="others")
    held = asked(request)
    People.objects.filter(request=request).update(may_know=may_know)
    with pytest.raises(NotPermitted):
        publishing.consent(request, str(held.uid), by=a_union())
    Publication.objects.update(state="agreed", agreed_by=a_union(), agreed_at=held.asked_at)
    with pytest.raises(NotPermitted):
        publishing.publish(request, by=an_officer())


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_text_is_needed_and_has_a_limit(text: str) -> None:
    with pytest.raises(Incomplete):
        publishing.ask_to_publish(given(), text, by=an_officer())


def test_one_text_stands_at_a_time() -> None:
    held = asked()
    with pytest.raises(NotNow):
        publishing.ask_to_publish(held.request, "Another.", by=an_officer())


def test_what_no_longer_counts_as_given_is_public_no_more() -> None:
    held = published()
    Request.objects.filter(pk=held.request_id).update(status=CLOSED)
    assert TEXT in in_public()
    Request.objects.filter(pk=held.request_id).update(status=ACCEPTED)
    assert TEXT not in in_public()


def test_each_step_is_an_event_without_text_and_tells_the_other_side() -> None:
    held = published()
    events = held.request.events.exclude(fields=[]).values_list("action", "fields")
    assert [row for row in events if row[1] == ["publication"]] == [
        ("ask_to_publish", ["publication"]),
        ("consent", ["publication"]),
        ("publish", ["publication"]),
    ]
    mine = a_union().email
    assert told("ask_to_publish") == {("consent_asked", mine)}
    assert told("publish") == {("published", mine)}
    assert {kind for kind, _to in told("consent")} == {"consent_answered"}


# Pages


def test_the_requester_reads_the_text_as_it_would_stand_and_decides_once() -> None:
    held, client = asked(), at_browser(a_union())
    status = client.get(reverse("requests:detail", args=[held.request.reference]))
    assert "May the Office publish this text?" in status.text
    address = reverse("requests:publishing", args=[held.request.reference])
    page = client.get(address)
    assert faults(page) == []
    assert TEXT in page.text and "does not name your organization" in page.text
    form = Shown(page).filled()
    for _ in range(2):
        assert client.post(address, {"text": form["text"], "decision": "consent"}).status_code == 302
    assert Event.objects.filter(action="consent").count() == 1
    assert "We do not agree any more" in client.get(address).text


def test_a_text_that_names_the_organization_says_so_to_who_decides() -> None:
    held = asked(text=f"A seminar for {organization_of(a_union()).name.upper()}.")
    page = at_browser(a_union()).get(reverse("requests:publishing", args=[held.request.reference])).text
    assert "This text names your organization" in page


def test_matrix_a_reader_reads_and_cannot_decide_and_others_find_nothing() -> None:
    held = asked()
    address = reverse("requests:publishing", args=[held.request.reference])
    decide = {"text": str(held.uid), "decision": "consent"}
    reader = at_browser(a_member("workers", role="reader"))
    assert "A writer or administrator" in reader.get(address).text
    reader.post(address, decide)
    for stranger in (an_employer(), a_union(name="Another union (fictional)"), an_officer("actemp")):
        client = at_browser(stranger)
        assert (client.get(address).status_code, client.post(address, decide).status_code) == (404, 404)
    for officer in (an_officer(), an_officer("actrav")):
        at_browser(officer).post(address, decide)
    assert Publication.objects.get().state == "asked"


def test_matrix_only_the_branch_asks_publishes_and_takes_off() -> None:
    held = agreed()
    for officer in (an_officer("actrav"), an_officer("YAO"), a_union()):
        request = seen_by(officer, held.request)
        with pytest.raises(NotPermitted):
            publishing.publish(request, by=officer)
        with pytest.raises(NotPermitted):
            publishing.take_off(request, WHY, by=officer)
        with pytest.raises(NotPermitted):
            publishing.ask_to_publish(request, TEXT, by=officer)
    with pytest.raises(NotPermitted):
        publishing.refuse(held.request, by=an_officer())


def test_at_the_desk_each_step_is_offered_when_it_can_be_done() -> None:
    request, client = given(), at_browser(an_officer())
    dossier = reverse("admin:requests_request_change", args=[request.reference])

    def offered() -> set[str]:
        slugs = {button.slug for button in client.get(dossier).context["buttons"]}
        return slugs & {"ask_to_publish", "publish", "take_off"}

    def act(action: str, **typed: str) -> int:
        address = reverse("admin:requests_request_act", args=[request.reference, action])
        assert client.get(address).status_code == 200
        return client.post(address, typed).status_code

    assert offered() == {"ask_to_publish"}
    assert act("ask_to_publish", text=TEXT) == 302
    assert offered() == {"take_off"}
    publishing.consent(request, str(Publication.objects.get().uid), by=a_union())
    assert offered() == {"publish", "take_off"}
    assert TEXT in client.get(dossier).text
    assert act("publish") == 302
    assert offered() == {"take_off"}
    assert act("take_off", text=WHY) == 302
    assert offered() == {"ask_to_publish"}


def test_the_public_page_costs_the_same_for_any_number_of_published_texts(django_assert_max_num_queries) -> None:
    Client().get(reverse("country", args=["CM"]))
    for number in range(3):
        held = published(f"Text {number}.")
        assert held.state == "asked"
    with django_assert_max_num_queries(12):
        page = in_public()
    assert all(f"Text {number}." in page for number in range(3))
