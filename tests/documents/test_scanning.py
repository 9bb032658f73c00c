"""Where a scanner is configured nothing is handed out that it has not found clean."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from base.clamd import ScannerFailed, is_infected
from outbox.models import Notice
from requests_app.models import Document, DraftLaw, Event, Request
from requests_app.services import cosigning, scanning
from requests_app.tasks import scan_documents
from tests.documents.conftest import add, address_of, files, page_of
from tests.documents.files import EICAR, PDF, a_document
from tests.documents.scanner import Scanner, a_scanner
from tests.factories import a_draft, a_member, a_request, an_officer, seen_by
from tests.filing.browser import Shown, flaws
from tests.filing.conftest import at_the_browser
from tests.joint.conftest import OTHERS, signed

pytestmark = pytest.mark.django_db
INFECTED = PDF + EICAR


@pytest.fixture
def scanner(settings) -> Iterator[Scanner]:
    with a_scanner() as scanner:
        settings.CLAMD_URL = scanner.url
        yield scanner


def due_again() -> None:
    """Time passes until the next try."""
    Document.objects.update(scan_at=timezone.now() - timedelta(seconds=1))


def at_the_desk(document: Document) -> int:
    officer = at_the_browser(an_officer())
    return officer.get(
        reverse("admin:requests_request_document", args=[document.request.reference, document.uid])
    ).status_code


@pytest.mark.parametrize("unix", [False, True], ids=["tcp", "unix"])
def test_the_client_speaks_the_scanners_protocol(tmp_path: Path, unix: bool) -> None:
    clean, infected = tmp_path / "clean", tmp_path / "infected"
    clean.write_bytes(PDF * 5000)
    infected.write_bytes(b"x" * 200_000 + EICAR)
    with a_scanner(tmp_path / "socket" if unix else None) as scanner:
        assert is_infected(clean, scanner.url) is False
        assert is_infected(infected, scanner.url) is True
        assert scanner.given == [clean.read_bytes(), infected.read_bytes()]


@pytest.mark.parametrize("behaves", ["error", "silent", "gone"])
def test_no_verdict_is_no_clean_file(tmp_path: Path, behaves: str) -> None:
    path = tmp_path / "clean"
    path.write_bytes(PDF)
    with a_scanner() as scanner:
        scanner.behaves = behaves
        if behaves != "gone":
            with pytest.raises(ScannerFailed):
                is_infected(path, scanner.url)
    with pytest.raises(ScannerFailed):
        is_infected(path, scanner.url)


def test_what_is_being_checked_is_listed_and_not_handed_out(scanner: Scanner, client: Client, union: User) -> None:
    request = a_request(by=union)
    add(client, request)
    document = Document.objects.get()
    response = client.get(page_of(request))
    assert flaws(response) == []
    shown = Shown(response)
    assert "being checked" in shown.text and "statute.pdf" in shown.text and "statute.pdf" not in shown.links
    assert client.get(address_of(document)).url == page_of(request)
    assert at_the_desk(document) == 404


def test_a_clean_document_is_handed_out_once_it_is_scanned(scanner: Scanner, client: Client, union: User) -> None:
    document = a_document(a_request(by=union), union)
    assert scan_documents() == 1
    assert scanner.given == [PDF]
    assert client.get(address_of(document)).status_code == 200
    assert at_the_desk(document) == 200
    assert scan_documents() == 0


def test_an_infected_document_is_refused_deleted_and_its_author_told(
    scanner: Scanner, client: Client, union: User, folder: Path, django_capture_on_commit_callbacks
) -> None:
    request = a_request(by=union)
    document = a_document(request, union, content=INFECTED)
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_documents() == 1
    document.refresh_from_db()
    assert (document.state, files(folder)) == ("refused", [])
    assert client.get(address_of(document)).status_code == 404
    assert at_the_desk(document) == 404
    response = client.get(page_of(request))
    assert flaws(response) == []
    assert "The virus check found something in this file" in Shown(response).text
    [notice] = Notice.objects.filter(kind="request.document_refused")
    assert notice.address == union.email
    assert Event.objects.get(action="document_refused").actor is None
    desk = at_the_browser(an_officer()).get(reverse("admin:requests_request_change", args=[request.reference]))
    assert "A document was refused by the virus check" in desk.content.decode()


def test_an_infected_document_of_a_draft_leaves_no_event_and_can_be_removed(
    scanner: Scanner, client: Client, union: User, folder: Path, django_capture_on_commit_callbacks
) -> None:
    draft = a_draft(by=union, filled=False)
    document = a_document(draft, union, content=INFECTED)
    with django_capture_on_commit_callbacks(execute=True):
        scan_documents()
    assert not Event.objects.exists()
    [notice] = Notice.objects.filter(kind="request.document_refused")
    assert notice.address == union.email
    client.post(page_of(draft), {"remove": str(document.uid)})
    assert not Document.objects.exists()


@pytest.mark.parametrize("make", [a_draft, a_request])
def test_who_signed_with_a_document_that_is_refused_is_asked_again(scanner: Scanner, union: User, make) -> None:
    request = make(by=union, answers=OTHERS)
    employer = a_member("employers", email="employer@example.org")
    document = a_document(request, union, "text.pdf", INFECTED)
    cosigning.share_documents(request, [str(document.uid)], by=union)
    signed(request, union, employer)
    scan_documents()
    assert [row.state for row in request.cosignatures.all()] == ["void", "invited"]
    assert Notice.objects.filter(kind="request.co_again", address=employer.email).count() == 1
    actions = list(Event.objects.filter(request=request).values_list("action", flat=True))[-2:]
    assert actions == ([] if request.is_draft else ["document_refused", "co_voided"])


def test_a_refused_text_is_missing_again(scanner: Scanner, union: User) -> None:
    request = a_request("draft_law", by=union, answers={DraftLaw: {"link": "", "sent_by": "not_yet"}})
    a_document(request, union, content=INFECTED)
    assert "LAW-1" not in rules(request, union)
    scan_documents()
    assert "LAW-1" in rules(request, union)


def rules(request: Request, union: User) -> list[str]:
    return list(seen_by(union, request).examination.findings.values_list("rule", flat=True))


def test_without_a_verdict_it_stays_closed_and_is_tried_again_later(
    scanner: Scanner, client: Client, union: User
) -> None:
    document = a_document(a_request(by=union), union)
    scanner.behaves = "error"
    assert scan_documents() == 0
    assert len(scanner.given) == 1
    assert scan_documents() == 0 and len(scanner.given) == 1  # not at once
    document.refresh_from_db()
    assert document.tries == 1 and document.is_being_checked and document.scan_at > timezone.now()
    scanner.behaves = "well"
    due_again()
    assert scan_documents() == 1
    assert client.get(address_of(document)).status_code == 200


def test_two_workers_scan_a_document_once(scanner: Scanner, union: User) -> None:
    document = a_document(a_request(by=union), union)
    assert [scanning.scan(document), scanning.scan(document)] == [True, False]
    assert len(scanner.given) == 1


def test_what_came_before_there_was_a_scanner_is_checked_before_it_is_handed_out(
    settings, client: Client, union: User
) -> None:
    document = a_document(a_request(by=union), union)
    assert client.get(address_of(document)).status_code == 200
    with a_scanner() as scanner:
        settings.CLAMD_URL = scanner.url
        assert client.get(address_of(document)).status_code == 302
        scan_documents()
    assert client.get(address_of(document)).status_code == 200


def test_without_a_scanner_nothing_is_asked(union: User) -> None:
    a_document(a_request(by=union), union)
    assert scan_documents() == 0
    assert Document.objects.get().tries == 0
