"""What reading gives: rows, or what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """What is wrong, and where. `line` counts from 1, the header; None when the file as a whole is meant."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.reason}"


class Broken(Exception):
    """The files cannot be loaded; `complaints` says why."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(str(complaint) for complaint in self.complaints))


@dataclass(frozen=True)
class Row:
    """One line of a file: its number, the public key of what it describes, and its values by field."""

    line: int
    key: str
    values: dict[str, object]


@dataclass(frozen=True)
class DataSet:
    """All files of one folder: the rows and the digest of each, by the name of the file."""

    rows: dict[str, list[Row]]
    digests: dict[str, str]
