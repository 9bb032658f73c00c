"""Documents by the API: one file a call, added once however often it is sent, read by who may, gone with the draft."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from base.filekinds import KINDS
from requests_app.models import Document
from tests.api.calls import V1, Caller, caller_for
from tests.api.test_description import committed
from tests.factories import a_draft, a_ministry, a_request, a_union, an_officer

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 20 + b"%%EOF\n"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.DOCUMENTS_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def union() -> Caller:
    return caller_for(a_union())


def add(caller: Caller, reference: str, content: bytes = PDF, name: str = "draft.pdf", key: str = ""):
    headers = {"Authorization": f"Bearer {caller.key}", "Idempotency-Key": key or uuid.uuid4().hex}
    file = SimpleUploadedFile(name, content, "application/pdf")
    return caller.client.post(f"{V1}requests/{reference}/documents/", {"file": file}, headers=headers)


def test_a_file_is_added_listed_and_handed_out(union):
    draft = a_draft()
    added = add(union, draft.reference)
    assert added.status_code == 201, added.content
    listed = union.get(f"requests/{draft.reference}/documents/").json()["results"]
    assert listed == [added.json()]
    assert (listed[0]["name"], listed[0]["size"], listed[0]["state"]) == ("draft.pdf", len(PDF), "ready")
    read = union.get(f"requests/{draft.reference}/documents/{listed[0]['id']}/", Accept="application/pdf")
    assert b"".join(read.streaming_content) == PDF
    assert read.headers["Content-Disposition"].startswith("attachment")


def test_a_retry_adds_nothing_and_leaves_no_bytes(union, store):
    draft = a_draft()
    first, again = (add(union, draft.reference, key="k" * 20) for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Document.objects.count() == 1
    assert len([path for path in store.rglob("*") if path.is_file()]) == 1
    other = add(union, draft.reference, PDF + b"\n", key="k" * 20)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert len([path for path in store.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [(b"MZ\x90\x00", "draft.exe", 422, "incomplete"), (b"", "draft.pdf", 422, "incomplete")]
    + [(PDF * 30_000, "draft.pdf", 413, "too-large")],
)
def test_what_cannot_be_taken_says_why_and_leaves_nothing(union, store, content, name, status, code):
    draft = a_draft()
    refused = add(union, draft.reference, content, name)
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.content
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_of_a_stranger_no_byte_is_read(store):
    sent = a_request()
    assert add(caller_for(a_ministry()), sent.reference).status_code == 404
    assert add(caller_for(an_officer("actrav")), sent.reference).status_code == 403
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_a_document_goes_from_a_draft_and_stays_with_what_was_sent(union):
    draft = a_draft()
    there = add(union, draft.reference).json()
    at = f"requests/{draft.reference}/documents/{there['id']}/"
    tag = union.get(at).headers["ETag"]
    assert tag == f'"{there["id"]}"'
    assert [union.delete(at, **{"If-Match": match}).status_code for match in ("", '"another"')] == [428, 412]
    assert union.delete(at, **{"If-Match": tag}).status_code == 204
    assert union.get(at).status_code == 404
    sent = a_request()
    there = add(union, sent.reference).json()
    at = f"requests/{sent.reference}/documents/{there['id']}/"
    assert union.delete(at, **{"If-Match": "*"}).json()["code"] == "not-now"


def test_every_kind_of_file_is_described():
    answers = committed()["paths"]["/api/v1/requests/{reference}/documents/{document}/"]["get"]["responses"]
    assert set(answers["200"]["content"]) > {kind.media_type for kind in KINDS.values()}
    assert "409" in answers


def test_json_is_no_file(union):
    draft = a_draft()
    assert (
        union.post(f"requests/{draft.reference}/documents/", {"file": "x"}).json()["code"] == "unsupported-media-type"
    )


def test_a_browser_sends_its_files_to_the_page():
    draft, browser = a_draft(), Client()
    browser.force_login(a_union())
    file = SimpleUploadedFile("draft.pdf", PDF, "application/pdf")
    at = f"{V1}requests/{draft.reference}/documents/"
    assert browser.post(at, {"file": file}, headers={"Idempotency-Key": "k" * 20}).status_code == 401
    assert browser.get(at).status_code == 200
