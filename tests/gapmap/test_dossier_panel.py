"""What the record says of the country beside a dossier, and the page on which the Branch links."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from requests_app.models import Conventions, Event, LinkKind, Request, SupervisoryLink
from supervisory.models import Referral
from tests.factories import a_request, a_superuser, a_union, an_employer, an_officer
from tests.gapmap.record import a_referral, an_item, link

pytestmark = pytest.mark.django_db


def at_desk(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def dossier(request: Request) -> str:
    return reverse("admin:requests_request_change", args=[request.reference])


def page(request: Request) -> str:
    return reverse("admin:requests_request_links", args=[request.reference])


def test_references_by_year_stand_as_numbers_and_as_bars() -> None:
    for number, year in (("1", "2001"), ("2", "2001"), ("3", "2019")):
        a_referral(number, report_date=year)
    Referral.objects.create(item=an_item("4", report_date="2020"), way="reminded", topic="cooperation")
    an_item("5", "SN", report_date="2018")
    answer = at_desk(an_officer()).get(dossier(a_request()))
    years = answer.context["supervision"].years
    assert [(year.year, year.count, year.share) for year in years] == [(2019, 1, 50), (2001, 2, 100)]
    assert '<th scope="row">2001</th><td>2</td>' in answer.text
    assert "style=" not in answer.text.partition("Supervision: Cameroon")[2]


def test_the_newest_items_lead_to_their_public_text_and_the_linked_say_what_they_are() -> None:
    for number in range(1, 8):
        an_item(str(number), report_date=str(2000 + number), source="NORMLEX P50002_COMPLAINT_TEXT_ID:30633")
    request = a_request()
    made = link(request, an_item("99", report_date="1990"), LinkKind.ADDRESSES)
    answer = at_desk(an_officer("YAO")).get(dossier(request))
    panel = answer.context["supervision"]
    assert [named.item.number for named in panel.latest] == ["7", "6", "5", "4", "3"]
    assert [(named.item.number, str(named.says)) for named in panel.linked] == [("99", "Addresses it")]
    assert "P50002_COMPLAINT_TEXT_ID:30633" in answer.text
    assert str(made.uid) not in answer.text and page(request) not in answer.text


@pytest.mark.parametrize(("way", "words"), [("requested_after_workers", "workers"), ("suggested", "After a comment")])
def test_how_it_came_is_told(way: str, words: str) -> None:
    request = a_request()
    assert at_desk(an_officer()).get(dossier(request)).context["supervision"].origin == "On its own initiative"
    link(request, a_referral(way=way))
    assert words in at_desk(an_officer()).get(dossier(request)).context["supervision"].origin


def test_who_is_informed_has_no_panel_and_no_page_of_links() -> None:
    request, item = a_request(by=an_employer()), an_item()
    link(request, item)
    client = at_desk(an_officer("actrav"))
    assert "case 3134" not in client.get(dossier(request)).text
    assert client.get(page(request)).status_code == 404


def test_the_panel_costs_the_same_however_much_is_on_record() -> None:
    officer, request = an_officer(), a_request(answers={Conventions: {"commented": "yes"}})
    client = at_desk(officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(dossier(request)).status_code == 200
        return len(asked)

    link(request, a_referral("1"))
    queries()
    few = queries()
    for number in range(2, 9):
        link(request, a_referral(str(number)))
    assert queries() == few


class TestLinking:
    def post(self, request: Request, who: User | None = None, **typed: str) -> Any:
        return at_desk(who or an_officer()).post(page(request), typed)

    def test_an_item_is_chosen_or_named_by_its_number(self) -> None:
        request = a_request()
        an_item("1")
        an_item("77", "SN")
        assert self.post(request, item="case-1", kind="addresses").status_code == 302
        assert self.post(request, number="77", kind="mentions").status_code == 302
        assert sorted(SupervisoryLink.objects.values_list("item_id", "kind")) == [
            ("case-1", "addresses"),
            ("case-77", "mentions"),
        ]
        text = at_desk(an_officer()).get(page(request)).text
        assert "case 77" in text and "Mentions it" in text and "style=" not in text

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"item": "case-1"},
            {"kind": "mentions"},
            {"item": "case-1", "kind": "owns"},
            {"item": "case-1", "kind": "mentions", "number": "\x00"},
            {"number": "x" * 5000, "kind": "mentions"},
            {"number": "٧", "kind": "mentions"},
            {"end": "nothing"},
        ],
    )
    def test_what_is_no_item_or_kind_changes_nothing_and_is_told(self, typed: dict[str, str]) -> None:
        request = a_request()
        an_item("1")
        answer = self.post(request, **typed)
        assert answer.status_code == 200
        assert "Choose an item that is on record" in answer.text
        assert not SupervisoryLink.objects.exists()

    def test_a_link_is_ended_by_its_uid_and_only_that_of_this_request(self) -> None:
        request, other = a_request(), a_request(title="Another one")
        mine, theirs = link(request, an_item("1")), link(other, an_item("2"))
        assert "on record" in self.post(request, end=str(theirs.uid)).text
        assert self.post(request, end=str(mine.uid)).status_code == 302
        assert list(SupervisoryLink.objects.current().values_list("pk", flat=True)) == [theirs.pk]

    @pytest.mark.parametrize(("unit", "status"), [("branch", 302), ("actrav", 403), ("YAO", 403), ("actemp", 404)])
    def test_matrix_only_the_branch_links(self, unit: str, status: int) -> None:
        request, officer = a_request(), an_officer(unit)
        an_item("1")
        assert self.post(request, officer, item="case-1", kind="mentions").status_code == status
        assert at_desk(officer).get(page(request)).status_code == {302: 200}.get(status, status)
        assert Event.objects.filter(action="link").count() == (status == 302)

    def test_matrix_nobody_else_comes_in(self) -> None:
        request = a_request()
        assert at_desk(a_superuser()).get(page(request)).status_code == 404
        assert at_desk(a_union()).get(page(request)).status_code == 302
        assert Client().get(page(request)).status_code == 302
