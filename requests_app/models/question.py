"""What a question is: one declaration from which form, print, dossier and interface are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

Wording = str | Promise

EVERYBODY: Literal["all"] = "all"
SIGHT: Literal["sight"] = "sight"


@dataclass(frozen=True)
class Follow:
    """A question that counts only when the lead field of another one holds one of these codes."""

    field: str
    codes: frozenset[str]

    def asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the lead asks for the follow-up."""
        lead = answers.get(self.field)
        held = set(lead) if isinstance(lead, list) else {lead}
        return bool(held & self.codes)


@dataclass(frozen=True)
class Question:
    """One question.

    `fields` are fields of the section's model, the lead first. `needed` are those without which the question is
    left open (`any_of`: one of them is enough). `blocks` are those without which the request cannot be sent.
    `kinds`: asked for these kinds of help only; empty means for all that have the section.
    `readers`: EVERYBODY who reads the request in full, or only who has SIGHT of contacts and safety.
    """

    id: str
    wording: Wording
    fields: tuple[str, ...]
    hint: Wording = ""
    labels: Mapping[str, Wording] = field(default_factory=dict)
    optional: bool = False
    needed: tuple[str, ...] = ()
    any_of: bool = False
    blocks: tuple[str, ...] = ()
    left_open: Wording = ""
    follows: Follow | None = None
    kinds: frozenset[str] = frozenset()
    readers: Literal["all", "sight"] = EVERYBODY
    errors: Mapping[str, Wording] = field(default_factory=dict)

    def needed_fields(self) -> tuple[str, ...]:
        """The fields that make the question answered."""
        return self.needed or (self.fields if self.any_of else self.fields[:1])
