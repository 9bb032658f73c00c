"""A folder for the mail, a folder for the broker, one kind of notice, and a mail server that says what it is told."""

import base64
import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.db import transaction

from outbox import kinds, queueing
from outbox.kinds import Mail
from outbox.models import Notice
from outbox.queueing import Addressee, queue

KIND = "test.received"
REFERENCE = "FA-7QK2-M4TX"
ADDRESS = "union@example.org"


@pytest.fixture(autouse=True)
def mail_folder(settings, tmp_path: Path) -> Path:
    settings.MAIL_DIR = tmp_path / "mail"
    settings.DELIVERY_EMAIL_BACKEND = "outbox.folder.FolderBackend"
    return settings.MAIL_DIR


class Broker:
    """A broker in a folder, of which only the messages are looked at."""

    def __init__(self, folder: Path) -> None:
        self.messages = folder / "messages"
        self.messages.mkdir(parents=True)
        places = {"data_folder_in": str(self.messages), "data_folder_out": str(self.messages)}
        self.app = Celery("folder", broker="filesystem://", set_as_current=False)
        self.app.conf.broker_transport_options = {**places, "control_folder": str(folder / "control")}

    def texts(self) -> list[str]:
        """Each message as text: its envelope, and its body in clear."""
        raw = [file.read_text() for file in sorted(self.messages.iterdir())]
        return [text + base64.b64decode(json.loads(text)["body"]).decode() for text in raw]

    def rung(self) -> list[tuple[str, list[str]]]:
        """Task name and ids of each message."""
        found = [json.loads(file.read_text()) for file in sorted(self.messages.iterdir())]
        return [(one["headers"]["task"], json.loads(base64.b64decode(one["body"]))[0][0]) for one in found]


@pytest.fixture(autouse=True)
def broker(monkeypatch, tmp_path: Path) -> Iterator[Broker]:
    broker = Broker(tmp_path / "queue")
    monkeypatch.setattr(queueing, "current_app", broker.app)
    monkeypatch.setattr(queueing, "doorbell", queueing.Doorbell())
    yield broker
    broker.app.close()


def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def dead_broker(monkeypatch, settings) -> Iterator[None]:
    app = Celery("dead", broker=f"redis://127.0.0.1:{closed_port()}/0", set_as_current=False)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(queueing, "current_app", app)
    yield
    app.close()


@pytest.fixture(autouse=True)
def kind(monkeypatch) -> str:
    """A kind whose mail says reference and nothing else."""
    monkeypatch.setitem(kinds.composers, KIND, lambda notice: Mail(f"Request {notice.about}", "Read it in the portal."))
    return KIND


@pytest.fixture
def owe(db) -> Callable[..., Notice]:
    """Queue one notice as a change would."""

    def one(kind: str = KIND, address: str = ADDRESS, cause: str = "event-1", language: str = "en") -> Notice:
        with transaction.atomic():
            return queue(kind, REFERENCE, [Addressee(address, language)], cause)[0]

    return one


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs, and answers RCPT as told."""

    daemon_threads = True

    def __init__(self, to_recipient: str, to_data: str) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers = {"RCPT": to_recipient, "DATA": "354 go on", "QUIT": "221 bye"}
        self.to_data = to_data


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            verb = line[:4].decode().upper()
            self.say(self.server.answers.get(verb, "250 ok"))
            if verb == "DATA":
                while self.rfile.readline() != b".\r\n":
                    pass
                self.say(self.server.to_data)
            if verb == "QUIT":
                return


@pytest.fixture
def mail_server(settings) -> Iterator[Callable[..., None]]:
    """Start a mail server and let the delivery go there."""
    started: list[MailServer] = []

    def start(to_recipient: str = "250 ok", to_data: str = "250 kept") -> None:
        server = MailServer(to_recipient, to_data)
        started.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address

    yield start
    for server in started:
        server.shutdown()
        server.server_close()
