"""From bytes to cells of text."""

import csv
import io
import unicodedata
from dataclasses import dataclass

from standards.reading.rows import Broken, Complaint

CELL_LIMIT = 500  # characters; as wide as the widest column of the database


@dataclass(frozen=True)
class Line:
    """The cells of one line by their column."""

    number: int
    cells: dict[str, str]


def read_sheet(file: str, raw: bytes, columns: list[str]) -> list[Line]:
    """The lines of the CSV file `raw`, which must have exactly `columns`. Raises Broken with every complaint."""
    lines = numbered(file, decoded(file, raw))
    if not lines:
        raise Broken([Complaint(file, None, "the file is empty")])
    check_header(file, lines[0][1], columns)
    complaints = [Complaint(file, number, reason) for number, cells in lines[1:] for reason in faults(cells, columns)]
    if complaints:
        raise Broken(complaints)
    return [Line(number, dict(zip(columns, cells, strict=True))) for number, cells in lines[1:]]


def decoded(file: str, raw: bytes) -> str:
    """The text of `raw`. Raises Broken where it is not UTF-8."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Broken([Complaint(file, line, "not UTF-8 text")]) from error
    if text.startswith("\ufeff"):
        raise Broken([Complaint(file, 1, "starts with a byte order mark; save it as UTF-8 without one")])
    return text


def numbered(file: str, text: str) -> list[tuple[int, list[str]]]:
    """Each record with the number of the line where it begins. Raises Broken where the quotes do not fit."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records = []
    begins = 1
    try:
        for cells in reader:
            records.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Broken([Complaint(file, begins, f"not a line of CSV: {error}")]) from error
    return records


def check_header(file: str, header: list[str], columns: list[str]) -> None:
    """Raises Broken when the header has other columns than `columns`, or has them in another order."""
    reasons = [f"unknown column {name!r}" for name in header if name not in columns]
    reasons += [f"column {name!r} is missing" for name in columns if name not in header]
    if not reasons and header != columns:
        reasons = ["the columns are in another order, or one is there twice"]
    if reasons:
        raise Broken([Complaint(file, 1, reason) for reason in reasons])


def faults(cells: list[str], columns: list[str]) -> list[str]:
    """What is wrong with a line before its cells are understood."""
    if len(cells) != len(columns):
        return [f"{len(cells)} cells, not {len(columns)}"]
    return [f"{column}: {reason}" for column, cell in zip(columns, cells, strict=True) if (reason := fault(cell))]


def fault(cell: str) -> str:
    """What is wrong with the text of a cell; empty when nothing is."""
    if cell != cell.strip():
        return "spaces around the text"
    if len(cell) > CELL_LIMIT:
        return f"longer than {CELL_LIMIT} characters"
    if "\ufffd" in cell or any(unicodedata.category(sign) == "Cc" for sign in cell):
        return "a sign that is no text; the file was saved with another encoding"
    return ""
