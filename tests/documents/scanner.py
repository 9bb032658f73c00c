"""A small virus scanner that speaks clamd's protocol on a real socket of this machine."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.documents.files import EICAR


@dataclass
class Scanner:
    """Where it listens, what it was given, and how it behaves: `well`, `error` or `silent`."""

    url: str = ""
    behaves: str = "well"
    given: list[bytes] = field(default_factory=list)


@contextmanager
def a_scanner(unix: Path | None = None) -> Iterator[Scanner]:
    """A scanner that runs until the end of the block."""
    scanner = Scanner()

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if scanner.behaves == "silent":
                return
            assert self.rfile.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!L", self.rfile.read(4))[0]:
                content += self.rfile.read(length)
            scanner.given.append(content)
            verdict = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
            if scanner.behaves == "error":
                verdict = b"INSTREAM size limit exceeded. ERROR"
            self.wfile.write(verdict + b"\0")

    class Tcp(socketserver.ThreadingTCPServer):
        daemon_threads = True

    class Unix(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True

    server = Unix(str(unix), Line) if unix else Tcp(("127.0.0.1", 0), Line)
    scanner.url = f"unix://{unix}" if unix else f"tcp://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield scanner
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
