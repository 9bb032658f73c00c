"""The status page: the requester's words, what waits first, and nobody's name."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app import states
from requests_app.models import Access, Event, Request
from requests_app.services import triage
from requests_app.timeline import WORDS
from tests.factories import PATHS, a_draft, a_member, a_ministry, a_request, a_union, an_officer, go, seen_by
from tests.filing.browser import Shown, flaws, words
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
SENT = [status for status in states.STATUSES if status != states.DRAFT]


def detail(request: Request) -> str:
    return reverse("requests:detail", args=[request.reference])


def steps(shown: Shown) -> list[str]:
    return [words(next(node.iter("h3"))) for node in shown.all("ol", class_="steps")[0].iter("li")]


@pytest.mark.parametrize("status", SENT)
def test_every_status_has_its_public_word_and_says_what_comes_next(client: Client, union: User, status: str) -> None:
    request = a_request(status=status, by=union)
    response = client.get(detail(request))
    assert flaws(response) == []
    shown = Shown(response)
    assert str(states.STATUSES[status].public) in shown.title
    assert str(states.STATUSES[status].next) in shown.text


@pytest.mark.parametrize("status", SENT)
def test_no_officer_is_named_on_any_page_of_the_requester(client: Client, union: User, status: str) -> None:
    officer = an_officer(email="named@example.org")
    request = a_request(status=status, by=union, officer=officer)
    for name in ("detail", "letters", "answers"):
        page = client.get(reverse(f"requests:{name}", args=[request.reference])).content.decode()
        assert officer.name not in page and officer.email not in page
    assert officer.name not in client.get(reverse("requests:list")).content.decode()


def test_what_waits_for_the_reader_stands_before_everything_else(client: Client, union: User) -> None:
    request = a_request(status=states.QUESTION_OUT, by=union)
    shown = Shown(client.get(detail(request)))
    headings = [words(node) for node in shown.all("main")[0].iter("h2")]
    assert headings[0] == "The Office has a question for you"
    assert shown.text.count("Tell us more about the audience.") == 1
    assert "Answer" in shown.links


def test_who_only_reads_sees_the_question_but_no_way_to_answer_or_withdraw(union: User) -> None:
    request = a_request(status=states.QUESTION_OUT, by=union)
    reader = at_the_browser(a_member(role="reader"))
    shown = Shown(reader.get(detail(request)))
    assert "Tell us more about the audience." in shown.text
    assert not {"Answer", "Withdraw the request"} & set(shown.links)


def test_every_action_has_words_for_the_requester_but_those_among_officers() -> None:
    assert set(states.BY_ACTION) - set(WORDS) == {"note", "link", "unlink", "assign", "unassign"}


def test_the_timeline_tells_what_happened_and_hides_what_is_internal(client: Client, union: User) -> None:
    request = a_request(status=states.IN_EXAMINATION, by=union)
    officer = an_officer()
    triage.note(seen_by(officer, request), "An internal remark.", by=officer)
    Event.objects.create(
        request=request,
        action="examined_anew",
        status_before=request.status,
        status_after=request.status,
        version=99,
        at=request.sent_at,
    )
    shown = Shown(client.get(detail(request)))
    assert steps(shown) == ["Sent", "Taken up for examination", "Decision", "Preparation", "Assistance"]
    assert "note" not in shown.text.lower() and "internal" not in shown.text.lower()


@pytest.mark.parametrize("status", [states.DECLINED, states.WITHDRAWN, states.CLOSED, states.NO_MEANS])
def test_of_what_has_ended_nothing_more_is_promised(client: Client, union: User, status: str) -> None:
    shown = Shown(client.get(detail(a_request(status=status, by=union))))
    assert len(steps(shown)) == len(PATHS[status])
    assert not shown.all("li", class_="later") and not shown.all("li", class_="now")


def test_it_says_which_units_read_it(client: Client, union: User) -> None:
    shown = Shown(client.get(detail(a_request(by=union))))
    for unit in ("Freedom of Association Branch", "ACTRAV", "Yaoundé"):
        assert unit in shown.text
    assert "ACT/EMP" not in shown.text


def test_the_letter_of_the_decision_is_on_the_page(client: Client, union: User) -> None:
    shown = Shown(client.get(detail(a_request(status=states.DECLINED, by=union))))
    assert "The letter of the decision." in shown.text


@pytest.mark.parametrize("who", ["ministry", "union", "superuser"])
def test_for_others_it_is_the_page_of_an_unknown_reference(union: User, who: str) -> None:
    request = a_request(by=union)
    make = {"ministry": a_ministry, "union": lambda: a_union("Another Union of Tests (fictional)")}
    other = make.get(who, lambda: User.objects.create(email="root@example.net", is_superuser=True, name="Root"))()
    client = at_the_browser(other)
    foreign = client.get(detail(request))
    unknown = client.get("/en/requests/FA-0000-0000/")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert Shown(foreign).text == Shown(unknown).text


def test_an_officer_is_led_to_the_desk(union: User) -> None:
    request = a_request(by=union)
    response = at_the_browser(an_officer()).get(detail(request))
    assert response.url == reverse("admin:requests_request_change", args=[request.reference])


def test_an_officer_sees_what_the_requester_sees_without_the_buttons(client: Client, union: User) -> None:
    request = a_request(status=states.QUESTION_OUT, by=union)
    path = reverse("requests:as_requester", args=[request.reference])
    dossier = reverse("admin:requests_request_change", args=[request.reference])
    assert path in at_the_browser(an_officer()).get(dossier).content.decode()
    looks = Access.objects.count()
    response = at_the_browser(an_officer()).get(path)
    assert flaws(response) == []
    seen, own = Shown(response), Shown(client.get(detail(request)))
    assert steps(seen) == steps(own)
    assert "Tell us more about the audience." in seen.text
    assert not {"Answer", "Withdraw the request"} & set(seen.links) and not list(seen.all("main")[0].iter("form"))
    assert Access.objects.count() == looks + 1
    assert client.get(path).url == detail(request)


@pytest.mark.parametrize("page", ["check", "preview", "delete", "show_to_office"])
def test_every_page_of_a_draft_leads_to_the_status_once_it_is_sent(client: Client, union: User, page: str) -> None:
    request = a_request(by=union)
    for method in [client.get] if page == "preview" else [client.get, client.post]:
        assert method(reverse(f"requests:{page}", args=[request.reference])).url == detail(request)
    assert Request.objects.get().status == states.SENT


def test_a_member_without_sight_of_a_draft_learns_only_that_it_exists(union: User) -> None:
    draft = a_draft(by=union)
    administrator = at_the_browser(a_member(role="administrator"))
    response = administrator.get(detail(draft))
    assert flaws(response) == []
    shown = Shown(response)
    assert draft.reference in shown.text and union.name in shown.text
    assert draft.title not in shown.text
    assert at_the_browser(a_member(role="reader")).get(detail(draft)).status_code == 404


def test_a_reference_is_found_in_small_letters_too(client: Client, union: User) -> None:
    request = a_request(by=union)
    path = detail(request).replace(request.reference, request.reference.lower())
    assert client.get(path).status_code in (200, 301, 302)


def test_what_the_officer_did_meanwhile_is_on_the_page_at_the_next_look(client: Client, union: User) -> None:
    request = a_request(by=union)
    assert "Sent" in Shown(client.get(detail(request))).title
    go(request, "take", by=union)
    assert "Being examined" in Shown(client.get(detail(request))).title
