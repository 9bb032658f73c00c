"""Reads a folder of data files."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from standards.reading import folder_checks
from standards.reading.rows import Broken, Complaint, DataSet, Row
from standards.reading.sheet import Line, read_sheet
from standards.reading.tables import TABLES, Column, Table

READER = "1"  # raise it when files are read differently: then they count as new


def read_bytes(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of `folder`. Raises Broken for those that are missing or cannot be opened."""
    found, complaints = {}, []
    for table in TABLES:
        try:
            found[table.file] = (folder / table.file).read_bytes()
        except OSError as error:
            complaints.append(Complaint(table.file, None, f"cannot be read: {error.strerror}"))
    if complaints:
        raise Broken(complaints)
    return found


def digest_of(raw: bytes) -> str:
    """What tells this file from any other, as read by this reader."""
    return hashlib.sha256(READER.encode() + b"\n" + raw).hexdigest()


def read_data(files: Mapping[str, bytes]) -> DataSet:
    """The checked rows of all files. Raises Broken with every complaint, of all files at once."""
    rows: dict[str, list[Row]] = {}
    complaints: list[Complaint] = []
    for table in TABLES:
        try:
            rows[table.file] = read_table(table, files[table.file])
        except Broken as broken:
            complaints += broken.complaints
    if not complaints:
        complaints = list(folder_checks.complaints(rows))
    if complaints:
        raise Broken(complaints)
    return DataSet(rows, {name: digest_of(raw) for name, raw in files.items()})


def read_table(table: Table, raw: bytes) -> list[Row]:
    """The rows of one file, each sound in itself. Raises Broken with every complaint."""
    rows, complaints = [], []
    for line in read_sheet(table.file, raw, list(table.columns)):
        values, reasons = read_cells(table.columns, line)
        reasons += list(table.check(values)) if not reasons else []
        complaints += [Complaint(table.file, line.number, reason) for reason in reasons]
        if not reasons:
            rows.append(Row(line.number, "-".join(str(values[name]) for name in table.key), values))
    if complaints:
        raise Broken(complaints)
    if not rows:
        raise Broken([Complaint(table.file, None, "has no rows")])
    return rows


def read_cells(columns: Mapping[str, Column], line: Line) -> tuple[dict[str, object], list[str]]:
    """The values of a line by field, and what is wrong with its cells."""
    values: dict[str, object] = {}
    reasons = []
    for name, column in columns.items():
        try:
            values[column.field] = column.read(line.cells[name])
        except ValueError as error:
            reasons.append(f"{name}: {error}")
    return values, reasons
