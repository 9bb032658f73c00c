"""The copy to keep, and the receipt: what was sent stays readable whatever is answered later."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from requests_app import pdf, states
from requests_app.models import Access, Request, Situation, Snapshot
from requests_app.services import filing, triage
from tests.factories import a_draft, a_member, a_request, an_officer, go, seen_by
from tests.filing.browser import Shown, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
FIRST = "Registration of three unions was refused in the health sector since January."
LATER = "Since the letter a fourth union was refused as well."


def page(name: str, request: Request) -> str:
    return reverse(f"requests:{name}", args=[request.reference])


@pytest.fixture
def answered(union: User) -> Request:
    """A request of which an answer was changed after sending."""
    request = a_request(by=union, status=states.IN_EXAMINATION)
    officer = an_officer()
    triage.ask(seen_by(officer, request), "Is it still so?", ["Q1"], by=officer)
    letter = filing.open_question(request)
    assert letter is not None
    filing.answer(request, letter, "Yes.", {Situation: ({"happening": LATER}, {})}, by=union)
    return seen_by(union, request)


def test_the_copy_has_all_answers_findings_dates_letters_and_who_reads_it(client: Client, answered: Request) -> None:
    response = client.get(page("copy_html", answered))
    assert flaws(response) == []
    text = Shown(response).text
    for words in (
        LATER,
        answered.title,
        "Is it still so?",
        "Rule SPEC" if "Rule SPEC" in text else "Rule ROUTE-1",
        "from",
    ):
        assert words in text
    assert "Taken up for examination" in text and "Freedom of Association Branch" in text
    assert FIRST not in text


def test_the_receipt_shows_what_was_sent_and_not_what_was_answered_later(client: Client, answered: Request) -> None:
    response = client.get(page("sent_html", answered))
    assert flaws(response) == []
    text = Shown(response).text
    assert FIRST in text and LATER not in text and "Is it still so?" not in text
    assert "This is what was sent on" in text


def test_the_receipt_reads_every_answer_as_it_was_read_on_the_day_of_sending(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    filing.save_answers(draft.section(Situation), {"urgent_date": timezone.localdate()}, {"since": "soon"}, by=union)
    request = seen_by(union, filing.send(seen_by(union, draft), by=union, declared=True))
    lists = []
    for name in ("answers", "sent_html"):
        shown = Shown(client.get(page(name, request)))
        lists.append(["".join(node.itertext()).split() for node in shown.all("dl", class_="pairs")])
    assert lists[0] == lists[1] != []
    assert "soon" in str(lists[1])


def test_a_draft_has_a_copy_and_no_receipt(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    response = client.get(page("copy_html", draft))
    assert flaws(response) == []
    assert FIRST in Shown(response).text
    assert client.get(page("sent_html", draft)).status_code == 303


def test_an_officers_look_is_recorded(union: User) -> None:
    request, officer = a_request(by=union), an_officer()
    for name in ("copy_html", "sent_html"):
        assert at_the_browser(officer).get(page(name, request)).status_code == 200
    assert [row.user for row in Access.objects.all()] == [officer, officer]


def test_without_the_printer_the_pdf_leads_to_the_page(client: Client, union: User, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "HTML", None)
    request = a_request(by=union)
    assert client.get(page("copy_pdf", request)).url == page("copy_html", request)
    assert "Copy as a PDF" not in Shown(client.get(page("detail", request))).links


def test_with_the_printer_it_is_a_pdf_and_else_the_page(client: Client, union: User) -> None:
    request = a_request(by=union)
    response = client.get(page("copy_pdf", request))
    if pdf.is_available():
        assert response.content.startswith(b"%PDF") and response["Content-Type"] == "application/pdf"
    else:
        assert response.url == page("copy_html", request)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1/", "http://portal.invalid/static/x.png", "data:,x"]
)
def test_the_printer_fetches_nothing_but_our_styles(address: str) -> None:
    with pytest.raises(ValueError, match="styles"):
        pdf.own_styles(address)
    assert b"--page" in pdf.own_styles("http://portal.invalid/static/portal.css")


class TestAfterSending:
    """The status page is the confirmation; no page of the draft comes back."""

    @pytest.mark.parametrize("name", ["check", "preview", "delete", "show_to_office", "share", "sections"])
    def test_every_address_of_the_draft_leads_to_the_status_page(self, client: Client, union: User, name: str) -> None:
        request = a_request(by=union)
        address = (
            reverse("requests:section", args=[request.reference, "situation"])
            if name == "sections"
            else page(name, request)
        )
        response = client.get(address)
        assert (response.status_code, response.url) == (303, page("detail", request))

    def test_the_notice_stands_once_and_a_second_click_sends_nothing(self, client: Client, union: User) -> None:
        draft = a_draft(by=union)
        first = follow(client, client.post(page("check", draft), {"declared": "yes"}))
        assert "has been sent" in Shown(first).messages[0]
        second = follow(client, client.post(page("check", draft), {"declared": "yes"}))
        assert Shown(second).messages == [] or "has been sent" not in Shown(second).messages[0]
        assert Request.objects.get().events.count() == 1

    def test_the_page_says_who_acts_and_how_to_correct(self, client: Client, union: User) -> None:
        text = Shown(client.get(page("detail", a_request(by=union)))).text
        assert "Who acts now: The Office." in text
        assert "To correct or add something, write a letter or add a document." in text
        asked = a_request(by=union, status=states.QUESTION_OUT)
        assert "Who acts now: You." in Shown(client.get(page("detail", asked))).text


class TestUsualTime:
    """Only from the quarterly figures."""

    def told(self, **times: dict[str, int] | None) -> None:
        figures = {"years": [], "times": {"first_reply": None, "decision": None, **times}}
        Snapshot.objects.create(quarter="2026Q2", made_at=datetime(2026, 7, 1, tzinfo=UTC), figures=figures)

    def test_without_data_nothing_is_said(self, client: Client, union: User) -> None:
        request = a_request(by=union)
        assert "Usual time" not in Shown(client.get(page("detail", request))).text
        self.told()
        Request.objects.filter(pk=request.pk).update(sent_at=timezone.now() - timedelta(days=900))
        text = Shown(client.get(page("detail", request))).text
        assert "Usual time" not in text and "longer than usual" not in text

    def test_with_data_it_is_said_and_a_late_one_says_so(self, client: Client, union: User) -> None:
        self.told(first_reply={"half": 6, "nine_of_ten": 15})
        request = a_request(by=union)
        text = Shown(client.get(page("detail", request))).text
        assert "half of the requests within 6 days, nine of ten within 15 days" in text
        assert "longer than usual" not in text
        Request.objects.filter(pk=request.pk).update(sent_at=timezone.now() - timedelta(days=16))
        response = client.get(page("detail", request))
        assert flaws(response) == []
        assert "longer than usual" in Shown(response).text
        go(request, "take", by=union)
        assert "Usual time" not in Shown(client.get(page("detail", request))).text


def test_who_only_reads_has_the_copy_too(union: User) -> None:
    request = a_request(by=union)
    assert at_the_browser(a_member(role="reader")).get(page("copy_html", request)).status_code == 200
