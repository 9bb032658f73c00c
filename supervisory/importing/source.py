"""A file to import: where its bytes are, line by line, never all at once."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from standards.reading.rows import Broken, Complaint
from standards.reading.sheet import check_header
from supervisory.importing.shapes import SHAPES, Shape

READER = b"1\n"  # raise it when files are read differently: then they count as new
BLOCK = 1 << 16
LONGEST_LINE = 10_000  # bytes; 13 cells of at most 500 characters fit twice


def limit() -> int:
    """The largest file that is read, in bytes."""
    return getattr(settings, "SUPERVISORY_IMPORT_LIMIT", 25_000_000)


@dataclass(frozen=True)
class Source:
    """An open file and the name under which it is spoken of. The stream can be read from its beginning again."""

    name: str
    stream: BinaryIO

    def digest(self) -> str:
        """What tells this file from any other, as read by this reader. Raises Broken above the limit."""
        size = self.stream.seek(0, 2)
        if size > limit():
            reason = f"{size:,} bytes; the limit is {limit():,}: cut it into several files"
            raise Broken([Complaint(self.name, None, reason)])
        digest = hashlib.sha256(READER)
        self.stream.seek(0)
        while block := self.stream.read(BLOCK):
            digest.update(block)
        return digest.hexdigest()

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its number from 1; of a line that is too long, its beginning."""
        self.stream.seek(0)
        number, whole = 0, True
        while piece := self.stream.readline(LONGEST_LINE + 2):
            number += whole
            if whole:
                yield number, piece
            whole = piece.endswith(b"\n")

    def shape(self) -> Shape:
        """Which shape the header is of. Raises Broken where it is none, or no text."""
        first = next(self.lines(), None)
        if first is None:
            raise Broken([Complaint(self.name, None, "the file is empty")])
        header = cells_of(first[1])
        if isinstance(header, str):
            raise Broken([Complaint(self.name, 1, header)])
        if header and header[0].startswith("\ufeff"):
            raise Broken([Complaint(self.name, 1, "starts with a byte order mark; save it as UTF-8 without one")])
        shape = max(SHAPES, key=lambda shape: len(set(header) & set(shape.columns)))
        if not set(header) & set(shape.columns):
            raise Broken([Complaint(self.name, 1, "the header is neither that of cases nor that of comments")])
        check_header(self.name, header, list(shape.columns))
        return shape


def cells_of(line: bytes) -> list[str] | str:
    """The cells of one line, or what is wrong with it as a sentence. A line break in a cell is not read."""
    if len(line) > LONGEST_LINE:
        return f"longer than {LONGEST_LINE:,} bytes"
    try:
        [cells] = csv.reader([line.decode("utf-8")], strict=True)
    except UnicodeDecodeError:
        return "not UTF-8 text"
    except (csv.Error, ValueError) as error:
        return f"not a line of CSV: {error}"
    return cells
