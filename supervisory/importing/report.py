"""What an import did, or would do."""

from dataclasses import asdict, dataclass, field
from typing import Any

from standards.reading.rows import Complaint
from supervisory.importing.merging import Change

SHOWN = 100  # changes and refused rows of one file that are listed; all are counted


@dataclass
class FileReport:
    """One file. `refused_whole`: nothing of it could be read, as its one complaint says."""

    file: str
    shape: str = ""
    digest: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    refused: int = 0
    refused_whole: bool = False
    new_keys: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def refuse(self, complaint: Complaint) -> None:
        """Note a row that was not taken."""
        self.refused += 1
        if len(self.complaints) < SHOWN:
            self.complaints.append(str(complaint))

    def note(self, key: str, new: bool, changes: list[Change]) -> None:
        """Count one row that was taken; `changes` of a new item are not listed one by one."""
        if new:
            self.added += 1
            self.new_keys += [key] if len(self.new_keys) < SHOWN else []
        elif changes:
            self.changed += 1
            self.changes += changes[: max(0, SHOWN - len(self.changes))]
        else:
            self.unchanged += 1

    @property
    def written(self) -> int:
        """Rows after which the record is not as it was before."""
        return self.added + self.changed

    def outcome(self) -> dict[str, Any]:
        """As it is kept with the import."""
        return {
            "new_keys": self.new_keys,
            "changes": [asdict(change) for change in self.changes],
            "complaints": self.complaints,
            "refused_whole": self.refused_whole,
        }
