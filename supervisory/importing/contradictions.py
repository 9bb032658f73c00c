"""Finds rows of one import that say different things of the same item: which is right, no order of files tells."""

import hashlib
from collections.abc import Iterable

from supervisory.importing.shapes import Described

WIDTH = 8  # bytes kept of each value: a file of the largest size fits into memory many times
NOTHING = bytes(WIDTH)


class Fingerprints:
    """What was said of each item so far, in a few bytes; `contradicted` names the items and their two lines."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[str, bytes]] = {}
        self.contradicted: dict[str, str] = {}

    def take(self, row: Described) -> None:
        """Note one row."""
        place, new = f"{row.file}, line {row.line}", b"".join(fingerprint(value) for value in values_of(row))
        first, old = self.seen.setdefault(row.key, (place, new))
        pairs = list(zip(parts(old), parts(new), strict=False))
        if len(old) != len(new) or any(a != b and NOTHING not in (a, b) for a, b in pairs):
            self.contradicted.setdefault(row.key, f"{first} and {place}")
        elif old != new:
            self.seen[row.key] = first, b"".join(b if a == NOTHING else a for a, b in pairs)


def values_of(row: Described) -> Iterable[object]:
    """Everything a row says, in one order; flags cannot contradict."""
    return [row.instrument, *(value for _, value in sorted(row.said.items()) if not isinstance(value, bool))]


def fingerprint(value: object) -> bytes:
    """A few bytes for a value; zeros where it says nothing."""
    if value in ("", None):
        return NOTHING
    return hashlib.blake2b(str(value).encode(), digest_size=WIDTH).digest()


def parts(joined: bytes) -> list[bytes]:
    """The single fingerprints."""
    return [joined[at : at + WIDTH] for at in range(0, len(joined), WIDTH)]
