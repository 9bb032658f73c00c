"""Adding documents to a draft and to what was sent: who may, what is told, what the pages say."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Unit, User
from base.filekinds import kind_of
from outbox.models import Notice
from requests_app import states
from requests_app.models import Document, DraftLaw, Event, People, Request
from requests_app.models.document import MOST
from requests_app.refusals import NotNow, NotPermitted
from requests_app.services import documents, examination
from tests.documents.conftest import add, files, page_of
from tests.documents.files import GOOD, PDF, WRONG, a_document, a_pdf, received
from tests.factories import a_draft, a_member, a_request, a_union, an_officer, seen_by
from tests.filing.browser import Shown, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
NO_TEXT = {DraftLaw: {"link": "", "sent_by": "not_yet"}}
WRONG_KIND = "Save it as PDF and add it again: this kind of file cannot be read. PDF, Word, ODT, JPEG and PNG can."


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_that_is_named_on_the_page_is_taken(tmp_path: Path, name: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(GOOD[name])
    kind = kind_of(name, path)
    assert kind is not None and name.rpartition(".")[2].lower() in kind.endings


@pytest.mark.parametrize("name", WRONG)
def test_whatever_is_not_what_its_name_says_is_not_taken(tmp_path: Path, name: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(WRONG[name])
    assert kind_of(name, path) is None


def test_a_document_is_added_to_a_draft_and_stands_on_its_pages(client: Client, union: User, folder: Path) -> None:
    draft = a_draft(by=union)
    response = follow(client, add(client, draft, "Statut du syndicat – été.pdf"))
    assert flaws(response) == []
    shown = Shown(response)
    assert "The document has been added." in shown.messages
    assert "Statut du syndicat – été.pdf" in shown.links
    assert "You can add 4 more documents" in shown.text
    [document] = Document.objects.all()
    assert (document.size, document.kind, document.author) == (len(PDF), "pdf", union)
    assert files(folder) == [document.stored]
    assert Path(document.path).read_bytes() == PDF
    assert not Event.objects.exists() and not Notice.objects.exists()
    for page in ("check", "answers"):
        assert (
            "Statut du syndicat – été.pdf"
            in Shown(client.get(reverse(f"requests:{page}", args=[draft.reference]))).text
        )
    tasks = Shown(client.get(reverse("requests:detail", args=[draft.reference])))
    assert tasks.links["Documents"] == page_of(draft) and "1 document" in tasks.text


def test_the_file_and_its_folder_are_closed_to_other_accounts(client: Client, union: User, folder: Path) -> None:
    add(client, a_draft(by=union, filled=False))
    document = Document.objects.get()
    assert document.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "statute" not in str(document.path)


def test_a_document_added_to_what_was_sent_is_an_event_and_the_branch_is_told(client: Client, union: User) -> None:
    request = a_request(by=union)
    before = Notice.objects.count()
    follow(client, add(client, request))
    event = Event.objects.get(action="add_document")
    assert (event.actor, event.fields, event.status_after) == (union, ["documents"], states.SENT)
    [notice] = Notice.objects.filter(kind="request.document")
    assert Notice.objects.count() == before + 1 and Unit.objects.get(pk=notice.unit_id).kind == "branch"
    status = Shown(client.get(reverse("requests:detail", args=[request.reference])))
    assert "You added a document" in status.text
    assert status.links["Documents, and add one"] == page_of(request)


def test_the_same_file_sent_twice_is_there_once(client: Client, union: User, folder: Path) -> None:
    request = a_request(by=union)
    for _ in range(2):
        follow(client, add(client, request))
    assert Document.objects.count() == 1 == len(files(folder))
    assert Event.objects.filter(action="add_document").count() == 1


def test_a_request_holds_five_documents(client: Client, union: User, folder: Path) -> None:
    draft = a_draft(by=union, filled=False)
    for number in range(MOST + 1):
        response = follow(client, add(client, draft, f"{number}.pdf", a_pdf(str(number))))
    assert flaws(response) == []
    shown = Shown(response)
    assert shown.summary == [
        ("Send further documents by post or e-mail: a request can hold 5, and it has them", "id_file")
    ]
    assert Document.objects.count() == MOST == len(files(folder))
    with pytest.raises(documents.Incomplete):
        a_document(draft, union, "6.pdf", a_pdf("6"))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<html></html>", WRONG_KIND),
        ("statute.pdf", b"<html></html>", WRONG_KIND),
        ("empty.pdf", b"", "Choose another file: this one is empty"),
        (
            f"{'n' * 147}.pdf",
            PDF,
            "Give the file a shorter name, of up to 150 characters, then add it again",
        ),
    ],
)
def test_each_fault_of_a_file_is_a_sentence_of_its_own(
    client: Client, union: User, folder: Path, name: str, content: bytes, sentence: str
) -> None:
    draft = a_draft(by=union, filled=False)
    a_document(draft, union)
    response = add(client, draft, name, content)
    assert response.status_code == 200
    assert flaws(response) == []
    shown = Shown(response)
    assert shown.summary == [(sentence, "id_file")]
    assert shown.at_fields == [sentence]
    assert shown.title.startswith("Error: ")
    assert "statute.pdf" in shown.links
    assert Document.objects.count() == 1 == len(files(folder))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie: x.pdf"),
        ("harmless\u202efdp.pdf", "harmlessfdp.pdf"),
        ("con.pdf", "con.pdf"),
        ('"quoted"; filename=x.pdf', '"quoted"; filename=x.pdf'),
    ],
)
def test_a_hostile_name_is_cleaned_and_never_a_path(
    client: Client, union: User, folder: Path, name: str, kept: str
) -> None:
    draft = a_draft(by=union, filled=False)
    documents.add_document(draft, received(name.rpartition("/")[2].rpartition("\\")[2]), by=union)
    document = Document.objects.get()
    assert document.name == kept.replace("abSet", "ab Set")
    assert files(folder) == [document.stored]
    answer = client.get(reverse("requests:document", args=[draft.reference, document.uid]))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer["Content-Disposition"].startswith("attachment; filename")


def test_nothing_chosen_says_so(client: Client, union: User) -> None:
    draft = a_draft(by=union, filled=False)
    assert Shown(client.post(page_of(draft))).summary == [("Choose a file, then add it", "id_file")]


def test_a_document_can_be_taken_out_of_a_draft(
    client: Client, union: User, folder: Path, django_capture_on_commit_callbacks
) -> None:
    draft = a_draft(by=union, filled=False)
    document = a_document(draft, union)
    with django_capture_on_commit_callbacks(execute=True):
        shown = Shown(follow(client, client.post(page_of(draft), {"remove": str(document.uid)})))
    assert "The document has been removed." in shown.messages
    assert not Document.objects.exists() and files(folder) == []


def test_of_what_was_sent_no_document_is_removed(client: Client, union: User) -> None:
    request = a_request(by=union)
    document = a_document(request, union)
    page = Shown(client.get(page_of(request)))
    assert "Remove" not in page.text and "cannot be taken back" in page.text
    shown = Shown(follow(client, client.post(page_of(request), {"remove": str(document.uid)})))
    assert "A document of a request that was sent stays on record." in shown.messages
    assert Document.objects.exists()
    with pytest.raises(NotNow):
        documents.remove_document(document, by=union)


@pytest.mark.parametrize("status", [states.WITHDRAWN, states.DECLINED, states.GIVEN, states.CLOSED])
def test_to_an_ended_request_nothing_is_added(client: Client, union: User, folder: Path, status: str) -> None:
    request = a_request(status=status, by=union)
    assert "Add a document" not in Shown(client.get(page_of(request))).text
    shown = Shown(follow(client, add(client, request)))
    assert any("is now" in message or "not possible now" in message for message in shown.messages)
    assert not Document.objects.exists() and files(folder) == []


@pytest.mark.parametrize("who", ["reader", "officer"])
def test_who_only_reads_adds_nothing(union: User, folder: Path, who: str) -> None:
    request = a_request(by=union)
    person = a_member(role="reader") if who == "reader" else an_officer()
    browser = at_the_browser(person)
    assert "Add a document" not in Shown(browser.get(page_of(request))).text
    shown = Shown(follow(browser, add(browser, request)))
    assert "You cannot do this with this request." in shown.messages
    assert not Document.objects.exists() and files(folder) == []
    with pytest.raises(NotPermitted):
        a_document(request, person)


def test_a_stranger_writes_nothing_to_the_disk(union: User, folder: Path) -> None:
    request = a_request(by=union)
    assert add(at_the_browser(a_union("Another Union of Tests (fictional)")), request).status_code == 404
    assert add(Client(), request).status_code == 302
    assert files(folder) == []


def test_without_the_token_of_the_form_nothing_is_added(union: User, folder: Path) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(union)
    assert add(browser, a_draft(by=union, filled=False)).status_code == 403
    assert not Document.objects.exists() and files(folder) == []


def test_by_which_other_way_documents_come_is_an_answer(client: Client, union: User) -> None:
    draft = a_draft(by=union, filled=False)
    data = {"documents_by": "post", "other_way": "yes"}
    shown = Shown(follow(client, client.post(page_of(draft), data)))
    assert "Your answer is saved." in shown.messages
    assert shown.filled()["documents_by"] if "documents_by" in shown.filled() else True
    assert seen_by(union, draft).section(People).documents_by == "post"
    assert "Yes, by post" in Shown(client.get(reverse("requests:check", args=[draft.reference]))).text


def law_findings(request: Request) -> list[str]:
    return list(request.examination.findings.values_list("rule", flat=True)) if request.examination else []


def test_a_document_is_the_text_of_the_draft_law(client: Client, union: User) -> None:
    draft = a_draft("draft_law", by=union, filled=False)
    check = reverse("requests:check", args=[draft.reference])
    sentence = "The text of the draft is not there yet."
    assert sentence in Shown(client.get(check)).text
    add(client, draft)
    assert sentence not in Shown(client.get(check)).text


def test_a_document_added_after_sending_ends_the_finding_on_the_missing_text(client: Client, union: User) -> None:
    request = a_request("draft_law", by=union, answers=NO_TEXT)
    assert "LAW-1" in law_findings(request)
    add(client, request)
    fresh = seen_by(union, request)
    assert "LAW-1" not in law_findings(fresh)
    assert fresh.examination.basis == examination.basis()


def test_more_documents_cost_no_more_queries(client: Client, union: User, django_assert_max_num_queries) -> None:
    draft = a_draft(by=union)
    for number in range(MOST):
        a_document(draft, union, f"{number}.pdf", a_pdf(str(number)))
    for page in ("documents", "detail", "check", "answers"):
        client.get(reverse(f"requests:{page}", args=[draft.reference]))
        with django_assert_max_num_queries(12):
            assert flaws(client.get(reverse(f"requests:{page}", args=[draft.reference]))) == []
