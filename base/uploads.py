"""Taking one file of a form straight to disk: the limit holds while it is read, and no half of it stays."""

import hashlib
import io
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.views.decorators.csrf import csrf_exempt

from base import store

logger = logging.getLogger(__name__)

# A form that is a little too large is read to its end, so that the browser can show the answer; a larger one is cut.
READ_TO_ITS_END: Final = 3


View = TypeVar("View", bound=Callable[..., Any])


def reads_its_body(view: View) -> View:
    """Marks a view that reads the form itself, once it knows who sends it; it checks the form's token (csrf_protect).

    Middleware that looks into a form would otherwise read the body, and write its files, before anybody asked.
    """
    marked = csrf_exempt(view)
    marked.reads_its_body = True  # type: ignore[attr-defined]
    return marked


def takes_a_file(view: View) -> View:
    """Marks a page of the desk whose form brings a file, so that an officer may send it more than a form can hold."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True)
class Received:
    """A file that came whole and lies in the store: the name it had, its size in bytes, and the store's name."""

    name: str
    size: int
    sha256: str
    stored: str


class OneFile(FileUploadHandler):
    """Receives the first file called `field`, up to `limit` bytes; with `take` False nothing is written.

    Afterwards `received` is the file, or None; `too_big` is its size as far as it is known, `broken` that the line
    broke, `failed` that the disk took nothing. Whoever wants the file calls `keep`; `discard` deletes every other.
    """

    chunk_size = 64 * 1024

    def __init__(self, field: str, limit: int, *, take: bool = True) -> None:
        super().__init__()
        self.field, self.limit, self.take = field, limit, take
        self.received: Received | None = None
        self.too_big = 0
        self.broken = self.failed = self.kept = False
        self._coming, self._stored, self._told = "", "", 0
        self._disk: io.FileIO | None = None

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_more: Any, **_named: Any) -> None:
        """Remember how much is said to come."""
        self._told = content_length

    def new_file(self, field_name: str, file_name: str, *more: Any, **named: Any) -> None:
        """Open a file in the store; what nobody asked for is passed over."""
        super().new_file(field_name, file_name, *more, **named)
        if not self.take or self._coming or field_name != self.field:
            raise SkipFile
        self._coming = file_name
        if self._told > self.limit + self.chunk_size:
            self._stop(self._told)
        self._digest, self._size, self._stored = hashlib.sha256(), 0, store.new_name()
        try:
            self._disk = io.FileIO(store.create(self._stored), "w")
        except OSError as error:
            self._fail(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; stops at the limit."""
        if self._disk is None:
            return
        self._size += len(raw_data)
        if self._size > self.limit:
            self._stop(max(self._size, self._told))
        self._digest.update(raw_data)
        try:
            written = self._disk.write(raw_data)
        except OSError as error:
            self._fail(error)
        if written != len(raw_data):
            self._fail(OSError("short write"))

    def file_complete(self, file_size: int) -> None:
        """The end of the file was there: nothing is missing."""
        if self._disk is None:
            return
        try:
            os.fsync(self._disk.fileno())
        except OSError as error:
            self._fail(error)
        self._disk.close()
        self._disk = None
        self.received = Received(self._coming, self._size, self._digest.hexdigest(), self._stored)

    def upload_interrupted(self) -> None:
        """The form ended in the middle of a file."""
        self.broken = True

    def keep(self) -> None:
        """The file is wanted: `discard` leaves it."""
        self.kept = True

    def discard(self) -> None:
        """Close and delete what nobody kept. Never raises."""
        if self._disk is not None:
            self._disk.close()
            self._disk = None
        if self._stored and not self.kept:
            try:
                store.remove(self._stored)
            except OSError as error:  # the sweep finds it
                logger.error("a file was left behind: %s", type(error).__name__)

    def _stop(self, size: int) -> None:
        self.too_big = size
        raise StopUpload(connection_reset=size > READ_TO_ITS_END * self.limit)

    def _fail(self, error: OSError) -> None:
        self.failed = True
        logger.error("no file can be stored: %s", type(error).__name__)
        raise StopUpload(connection_reset=False)
