"""Asking a virus scanner (clamd) about a file: its INSTREAM command, over TCP or a Unix socket."""

import socket
import struct
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

PIECE: Final = 64 * 1024
TIMEOUT: Final = 60.0  # seconds for each read or write
LONGEST_ANSWER: Final = 4096
PORT: Final = 3310


class ScannerFailed(Exception):
    """The scanner cannot be reached, or gave no verdict."""


def is_infected(path: Path, url: str) -> bool:
    """What the scanner at `url` (tcp://host:port or unix:///path) says of the file. Raises ScannerFailed."""
    try:
        with _connected(url) as line:
            answer = _ask(line, path)
    except OSError as error:
        raise ScannerFailed(type(error).__name__) from error
    if answer.endswith(b" FOUND"):
        return True
    if answer.endswith(b": OK"):
        return False
    raise ScannerFailed("no verdict")


def _connected(url: str) -> socket.socket:
    place = urlsplit(url)
    if place.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        try:
            line.connect(place.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((place.hostname or "", place.port or PORT), TIMEOUT)


def _ask(line: socket.socket, path: Path) -> bytes:
    line.sendall(b"zINSTREAM\0")
    with path.open("rb") as content:
        while piece := content.read(PIECE):
            line.sendall(struct.pack("!L", len(piece)) + piece)
    line.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(1024)):
        answer += more
    return answer.rstrip(b"\0").strip()
