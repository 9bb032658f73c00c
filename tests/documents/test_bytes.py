"""Where bytes end: with the draft, with erasure, and in the sweep of files that nobody owns."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from base import store
from requests_app.models import Document
from requests_app.services import documents, filing
from requests_app.tasks import sweep_files
from tests.documents.conftest import address_of, files, page_of
from tests.documents.files import a_document, received
from tests.factories import a_draft, a_request
from tests.filing.browser import Shown

pytestmark = pytest.mark.django_db


def age(folder: Path, name: str, **ago: int) -> None:
    """Let a file be as old."""
    then = (timezone.now() - timedelta(**ago)).timestamp()
    os.utime(folder / name, (then, then))


def test_deleting_a_draft_deletes_its_files_after_the_commit(
    union: User, folder: Path, django_capture_on_commit_callbacks
) -> None:
    draft = a_draft(by=union, filled=False)
    a_document(draft, union)
    with django_capture_on_commit_callbacks() as after:
        filing.delete_draft(draft, by=union)
    assert not Document.objects.exists() and len(files(folder)) == 1
    for callback in after:
        callback()
    assert files(folder) == []


def test_the_sweep_deletes_what_nobody_owns_and_is_older_than_a_day(union: User, folder: Path) -> None:
    owned = a_document(a_draft(by=union, filled=False), union)
    old, new = received().stored, received().stored
    (folder / "readme.txt").write_text("not ours")
    for name, hours in ((owned.stored, 100), (old, 25), (new, 23), ("readme.txt", 100)):
        age(folder, name, hours=hours)
    assert sweep_files() == 1
    assert files(folder) == sorted([owned.stored, new, "readme.txt"])


def test_the_sweep_without_a_folder_does_nothing() -> None:
    assert sweep_files() == 0


def test_the_sweep_finishes_what_a_crash_left_of_an_erasure(union: User, folder: Path) -> None:
    document = a_document(a_request(by=union), union)
    documents.erase_documents(document.request)  # the commit's callback never runs here
    age(folder, document.stored, days=2)
    assert sweep_files() == 1


def test_erasure_blanks_the_name_and_deletes_the_bytes(
    client: Client, union: User, folder: Path, django_capture_on_commit_callbacks
) -> None:
    request = a_request(by=union)
    document = a_document(request, union)
    with django_capture_on_commit_callbacks(execute=True):
        assert documents.erase_documents(request) == 1
    document.refresh_from_db()
    assert (document.state, document.name, document.sha256, files(folder)) == ("erased", "", "", [])
    assert client.get(address_of(document)).status_code == 404
    assert "No documents yet." in Shown(client.get(page_of(request))).text
    assert documents.erase_documents(request) == 0


@pytest.mark.parametrize("name", ["", "../secret-key", "/etc/passwd", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(ValueError):
        store.path_of(name)
