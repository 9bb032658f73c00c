"""All rules over one picture of a request. The same function serves preview, sending, answer and examination anew."""

from requests_app.rules import means, ratification, routing, specificity, will
from requests_app.rules.facts import Facts
from requests_app.rules.finding import LEVELS, Finding
from requests_app.rules.registry import RULES, Rule

# Importing a module of rules registers them. Within a level they are shown in this order, not in that of the imports.
MODULES = [module.__name__ for module in (specificity, will, means, ratification, routing)]


def examine(facts: Facts) -> tuple[Finding, ...]:
    """What the rules find: missing first, then to clarify, notes, and what is in order."""
    found = [finding for rule in in_order() if (finding := rule.examine(facts))]
    levels = list(LEVELS)
    return tuple(sorted(found, key=lambda finding: levels.index(finding.level)))


def in_order() -> list[Rule]:
    """All rules in the order in which people read them."""
    return sorted(RULES.values(), key=lambda rule: MODULES.index(rule.check.__module__))


def count(findings: tuple[Finding, ...], level: str) -> int:
    """How many findings have this level."""
    return sum(finding.level == level for finding in findings)
