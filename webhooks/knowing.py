"""Whether an organization may still know of a request, asked before each attempt: a higher app registers who says."""

from collections.abc import Callable
from uuid import UUID

MayKnow = Callable[[UUID, str], bool]
_registered: list[MayKnow] = []


def register(may_know: MayKnow) -> None:
    """Let `may_know` answer for organizations (ids) and references. Raises ValueError when another one answers."""
    if any(known is not may_know for known in _registered):
        raise ValueError("somebody else answers already")
    _registered[:] = [may_know]


def may_know(organization: UUID, reference: str) -> bool:
    """Whether the organization may be told of the reference now; never while nobody is registered."""
    return any(answer(organization, reference) for answer in _registered)
