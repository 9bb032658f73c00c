"""The line breaks, or the server dies, in the middle of a call: nothing is done by half, and a retry does it once.

A real server and raw sockets. That a call is over is known from the server's own access line, never from a clock.
"""

import json
import socket
import struct
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from api.models import KeptAnswer
from requests_app.models import Document, Request
from tests.api.calls import V1, key_for
from tests.api.gunicorn import Gunicorn
from tests.api.test_documents import PDF
from tests.factories import a_draft, a_union
from tests.story.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
DONE, BROKEN = "POST api:requests 201", "POST api:requests 400"
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing throws away what is on its way, and says so by a reset


@pytest.fixture(scope="module")
def running(django_db_setup: None) -> Iterator[Gunicorn]:
    server = Gunicorn()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: Gunicorn) -> Iterator[Gunicorn]:
    """The server; at the end it has met no fault."""
    running.forget()
    yield running
    told = running.told
    assert "Traceback" not in told and " ERROR " not in told, told


class Call:
    """One call that makes a draft, or adds a document to one: the same bytes each time."""

    def __init__(self, server: Gunicorn, user: User, path: str, body: bytes, kind: str = "application/json") -> None:
        self.port, self.path, self.body = server.port, V1 + path, body
        self.headers = {
            "Host": f"127.0.0.1:{server.port}",
            "Authorization": f"Bearer {key_for(user)}",
            "Idempotency-Key": uuid.uuid4().hex,
            "Content-Type": kind,
            "Content-Length": str(len(body)),
        }

    def begin(self, share: float = 1.0) -> socket.socket:
        """Send the head and this share of the body, on a line that stays open."""
        head = "\r\n".join(
            [f"POST {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers.items())]
        )
        line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        line.sendall(head.encode() + b"\r\n\r\n" + self.body[: int(len(self.body) * share)])
        return line

    def whole(self) -> tuple[HTTPResponse, dict[str, Any]]:
        """Send it on a new line and read the answer."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request("POST", self.path, self.body, self.headers)
            answer = line.getresponse()
            return answer, json.loads(answer.read())
        finally:
            line.close()


def cut(line: socket.socket) -> None:
    """Break the line."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    line.close()


@pytest.fixture
def call(server: Gunicorn) -> Call:
    body = json.dumps({"kind": "visit", "country": "CM", "title": "A visit"}).encode()
    return Call(server, a_union(), "requests/", body)


def is_the_first_answer(call: Call) -> None:
    """A retry gets the answer that was kept with the one row there is, and says so."""
    [draft], [kept] = Request.objects.all(), KeptAnswer.objects.all()
    answer, body = call.whole()
    assert (answer.status, answer.headers["Idempotency-Replayed"]) == (201, "true")
    assert body == json.loads(kept.body)
    assert body["reference"] == draft.reference
    assert answer.headers["Location"].endswith(f"{V1}requests/{draft.reference}/")
    assert Request.objects.count() == 1


@pytest.mark.parametrize("read", [0, 12], ids=["unread", "begun"])
def test_an_answer_that_did_not_arrive_is_given_again(server, call, read):
    line = call.begin()
    server.wait_for(DONE)
    if read:
        assert b"HTTP/1.1 201".startswith(line.recv(read))
    cut(line)
    is_the_first_answer(call)


def test_a_call_that_is_cut_as_soon_as_it_is_sent_and_repeated_at_once_makes_one_row(call):
    cut(call.begin())
    answer, body = call.whole()
    assert answer.status == 201
    assert [draft.reference for draft in Request.objects.all()] == [body["reference"]]
    is_the_first_answer(call)


@pytest.mark.parametrize("end", [cut, socket.socket.close], ids=["reset", "closed"])
@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_of_half_a_call_nothing_is_kept(server, call, end, share):
    end(call.begin(share))
    server.wait_for(BROKEN)
    assert not Request.objects.exists()
    assert not KeptAnswer.objects.exists()
    answer, _body = call.whole()
    assert (answer.status, answer.headers["Idempotency-Replayed"]) == (201, None)
    assert Request.objects.count() == 1


@pytest.mark.parametrize("end", [cut, socket.socket.close], ids=["reset", "closed"])
def test_of_half_a_document_nothing_is_kept(server, end):
    user = a_union()
    draft, store = a_draft(by=user), Path(settings.DOCUMENTS_ROOT)
    before = {path for path in store.rglob("*") if path.is_file()}
    head = b'Content-Disposition: form-data; name="file"; filename="draft.pdf"'
    form = b"--cut\r\n" + head + b"\r\n\r\n" + PDF + b"\r\n--cut--\r\n"
    call = Call(server, user, f"requests/{draft.reference}/documents/", form, "multipart/form-data; boundary=cut")
    end(call.begin(0.5))
    server.wait_for("POST api:documents 400")
    assert not Document.objects.exists()
    assert not KeptAnswer.objects.exists()
    assert {path for path in store.rglob("*") if path.is_file()} == before
    answer, body = call.whole()
    assert (answer.status, answer.headers["Idempotency-Replayed"]) == (201, None)
    assert body["size"] == len(PDF)
    assert Document.objects.count() == 1


def test_the_answer_outlives_the_server_that_did_not_give_it(server, call):
    line = call.begin()
    server.wait_for(DONE)
    cut(line)
    server.kill()
    server.start()
    is_the_first_answer(call)


@pytest.mark.needs_postgres
def test_a_server_that_dies_in_the_middle_of_the_act_leaves_nothing_of_it(server, call):
    table = Request._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")  # noqa: S608 - the draft cannot be written yet
        line = call.begin()

        def waits() -> bool:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table])
            return cursor.fetchone() is not None

        until(waits, "the act has claimed its key and waits to write the draft")
        server.kill()
    line.close()
    server.start()
    answer, body = call.whole()
    assert (answer.status, answer.headers["Idempotency-Replayed"]) == (201, None)
    assert [draft.reference for draft in Request.objects.all()] == [body["reference"]]
    is_the_first_answer(call)
