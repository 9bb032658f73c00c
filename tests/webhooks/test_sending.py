"""One POST on real sockets: to the checked address, with the name's certificate, no further than one deadline."""

import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.webhooks.certificates import Authority
from tests.webhooks.receiver import a_line, a_receiver
from webhooks.addresses import Target
from webhooks.sending import MOST_READ, Outcome, asked_wait, attempt, post

BODY = json.dumps({"type": "webhook.test"}).encode()
HEADERS = {"Content-Type": "application/json", "webhook-id": "msg_1"}
SECONDS = 0.5  # of a test's deadline: what never ends takes this long
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def soon_over(settings):
    settings.WEBHOOK_SECONDS = SECONDS


def sent(url: str) -> Outcome:
    return attempt(url, HEADERS, BODY)


def test_what_is_sent_arrives_as_it_is(receiver):
    outcome = sent(f"{receiver.url}?a=b")
    assert (outcome.status, outcome.error, outcome.is_success) == (204, "", True)
    [got] = receiver.got
    assert (got.path, got.body, got.id) == ("/hooks?a=b", BODY, "msg_1")
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert set(got.headers) == {
        *("host", "accept-encoding", "connection", "content-length", "content-type", "webhook-id")
    }


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver, status):
    with a_receiver() as inside:
        receiver.status, receiver.location = status, inside.url
        outcome = sent(receiver.url)
    assert (outcome.status, outcome.is_success) == (status, False)
    assert inside.got == []


@pytest.mark.parametrize(("status", "good"), [(200, True), (202, True), (299, True), (400, False), (500, False)])
def test_only_2xx_is_success(receiver, status, good):
    receiver.status = status
    assert sent(receiver.url).is_success is good


def test_nobody_there_is_told_by_its_class_only():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outcome = sent(f"http://127.0.0.1:{port}/secret-path")
    assert (outcome.status, outcome.error, outcome.is_success) == (None, "ConnectionRefusedError", False)


def silent(_line: socket.socket, over: threading.Event) -> None:
    over.wait(PATIENCE)


def dripping(line: socket.socket, over: threading.Event) -> None:
    """Each byte comes in time; the whole answer does not, but would end at last."""
    for sign in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 200 + b"\r\n\r\n":
        line.sendall(bytes([sign]))
        if over.wait(SECONDS / 50):
            return


@pytest.mark.parametrize("behave", [silent, dripping])
def test_a_server_that_does_not_come_to_its_end_is_cut_at_the_deadline(behave):
    with a_line(behave) as port:
        outcome = sent(f"http://127.0.0.1:{port}/")
    assert (outcome.status, outcome.error) == (None, "TimeoutError")


def test_a_server_that_does_not_come_to_its_end_while_shaking_hands_is_cut_too(settings, tmp_path):
    with a_line(silent) as port:
        assert sent(f"https://127.0.0.1:{port}/").error == "TimeoutError"


class Endless:
    """Sends a beginning and then a piece again and again until the line is cut; counts the bytes."""

    def __init__(self, begin: bytes, piece: bytes) -> None:
        self.begin, self.piece, self.cut, self.bytes = begin, piece, threading.Event(), 0

    def __call__(self, line: socket.socket, over: threading.Event) -> None:
        try:
            line.sendall(self.begin)
            while not over.is_set():
                line.sendall(self.piece)
                self.bytes += len(self.piece)
        except OSError:
            self.cut.set()


def test_an_endless_body_is_not_read(settings):
    settings.WEBHOOK_SECONDS = PATIENCE
    endless = Endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"x" * 65536)
    with a_line(endless) as port:
        assert sent(f"http://127.0.0.1:{port}/").status == 200
        assert endless.cut.wait(PATIENCE)


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 2000 + b"\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\nX-More: " + b"x" * 2000 + b"\r\n\r\n"),
    ],
)
def test_an_endless_head_is_cut_at_64_kilobytes(settings, begin, piece):
    settings.WEBHOOK_SECONDS = PATIENCE
    endless = Endless(begin, piece)
    with a_line(endless) as port:
        outcome = sent(f"http://127.0.0.1:{port}/")
        assert endless.cut.wait(PATIENCE)
    assert MOST_READ == 64 * 1024
    assert (outcome.status, outcome.error) == (None, "AnswerTooLong")


def test_what_is_no_http_is_a_failure():
    def rude(line: socket.socket, _over: threading.Event) -> None:
        line.recv(1024)
        line.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")

    with a_line(rude) as port:
        assert sent(f"http://127.0.0.1:{port}/").error == "BadStatusLine"


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (429, "120", 120),
        (503, "Sun, 22 Nov 2026 08:01:00 GMT", 60),
        (503, "Sun, 22 Nov 2026 08:01:00 -0000", 60),
        (429, "999999999999", 86_400),
        (429, "Sun, 29 Nov 2026 08:00:00 GMT", 86_400),
        (503, "Sun, 22 Nov 2026 07:00:00 GMT", 0),
        *((429, said, 0) for said in ("", "-5", "soon", "١٢", "Sun, 99 Nov 2026 08:00:00 GMT", "1.5")),
        (500, "120", 0),
        (200, "120", 0),
    ],
)
def test_a_receiver_that_is_busy_says_for_how_long_a_day_at_most(status, said, seconds):
    assert asked_wait(status, said, datetime(2026, 11, 22, 8, tzinfo=UTC)) == timedelta(seconds=seconds)


def test_the_answer_of_a_busy_receiver_is_read(receiver):
    receiver.status, receiver.retry_after = 503, "90"
    assert sent(receiver.url).wait == timedelta(seconds=90)


NAME = "hooks.example.org"


def secure(port: int) -> int:
    """Call this machine under a name that leads nowhere: whoever asked for the name again would fail."""
    return post(Target(True, NAME, port, "/hooks", local=False), "127.0.0.1", HEADERS, BODY, PATIENCE)[0]


@pytest.fixture
def authority(tmp_path: Path, settings) -> Authority:
    made = Authority(tmp_path)
    settings.WEBHOOK_CA_FILE = str(made.file)
    return made


def test_the_checked_address_is_called_under_the_name_and_with_its_certificate(authority):
    with a_receiver(authority.server(NAME)) as receiver:
        assert secure(receiver.port) == 204
    assert receiver.names == [NAME]
    assert [got.headers["host"] for got in receiver.got] == [f"{NAME}:{receiver.port}"]


def test_a_certificate_of_another_name_is_refused_before_anything_is_sent(authority):
    with a_receiver(authority.server("other.example.org")) as receiver:
        with pytest.raises(OSError, match="Hostname mismatch"):
            secure(receiver.port)
    assert receiver.got == []


def test_a_certificate_of_an_unknown_authority_is_refused(tmp_path, settings):
    (tmp_path / "theirs").mkdir()
    with a_receiver(Authority(tmp_path / "theirs").server(NAME)) as receiver:
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            secure(receiver.port)
    assert receiver.got == []
