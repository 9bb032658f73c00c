"""What a rule says: where it comes from, what it found, on which evidence. No score, no rejection, no judgement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MISSING: Final = "missing"
CLARIFY: Final = "clarify"
NOTE: Final = "note"
IN_ORDER: Final = "in_order"

LEVELS: Final[Mapping[str, Promise]] = {
    MISSING: _("Missing"),
    CLARIFY: _("To clarify"),
    NOTE: _("Note"),
    IN_ORDER: _("In order"),
}
COUNTED: Final[Mapping[str, Promise]] = {
    MISSING: ngettext_lazy("%(count)s missing", "%(count)s missing", "count"),
    CLARIFY: ngettext_lazy("%(count)s to clarify", "%(count)s to clarify", "count"),
    NOTE: ngettext_lazy("%(count)s note", "%(count)s notes", "count"),
    IN_ORDER: ngettext_lazy("%(count)s in order", "%(count)s in order", "count"),
}


@dataclass(frozen=True)
class Source:
    """A place in a source document: its number (000 to 004), and heading or paragraph there.

    `derived`: the rule follows from the document, but is not said in it.
    """

    document: str
    place: Promise | str
    derived: bool = False


@dataclass(frozen=True)
class Hit:
    """What a rule's function gives when the rule fires: parameters of the sentence and what was looked at.

    `variant` chooses among the rule's sentences. Parameters and evidence are codes, dates and ids, never typed text.
    """

    variant: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True)
class Finding:
    """A rule that fired."""

    rule: str
    version: int
    level: str
    question: str
    params: Mapping[str, Any]
    evidence: tuple[str, ...]
