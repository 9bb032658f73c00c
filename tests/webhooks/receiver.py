"""Receivers on real sockets of this machine: one that notes what it is sent, and lines that misbehave as told."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Got:
    """One message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """Where it listens, what it was sent, what it answers, and which name each TLS client asked for."""

    url: str = ""
    port: int = 0
    got: list[Got] = field(default_factory=list)
    status: int = 204
    location: str = ""
    retry_after: str = ""
    names: list[str | None] = field(default_factory=list)


def handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            named = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append(Got(self.path, named, body))
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            if receiver.retry_after:
                self.send_header("Retry-After", receiver.retry_after)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    """Let a server answer until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def a_receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that runs until the end of the block; with `tls` by https."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(receiver))
    server.daemon_threads = True
    if tls:
        tls.sni_callback = lambda _line, name, _context: receiver.names.append(name)
        server.handle_error = lambda *_args: None  # type: ignore[method-assign]  # who refuses us hangs up
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    receiver.port = server.server_address[1]
    receiver.url = f"{'https' if tls else 'http'}://127.0.0.1:{receiver.port}/hooks"
    with served(server):
        yield receiver


@contextmanager
def a_line(behave: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """The port of a server that does what `behave` does with each connection; the event is set at the end."""
    over = threading.Event()

    class Line(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                behave(self.request, over)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with served(server := Server(("127.0.0.1", 0), Line)):
        try:
            yield server.server_address[1]
        finally:
            over.set()
