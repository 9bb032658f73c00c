"""Handing a document out: to whom it belongs, as an attachment, recorded when an officer reads it."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.models import Access, Document, Request
from tests.documents.conftest import address_of, page_of
from tests.documents.files import GOOD, a_document, a_pdf
from tests.factories import a_draft, a_member, a_request, a_union, an_officer
from tests.filing.browser import Shown, flaws
from tests.filing.conftest import at_the_browser
from tests.walls.pages import everything

pytestmark = pytest.mark.django_db


def body(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content)


def at_the_desk(document: Document) -> str:
    return reverse("admin:requests_request_document", args=[document.request.reference, document.uid])


@pytest.mark.parametrize("name", GOOD)
def test_it_is_an_attachment_that_no_browser_opens_in_the_portals_name(client: Client, union: User, name: str) -> None:
    answer = client.get(address_of(a_document(a_request(by=union), union, name, GOOD[name])))
    assert answer.status_code == 200
    assert body(answer) == GOOD[name]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Length"] == str(len(GOOD[name]))
    assert "html" not in answer["Content-Type"] and "svg" not in answer["Content-Type"]


def test_a_name_in_any_script_reaches_the_reader(client: Client, union: User) -> None:
    answer = client.get(address_of(a_document(a_request(by=union), union, "Статут № 1.pdf")))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A1")


def test_an_officers_reading_is_recorded_at_both_doors_and_a_members_is_not(union: User) -> None:
    document = a_document(a_request(by=union), union)
    officer, reader = an_officer(), a_member(role="reader")
    assert at_the_browser(officer).get(at_the_desk(document)).status_code == 200
    assert at_the_browser(officer).get(address_of(document)).status_code == 200
    assert at_the_browser(reader).get(address_of(document)).status_code == 200
    assert [row.user for row in Access.objects.all()] == [officer, officer]


def test_the_dossier_lists_it(union: User) -> None:
    request = a_request(by=union)
    document = a_document(request, union)
    answer = at_the_browser(an_officer()).get(reverse("admin:requests_request_change", args=[request.reference]))
    assert at_the_desk(document) in answer.content.decode()
    assert "statute.pdf" in answer.content.decode()


@pytest.mark.parametrize("who", ["another union", "its ministry", "nobody"])
def test_a_foreign_document_is_the_404_of_an_unknown_one(union: User, who: str) -> None:
    document = a_document(a_request(by=union), union)
    person = {
        "another union": lambda: a_union("Another Union of Tests (fictional)"),
        "its ministry": lambda: a_member("government"),
    }
    browser = Client() if who == "nobody" else at_the_browser(person[who]())
    unknown = Document(request=Request(reference="FA-7QK2-M4TX"), uid=uuid.uuid4())
    answers = [browser.get(address_of(one)) for one in (document, unknown)]
    assert {answer.status_code for answer in answers} == ({302} if who == "nobody" else {404})
    foreign, other = (everything(answer) for answer in answers)
    assert foreign.replace(document.request.reference, "").replace(str(document.uid), "") == other.replace(
        unknown.request.reference, ""
    ).replace(str(unknown.uid), "")


def test_a_document_is_found_under_its_own_request_only(client: Client, union: User) -> None:
    mine, other = a_request(by=union), a_draft(by=union)
    document = a_document(mine, union)
    assert client.get(address_of(document, other)).status_code == 404
    assert client.post(page_of(other), {"remove": str(document.uid)}).status_code == 302
    assert Document.objects.exists()


def test_an_officer_reads_no_document_of_a_draft(union: User) -> None:
    document = a_document(a_draft(by=union), union, content=a_pdf("secret"))
    officer = at_the_browser(an_officer())
    assert officer.get(at_the_desk(document)).status_code == 404
    assert officer.get(address_of(document)).status_code == 404


def test_no_static_address_reaches_the_folder(client: Client, union: User) -> None:
    document = a_document(a_request(by=union), union)
    for path in ("/static/", "/media/", "/documents/", "/en/documents/", "/static/../documents/"):
        assert client.get(path + document.stored).status_code == 404


def test_the_list_says_size_time_and_who_added_it(client: Client, union: User) -> None:
    request = a_request(by=union)
    document = a_document(request, union)
    Document.objects.filter(pk=document.pk).update(size=5 * 1024 * 1024)
    response = client.get(page_of(request))
    assert flaws(response) == []
    text = Shown(response).text
    assert "5.0\xa0MB" in text or "5.0 MB" in text
    assert "about 3 minutes on a slow line (240 kbit/s)" in text
    assert f"added by {union.name}" in text
    assert "virus" not in text and "checked" not in text
