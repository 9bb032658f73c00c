"""More than a form can hold is refused before a byte of it is read, whoever sends it and wherever."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.filing.browser import Shown, flaws
from tests.walls.cast import Cast, build
from tests.walls.resolver import all_routes, filled

pytestmark = pytest.mark.django_db
LARGE = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
BOUNDARY = "b0undary"
FORM = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'.encode()


class Unread(io.BytesIO):
    """A body that notes whether anybody reads it."""

    touched = False

    def read(self, *size: int) -> bytes:
        self.touched = True
        return super().read(*size)


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def visitor() -> Client:
    """A browser that the check of forms knows: that check is the first to read one."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/en/account/sign-in/")
    return client


def send(client: Client, address: str, length: int = LARGE, **more: object) -> tuple[HttpResponse, bool]:
    """Post a form with a file of this length; the answer, and whether anything of it was read."""
    body = Unread(FORM)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    told = {"wsgi.input": body, "CONTENT_LENGTH": str(length), **more}
    return client.generic("POST", address, b"x", content_type=kind, **told), body.touched


def test_at_no_address_is_a_large_body_of_a_visitor_read(cast: Cast) -> None:
    client, wrong = visitor(), []
    for name, route in all_routes().items():
        address = route.address(filled(route, cast, "draft"))
        asks_first = getattr(resolve(address).func, "reads_its_body", False)
        response, read = send(client, address)
        if read or (response.status_code != 413 and not asks_first):
            wrong.append((name, response.status_code, read))
    assert wrong == []
    assert (send(client, "/en/nowhere/")[0].status_code, send(client, "/en/nowhere/")[1]) == (404, False)


def test_the_answer_is_the_page_that_names_the_limits(cast: Cast) -> None:
    response, _read = send(visitor(), "/fr/account/sign-in/")
    assert flaws(response) == []
    assert Shown(response).all("html")[0].get("lang") == "fr"
    assert send(visitor(), "/api/nowhere/")[0].status_code == 404


def test_of_the_documents_page_a_visitor_sees_log_in_and_nothing_is_read(cast: Cast, settings, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path
    route = all_routes()["requests:documents"]
    response, read = send(visitor(), route.address(filled(route, cast, "draft")))
    assert (response.status_code, read, list(tmp_path.iterdir())) == (302, False, [])


def test_a_body_as_large_as_a_form_can_be_is_read() -> None:
    client = visitor()
    response, read = send(client, "/en/account/sign-in/", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    assert (response.status_code, read) == (403, True)  # it has no token


@pytest.mark.parametrize("length", ["", "no number", "-1"])
def test_a_length_that_is_none_is_refused_unread(length: str) -> None:
    response, read = send(visitor(), "/en/account/sign-in/", CONTENT_LENGTH=length)
    assert (response.status_code in (400, 403), read) == (True, False)


def test_who_looks_after_the_record_sends_the_desk_a_file_and_reads_a_sentence_when_it_is_too_large(cast: Cast) -> None:
    address = "/admin/supervisory/importrun/add/"
    for person, status in (("superuser", 200), ("writer", 413)):
        client = Client()
        client.force_login(cast.people[person])
        file = SimpleUploadedFile("cases.csv", b"x" * 2 * LARGE)
        response = client.post(address, {"file": file, "mode": "all"})
        assert response.status_code == status
        assert ("this page takes" in response.content.decode()) == (status == 200)
