"""My requests, and the front page of who has some."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from requests_app import states
from requests_app.models import Request
from tests.factories import a_draft, a_member, a_ministry, a_request, a_union, an_officer, an_organization
from tests.filing.browser import Shown, flaws, words
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
LIST = reverse("requests:list")
HOME = reverse("home")


def headings(shown: Shown) -> list[str]:
    return [words(node) for node in shown.all("main")[0].iter("h2")]


def test_what_waits_comes_first_then_drafts_open_and_closed(client: Client, union: User) -> None:
    for status in (states.CLOSED, states.SENT, states.DRAFT, states.QUESTION_OUT):
        a_request(status=status, by=union)
    response = client.get(LIST)
    assert flaws(response) == []
    assert headings(Shown(response)) == ["Waiting for you", "Drafts", "With the Office", "Closed"]


def test_without_requests_one_sentence_and_the_start(client: Client) -> None:
    response = client.get(LIST)
    assert flaws(response) == []
    shown = Shown(response)
    assert "There is no request yet." in shown.text
    assert shown.links["Start a request"] == reverse("requests:new")


def test_who_belongs_to_no_organization_is_told_so(db: None) -> None:
    client = at_the_browser(an_officer())
    shown = Shown(client.get(LIST))
    assert "does not belong to an organization" in shown.text
    assert "Start a request" not in shown.links


def test_only_requests_of_his_own_organizations_are_listed(client: Client, union: User) -> None:
    own = a_request(by=union, title="Our own request")
    a_request(by=a_union("Another Union of Tests (fictional)"), title="Request of another union")
    a_request(by=a_ministry(), title="Request of the ministry")
    for path in (LIST, HOME):
        text = Shown(client.get(path)).text
        assert own.title in text and "Request of" not in text


def test_an_officer_who_is_also_a_member_finds_only_his_organizations_requests(union: User) -> None:
    a_request(by=a_union("Another Union of Tests (fictional)"), title="Request of another union")
    officer = an_officer()
    Membership.objects.create(user=officer, organization=an_organization(), role="writer")
    assert "Request of another union" not in Shown(at_the_browser(officer).get(LIST)).text


def test_of_two_organizations_each_row_names_its_own(client: Client, union: User) -> None:
    second = an_organization("workers", "Second Union of Tests (fictional)")
    a_draft(by=union, filled=False)
    Membership.objects.create(user=union, organization=second, role="writer")
    Request.objects.update(title="One")
    Request.objects.create(
        organization=second,
        author=union,
        kind="visit",
        country_id="CM",
        title="Two",
        created_at=Request.objects.get().created_at,
        saved_at=Request.objects.get().saved_at,
    )
    rows = [words(node) for node in Shown(client.get(LIST)).all("ul", class_="tasks")[0].iter("li")]
    assert any("One" in row and "Union of Test Workers (fictional)" in row for row in rows)
    assert any("Two" in row and "Second Union of Tests (fictional)" in row for row in rows)


def test_an_administrator_finds_a_colleagues_draft_by_reference_and_author_only(union: User) -> None:
    draft = a_draft(by=union, title="A secret title")
    shown = Shown(at_the_browser(a_member(role="administrator")).get(LIST))
    assert draft.reference in shown.text and union.name in shown.text
    assert "A secret title" not in shown.text and "Seminar" not in shown.text


def titles(shown: Shown) -> list[str]:
    return [words(next(row.iter("a"))) for box in shown.all("ul", class_="tasks") for row in box.iter("li")]


def three(union: User) -> Request:
    a_request(by=union, title="Registration of hospital unions")
    a_draft(by=union, title="Bill on strikes", filled=False)
    return a_request(by=union, status=states.CLOSED, title="Visit to the port")


def test_a_title_a_country_and_a_reference_are_found(client: Client, union: User) -> None:
    closed = three(union)
    for sought, found in {
        "hospital": ["Registration of hospital unions"],
        "UNIONS hosp": ["Registration of hospital unions"],
        closed.reference.lower(): ["Visit to the port"],
        "cameroon port": ["Visit to the port"],
        "no such word": [],
        "%": [],
    }.items():
        response = client.get(LIST, {"q": sought})
        assert flaws(response) == []
        assert titles(Shown(response)) == found, sought
    assert "No request of yours fits this." in Shown(client.get(LIST, {"q": "zebra"})).text


def test_one_group_can_be_asked_for_and_a_strange_one_asks_for_all(client: Client, union: User) -> None:
    three(union)
    assert titles(Shown(client.get(LIST, {"status": "drafts"}))) == ["Bill on strikes"]
    assert titles(Shown(client.get(LIST, {"status": "closed"}))) == ["Visit to the port"]
    assert titles(Shown(client.get(LIST, {"status": "waiting"}))) == []
    for strange in ("x", "0", "rank"):
        assert len(titles(Shown(client.get(LIST, {"status": strange, "organization": strange})))) == 3


def test_requests_of_two_organizations_can_be_told_apart(client: Client, union: User) -> None:
    second = an_organization("workers", "Second Union of Tests (fictional)")
    first = a_draft(by=union, title="Of the first", filled=False)
    Membership.objects.create(user=union, organization=second, role="writer")
    other = a_union("Third Union of Tests (fictional)")
    a_draft(by=other, title="Of the third", filled=False)
    foreign = str(Membership.objects.get(user=other).organization_id)
    Request.objects.filter(pk=first.pk).update(title="Of the first")
    chosen = client.get(LIST, {"organization": str(second.pk)})
    assert flaws(chosen) == []
    assert titles(Shown(chosen)) == []
    assert titles(Shown(client.get(LIST, {"organization": str(first.organization_id)}))) == ["Of the first"]
    assert titles(Shown(client.get(LIST, {"organization": foreign}))) == ["Of the first"]


def test_an_administrator_does_not_find_a_colleagues_draft_by_a_word_of_it(union: User) -> None:
    draft = a_draft(by=union, title="A secret title")
    administrator = at_the_browser(a_member(role="administrator"))
    for word in ("secret", "Cameroon"):
        assert titles(Shown(administrator.get(LIST, {"q": word}))) == []
    assert titles(Shown(administrator.get(LIST, {"q": draft.reference}))) == [f"Draft {draft.reference}"]


def test_two_hundred_rows_cost_no_more_than_twelve_queries(
    client: Client, union: User, django_assert_max_num_queries
) -> None:
    first = a_draft(by=union, filled=False)
    Request.objects.bulk_create(
        Request(
            organization=first.organization,
            author=union,
            kind="visit",
            country_id="CM",
            created_at=first.created_at,
            saved_at=first.saved_at,
            title=f"Draft number {number}",
        )
        for number in range(200)
    )
    with django_assert_max_num_queries(12):
        client.get(LIST, {"q": "number", "status": "drafts", "page": "3"})


def test_twenty_stand_on_a_page_and_a_strange_page_number_is_some_page(client: Client, union: User) -> None:
    first = a_draft(by=union, filled=False)
    Request.objects.bulk_create(
        Request(
            organization=first.organization,
            author=union,
            kind="visit",
            country_id="CM",
            created_at=first.created_at,
            saved_at=first.saved_at,
            title=f"Draft number {number}",
        )
        for number in range(24)
    )
    assert len(Shown(client.get(LIST)).all("ul", class_="tasks")[0].findall("li")) == 20
    assert len(Shown(client.get(LIST, {"page": 2})).all("ul", class_="tasks")[0].findall("li")) == 5
    for page in ("0", "-1", "999", "x", "\x00", "9" * 5000):
        response = client.get(LIST, {"page": page})
        assert response.status_code == 200
        assert flaws(response) == []


def test_the_front_page_begins_with_what_waits_and_what_is_unfinished(client: Client, union: User) -> None:
    for status in (states.CLOSED, states.SENT, states.DRAFT, states.QUESTION_OUT):
        a_request(status=status, by=union)
    response = client.get(HOME)
    assert flaws(response) == []
    shown = Shown(response)
    assert headings(shown)[:3] == ["Waiting for you", "Drafts", "With the Office"]
    assert "Closed" not in headings(shown)
    assert shown.links["All my requests"] == LIST


def test_the_front_page_is_the_general_one_for_everybody_else(client: Client) -> None:
    for browser in (Client(), client, at_the_browser(an_officer())):
        response = browser.get(HOME)
        assert flaws(response) == []
        assert "Ask the ILO for assistance with freedom of association" in Shown(response).text


def test_the_front_page_costs_a_visitor_no_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        Client().get(HOME)
