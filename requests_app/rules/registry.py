"""The rules in the order in which they were written, and the decorator that registers one."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.functional import Promise

from requests_app.rules.facts import Facts
from requests_app.rules.finding import LEVELS, Finding, Hit, Source

Check = Callable[[Facts], Hit | bool | None]


@dataclass(frozen=True)
class Rule:
    """A rule. `sentences` by variant say what was found; `ask` is what an officer asks the requester."""

    id: str
    version: int
    since: date
    level: str
    source: Source
    question: str
    kinds: frozenset[str]
    sentences: Mapping[str, Promise]
    ask: Mapping[str, Promise]
    about: str
    check: Check

    def examine(self, facts: Facts) -> Finding | None:
        """What the rule finds, or None when it is silent or does not apply to this kind of help or day."""
        if (self.kinds and facts.kind not in self.kinds) or facts.on < self.since:
            return None
        hit = self.check(facts)
        if not hit:
            return None
        if hit is True:
            hit = Hit()
        if hit.variant not in self.sentences:
            raise LookupError(f"{self.id} has no sentence {hit.variant!r}")
        params = {**hit.params, **({"variant": hit.variant} if hit.variant else {})}
        return Finding(self.id, self.version, self.level, hit.question or self.question, params, hit.evidence)


_rules: dict[str, Rule] = {}
RULES: Mapping[str, Rule] = MappingProxyType(_rules)
FIRST_RULES = date(2026, 1, 1)


def rule(
    rule_id: str,
    *,
    level: str,
    source: Source,
    sentence: Promise | Mapping[str, Promise],
    ask: Promise | Mapping[str, Promise] | None = None,
    question: str = "",
    kinds: frozenset[str] | set[str] = frozenset(),
    version: int = 1,
    since: date = FIRST_RULES,
) -> Callable[[Check], Check]:
    """Register a function over facts as a rule. Its docstring says what it looks for. Raises ValueError on a clash."""
    if rule_id in _rules or level not in LEVELS:
        raise ValueError(f"rule {rule_id}: registered twice or unknown level")

    def register(check: Check) -> Check:
        _rules[rule_id] = Rule(
            rule_id,
            version,
            since,
            level,
            source,
            question,
            frozenset(kinds),
            sentence if isinstance(sentence, Mapping) else {"": sentence},
            ask if isinstance(ask, Mapping) else {"": ask} if ask is not None else {},
            check.__doc__ or "",
            check,
        )
        return check

    return register


def rules_digest() -> str:
    """A short name of this set of rules: it changes with every new rule and every new version."""
    text = ";".join(f"{found.id}:{found.version}:{found.since}" for found in RULES.values())
    return hashlib.sha256(text.encode()).hexdigest()[:16]
