"""A form that was cut off, too large, or comes to a full disk: a sentence, no row, no file, never a 500."""

import errno
import io
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client

from accounts.models import User
from base import store
from requests_app.models import Document, Request
from requests_app.models.document import LIMIT
from tests.documents.conftest import add, files, page_of
from tests.documents.files import PDF, a_document
from tests.factories import a_draft
from tests.filing.browser import Shown, flaws

pytestmark = pytest.mark.django_db
BROKEN = "Add the file again: the line broke. Nothing else was lost."
BOUNDARY = "b0undary"
BODY = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\nx\r\n'
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="cut.pdf"\r\n'
    "Content-Type: application/pdf\r\n\r\n"
).encode()
END = f"\r\n--{BOUNDARY}--\r\n".encode()


@pytest.fixture
def draft(union: User) -> Request:
    """A draft that has a document already."""
    draft = a_draft(by=union, filled=False)
    a_document(draft, union)
    return draft


def post(client: Client, draft: Request, body: bytes, boundary: str = BOUNDARY, **more: object):
    return client.generic(
        "POST", page_of(draft), body, content_type=f"multipart/form-data; boundary={boundary}", **more
    )


def nothing_came(folder: Path) -> bool:
    return Document.objects.count() == 1 == len(files(folder))


def test_the_whole_form_is_taken(client: Client, draft: Request, folder: Path) -> None:
    assert post(client, draft, BODY + PDF + b"more" + END).status_code == 302
    assert Document.objects.count() == 2 == len(files(folder))


@pytest.mark.parametrize("length", [len(BODY), len(BODY) + 1, len(BODY) + len(PDF), len(BODY) + len(PDF) + 4])
def test_a_form_that_was_cut_off_in_the_file_leaves_no_file_and_no_row(
    client: Client, draft: Request, folder: Path, length: int
) -> None:
    response = post(client, draft, (BODY + PDF + END)[:length])
    assert response.status_code == 200
    assert flaws(response) == []
    assert Shown(response).summary == [(BROKEN, "id_file")]
    assert nothing_came(folder)


@pytest.mark.parametrize("length", [0, 1, 40, 100, 160, len(BODY) - 30])
def test_a_form_that_was_cut_off_before_the_file_is_a_sentence(
    client: Client, draft: Request, folder: Path, length: int
) -> None:
    response = post(client, draft, BODY[:length])
    assert response.status_code == 200
    assert Shown(response).summary[0][0] in (BROKEN, "Choose a file, then add it")
    assert nothing_came(folder)


class BreakingLine(io.BytesIO):
    """A body whose line breaks in the middle of the file."""

    def read(self, *size: int) -> bytes:
        if self.tell() > len(BODY):
            raise OSError("connection reset")
        return super().read(len(BODY) + 5)


def test_a_line_that_breaks_while_the_file_comes_leaves_nothing(client: Client, draft: Request, folder: Path) -> None:
    response = post(client, draft, b"x", **{"wsgi.input": BreakingLine(BODY + PDF + END), "CONTENT_LENGTH": "5000"})
    assert response.status_code == 200
    assert Shown(response).summary == [(BROKEN, "id_file")]
    assert nothing_came(folder)


def test_the_next_look_says_once_more_that_the_line_broke(client: Client, union: User, draft: Request) -> None:
    """The answer to a broken line seldom arrives: whoever comes back reads there what to do."""
    other = a_draft(by=union, filled=False)
    post(client, draft, BODY + PDF)
    assert Shown(client.get(page_of(other))).messages == []
    response = client.get(page_of(draft))
    assert flaws(response) == []
    assert Shown(response).messages == [BROKEN]
    assert Shown(client.get(page_of(draft))).messages == []


def test_a_file_that_came_in_the_meantime_settles_the_broken_one(client: Client, draft: Request) -> None:
    post(client, draft, BODY + PDF)
    post(client, draft, BODY + PDF + b"more" + END)
    assert Shown(client.get(page_of(draft))).messages == ["The document has been added."]


@pytest.mark.parametrize("content", [b"", b"no kind of file"])
def test_what_is_wrong_for_another_reason_is_said_once(client: Client, draft: Request, content: bytes) -> None:
    assert Shown(add(client, draft, "odd.pdf", content)).summary
    assert Shown(client.get(page_of(draft))).messages == []


def test_a_form_without_a_boundary_is_a_sentence(client: Client, draft: Request, folder: Path) -> None:
    response = post(client, draft, BODY + PDF + END, boundary="")
    assert response.status_code == 200
    assert Shown(response).summary == [(BROKEN, "id_file")]
    assert nothing_came(folder)


@pytest.mark.parametrize(("more", "told"), [(1, "10.0"), (1_000_000, "11.0"), (3 * LIMIT, "40.0")])
def test_a_file_over_the_limit_is_refused_while_it_is_read(
    client: Client, draft: Request, folder: Path, more: int, told: str
) -> None:
    response = add(client, draft, "large.pdf", PDF + b"\0" * (LIMIT + more - len(PDF)))
    assert response.status_code == 200
    assert flaws(response) == []
    [(sentence, anchor)] = Shown(response).summary
    assert sentence == f"Send a smaller copy, or post it: this file is {told} MB, the limit is 10.0 MB"
    assert anchor == "id_file"
    assert nothing_came(folder)


def test_a_file_of_the_limit_is_taken(client: Client, draft: Request, folder: Path) -> None:
    assert add(client, draft, "large.pdf", PDF + b"\0" * (LIMIT - len(PDF))).status_code == 302
    assert Document.objects.filter(size=LIMIT).exists()


def test_a_full_disk_is_a_sentence(
    client: Client, draft: Request, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(store, "create", full)
    response = add(client, draft)
    assert response.status_code == 200
    assert "cannot store it at present" in Shown(response).summary[0][0]
    assert nothing_came(folder)


def test_of_several_files_in_one_form_one_is_taken_and_other_fields_are_not_looked_at(
    client: Client, draft: Request, folder: Path
) -> None:
    part = '--{}\r\nContent-Disposition: form-data; name="{}"; filename="{}.pdf"\r\n\r\n'
    parts = [
        part.format(BOUNDARY, name, file) for name, file in (("other", "x"), ("file", "first"), ("file", "second"))
    ]
    body = b"".join(text.encode() + PDF + text[:1].encode() + b"\r\n" for text in parts) + END
    assert post(client, draft, body).status_code == 302
    assert Document.objects.count() == 2 == len(files(folder))
    assert Document.objects.filter(name="first.pdf").exists()


def test_fields_over_the_limit_of_other_pages_are_413_and_the_page_names_the_limits(
    client: Client, draft: Request, folder: Path
) -> None:
    response = client.post(page_of(draft), {"x": "y" * (configured.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert response.status_code == 413
    assert "up to 10.0 MB" in Shown(response).text
    assert nothing_came(folder)
