"""One POST to an address of the internet: name resolved once, connected to the very address that was checked, no
redirect followed, one deadline for everything, and of the answer only status and Retry-After are read."""

import io
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPConnection
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from webhooks.addresses import LEADS_NOWHERE, AddressRefused, Target, choose, target_of

MOST_READ: Final = 64 * 1024  # bytes of the answer's head; its body is not read

BUSY: Final = (429, 503)
LONGEST_WAIT: Final = timedelta(days=1)


class AnswerTooLong(OSError):
    """The head of the answer does not end."""


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt: the status of the answer, or the class of the error; and how long it took."""

    status: int | None
    error: str
    milliseconds: int
    wait: timedelta = timedelta()  # how long the receiver asks to be left alone

    @property
    def is_success(self) -> bool:
        """Any 2xx; a redirect is none."""
        return self.status is not None and 200 <= self.status < 300


def check(url: str) -> str:
    """The URL as it is stored, once it is sure that something could be sent there now. Raises AddressRefused."""
    target = target_of(url)
    try:
        resolve(target, settings.WEBHOOK_SECONDS)
    except TimeoutError:
        raise AddressRefused(LEADS_NOWHERE) from None
    return target.url


def attempt(url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Send once. Never raises: whatever goes wrong is told by its class, never by its words."""
    begun = time.monotonic()
    status, error, wait = None, "", timedelta()
    try:
        target = target_of(url)
        address = resolve(target, settings.WEBHOOK_SECONDS)
        left = begun + settings.WEBHOOK_SECONDS - time.monotonic()
        status, said = post(target, address, headers, body, left)
        wait = asked_wait(status, said, timezone.now())
    except Exception as wrong:  # whatever fails, the row must tell it and the next one must go out
        error = type(wrong).__name__
    return Outcome(status, error, round((time.monotonic() - begun) * 1000), wait)


def asked_wait(status: int, said: str, now: datetime) -> timedelta:
    """What Retry-After asks for, in seconds or as a date: a day at most; nothing unless it comes with 429 or 503."""
    if status not in BUSY or not said:
        return timedelta()
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return timedelta()
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST_WAIT)


def resolve(target: Target, seconds: float) -> str:
    """The one address to connect to. Raises AddressRefused, also for a name that leads nowhere, or TimeoutError.

    A resolver knows no deadline, so it runs aside and is left behind when it takes too long.
    """
    found: list[str] = []

    def look() -> None:
        with suppress(OSError, UnicodeError):
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            found.extend(str(row[4][0]) for row in rows)

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(seconds)
    if looking.is_alive():
        raise TimeoutError
    return choose(target, found)


def post(target: Target, address: str, headers: Mapping[str, str], body: bytes, seconds: float) -> tuple[int, str]:
    """The status with which `address` answers for the target, within `seconds`, and its Retry-After.

    Raises OSError (TimeoutError, ssl.SSLError, AnswerTooLong among them) or http.client.HTTPException.
    """
    until = time.monotonic() + seconds
    line = Line(_connected(target, address, until), until)
    connection = HTTPConnection(target.host, target.port)
    connection.sock = line
    try:
        connection.request("POST", target.path, body, {"Host": target.authority, "Connection": "close", **headers})
        answer = connection.getresponse()
        return answer.status, (answer.getheader("Retry-After") or "").strip()
    finally:
        line.close()


def _connected(target: Target, address: str, until: float) -> socket.socket:
    """A connection to this very address; for https with a certificate of the target's name."""
    plain = socket.create_connection((address, target.port), left_until(until))
    if not target.secure:
        return plain
    try:
        plain.settimeout(left_until(until))
        return _context(settings.WEBHOOK_CA_FILE).wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


@cache
def _context(authorities: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authorities or None)


def left_until(until: float) -> float:
    """Seconds until the deadline. Raises TimeoutError once it is over."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Line(io.RawIOBase):
    """What http.client takes for a socket: each read and write waits until the one deadline; MOST_READ is the end."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        super().__init__()
        self._socket, self._until, self._may_read = sock, until, MOST_READ

    def sendall(self, data: Any) -> None:
        """Send all of it before the deadline."""
        self._socket.settimeout(left_until(self._until))
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The answer."""
        return io.BufferedReader(self, 4096)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Some bytes of the answer. Raises TimeoutError or AnswerTooLong."""
        if self._may_read <= 0:
            raise AnswerTooLong
        self._socket.settimeout(left_until(self._until))
        count = self._socket.recv_into(memoryview(buffer)[: self._may_read])
        self._may_read -= count
        return count

    def close(self) -> None:
        """Hang up."""
        super().close()
        self._socket.close()
