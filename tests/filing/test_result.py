"""Six months after: two questions, signed in or by the link in the mail; nine months after, the end."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from base.dates import months_later
from outbox import delivery
from outbox.folder import parse
from outbox.models import Notice, State
from requests_app import states, tasks
from requests_app.models import Event, Request, Result, ResultLink
from requests_app.refusals import NotNow
from requests_app.services import result_links, results
from tests.factories import a_member, a_request, a_union, an_officer, go, seen_by
from tests.filing.browser import Shown, fill, flaws
from tests.filing.conftest import at_the_browser
from tests.languages.switching import switch

pytestmark = pytest.mark.django_db
SAID = "Two of the three unions are registered now."


def page(name: str, request: Request) -> str:
    return reverse(f"requests:{name}", args=[request.reference])


def clock(days: int) -> int:
    """What the clock does so many days from now."""
    steps = results.follow_up(timezone.now() + timedelta(days=days), 100)
    return sum(step() for found in steps.values() for step in found)


@pytest.fixture
def given(union: User) -> Request:
    return a_request(by=union, status=states.GIVEN)


@pytest.fixture
def asked(given: Request) -> Request:
    assert clock(190) == 1
    return given


@pytest.fixture
def token(asked: Request) -> str:
    """What stands in the mail."""
    notice = Notice.objects.get(kind="request.result_asked")
    address = result_links.address_for(notice)
    assert address
    return address


def test_it_is_asked_once_six_months_after_the_assistance_and_not_before(given: Request) -> None:
    assert clock(170) == 0
    assert clock(190) == 1
    assert clock(190) == clock(191) == 0
    assert Event.objects.filter(action="result_asked", actor=None).count() == 1
    assert [row.kind for row in Notice.objects.filter(kind="request.result_asked")] == ["request.result_asked"]


def test_what_was_not_given_or_is_closed_already_is_not_asked(union: User) -> None:
    a_request(by=union, status=states.IN_PREPARATION)
    a_request(by=union, status=states.CLOSED)
    assert clock(400) == 0


def test_six_months_end_on_the_last_day_of_a_shorter_month() -> None:
    day = datetime(2026, 8, 31, 12, tzinfo=UTC)
    assert months_later(day, 6) == datetime(2027, 2, 28, 12, tzinfo=UTC)
    assert months_later(day, 16) == datetime(2027, 12, 31, 12, tzinfo=UTC)


def test_the_worker_does_what_is_due_in_the_database(given: Request) -> None:
    assert tasks.follow_up_results() == 0
    with time_machine.travel(timezone.now() + timedelta(days=300), tick=False):
        assert tasks.follow_up_results() == 2
        assert tasks.follow_up_results() == 0
    assert Request.objects.get().status == states.CLOSED


def test_nine_months_later_the_clock_closes_with_no_result_recorded(client: Client, asked: Request) -> None:
    assert clock(260) == 0
    assert clock(280) == 1
    event = Event.objects.get(action="close")
    assert (event.actor, event.status_before, event.status_after) == (None, states.GIVEN, states.CLOSED)
    response = client.get(page("detail", asked))
    assert flaws(response) == []
    assert "Closed, no result recorded" in Shown(response).text


def test_the_requester_answers_on_the_page_and_everybody_concerned_reads_it(client: Client, asked: Request) -> None:
    shown = Shown(client.get(page("detail", asked)))
    assert page("result", asked) in shown.links.values()
    assert flaws(client.get(page("result", asked))) == []
    fill(client, page("result", asked), {"changed": "better", "text": SAID})
    response = client.get(page("detail", asked))
    assert flaws(response) == []
    assert SAID in Shown(response).text and "It is better than before" in Shown(response).text
    dossier = at_the_browser(an_officer()).get(reverse("admin:requests_request_change", args=[asked.reference]))
    assert SAID in dossier.content.decode()
    event = Event.objects.get(action="result")
    assert event.fields == ["result.changed", "result.text"] and SAID not in str(vars(event))
    go(asked, "close", by=asked.author)
    assert "Closed, result recorded" in Shown(client.get(page("detail", asked))).text


def test_the_choice_is_asked_for_and_the_text_is_kept(client: Client, asked: Request) -> None:
    response = client.post(page("result", asked), {"text": SAID})
    assert flaws(response) == []
    assert Shown(response).summary == [("Choose what has changed", "id_changed_0")]
    assert SAID in Shown(response).text
    long = client.post(page("result", asked), {"changed": "same", "text": "x" * 8001})
    assert flaws(long) == []
    assert Shown(long).summary == [("Shorten the text to 8000 characters: it is 1 too long", "id_text")]


def test_before_it_is_asked_there_is_no_page_and_nothing_is_stored(client: Client, given: Request, union: User) -> None:
    for answer in (client.get(page("result", given)), client.post(page("result", given), {"changed": "same"})):
        assert (answer.status_code, answer.url) == (303, page("detail", given))
    with pytest.raises(NotNow):
        results.record_result(seen_by(union, given), "same", "", by=union)


def test_a_second_click_records_nothing_more(client: Client, asked: Request) -> None:
    for _click in range(2):
        client.post(page("result", asked), {"changed": "same", "text": ""})
    assert Event.objects.filter(action="result").count() == 1


def test_who_only_reads_does_not_answer(asked: Request) -> None:
    reader = at_the_browser(a_member(role="reader"))
    reader.post(page("result", asked), {"changed": "same"})
    assert Result.objects.get().recorded_at is None


class TestTheLink:
    """Without sign-in: the reference and two questions, and nothing else."""

    def test_it_shows_the_reference_and_two_questions_and_nothing_else(self, asked: Request, token: str) -> None:
        response = Client().get(token)
        assert flaws(response) == []
        text = Shown(response).text
        assert asked.reference in text and "What has changed since the assistance?" in text
        for word in (asked.title, asked.organization.name, "Cameroon", "Seminar"):
            assert word not in response.content.decode()

    def test_it_works_once(self, asked: Request, token: str) -> None:
        wrong = Client().post(token, {"text": SAID})
        assert flaws(wrong) == []
        done = Client().post(token, {"changed": "settled", "text": SAID})
        assert flaws(done) == []
        assert "Thank you" in Shown(done).text and SAID not in Shown(done).text
        assert Result.objects.get().text == SAID and Result.objects.get().by == asked.author
        for again in (Client().get(token), Client().post(token, {"changed": "worse", "text": ""})):
            assert again.status_code == 404
            assert asked.reference not in again.content.decode()
        assert Result.objects.get().changed == "settled"

    def test_looking_at_it_uses_nothing_up(self, token: str) -> None:
        assert [Client().get(token).status_code for _look in range(3)] == [200, 200, 200]

    def test_spent_expired_and_unknown_links_read_alike(self, asked: Request, token: str) -> None:
        unknown = Client().get(reverse("requests:result_by_link", args=["A" * 22]))
        ResultLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        expired = Client().get(token)
        assert unknown.status_code == expired.status_code == 404
        assert flaws(expired) == []
        assert Shown(unknown).text == Shown(expired).text

    def test_it_ends_with_the_membership_of_its_person(self, asked: Request, token: str) -> None:
        Membership.objects.update(until=timezone.now())
        assert Client().get(token).status_code == 404

    def test_it_ends_when_its_person_only_reads(self, asked: Request, token: str) -> None:
        Membership.objects.update(role="reader")
        assert Client().get(token).status_code == 404

    def test_it_lives_sixty_days_and_is_hashed_at_rest(self, token: str) -> None:
        link = ResultLink.objects.get()
        assert timedelta(days=59, hours=23) < link.expires_at - timezone.now() <= timedelta(days=60)
        secret = token.rstrip("/").rsplit("/", 1)[1]
        assert len(secret) == 22 and secret not in str(ResultLink.objects.values())

    def test_the_mail_carries_it_and_a_second_delivery_replaces_it(self, asked: Request, tmp_path, settings) -> None:
        settings.MAIL_DIR = tmp_path
        notice = Notice.objects.get(kind="request.result_asked")
        old = result_links.address_for(notice)
        delivery.sweep(timezone.now() + timedelta(minutes=1))
        mail = next(parse(file) for file in tmp_path.glob("*.eml") if "what has changed" in str(parse(file)["Subject"]))
        found = re.search(r"http://\S+?(/en/requests/result/\S+/)", str(mail.get_content()))
        assert found and asked.reference in str(mail.get_content())
        assert asked.title not in str(mail.get_content())
        assert Client().get(found[1]).status_code == 200 and Client().get(old).status_code == 404
        assert ResultLink.objects.count() == 1

    def test_once_answered_no_mail_leaves(self, client: Client, asked: Request) -> None:
        client.post(page("result", asked), {"changed": "same"})
        delivery.sweep(timezone.now() + timedelta(minutes=1))
        assert Notice.objects.get(kind="request.result_asked").state == State.DROPPED


def test_another_union_finds_no_such_page(asked: Request) -> None:
    other = at_the_browser(a_union("Another Union of Tests (fictional)"))
    assert other.get(page("result", asked)).status_code == 404
    assert other.post(page("result", asked), {"changed": "same"}).status_code == 404


@pytest.mark.parametrize("by_link", [False, True], ids=["signed in", "by the link"])
def test_switching_the_language_keeps_what_was_typed_and_records_nothing(
    client: Client, asked: Request, token: str, by_link: bool
) -> None:
    path = token.replace(settings.PORTAL_URL, "") if by_link else page("result", asked)
    shown = Shown(switch(Client() if by_link else client, path, "fr", changed="better", text=SAID))
    assert shown.all("html")[0].get("lang") == "fr"
    assert (shown.filled()["text"], shown.filled()["changed"]) == ([SAID], ["better"])
    assert (shown.summary, shown.at_fields) == ([], [])
    assert Result.objects.get().is_open
