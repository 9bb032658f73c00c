"""Rules on funding (document 000, “Funding”; R078)."""

from django.utils.translation import gettext_lazy as _

from requests_app.rules.facts import Facts
from requests_app.rules.finding import CLARIFY, MISSING, Source
from requests_app.rules.registry import rule

FUNDING = Source("000", _("“Funding”"))
OUTSIDE_COSTS = frozenset({"lodging", "travel", "venue", "interpretation", "printing"})


@rule(
    "FUND-1",
    level=CLARIFY,
    source=FUNDING,
    question="K3",
    sentence=_("Lodging for participants has no source of funding yet."),
    ask=_("Who could pay for the participants' lodging?"),
)
def lodging_has_a_source(facts: Facts) -> bool:
    """Fires when lodging is ticked and the answer on who would pay is “no source yet”."""
    return "lodging" in facts.answer("funding", "costs") and "none" in facts.answer("funding", "payers")


@rule(
    "FUND-2",
    level=MISSING,
    source=FUNDING,
    question="K3",
    sentence=_("There would be costs, and it is not said who would pay."),
    ask=_("Who would pay for the costs that you named?"),
)
def costs_have_a_payer(facts: Facts) -> bool:
    """Fires when any outside cost is ticked and nobody is named who would pay."""
    return bool(OUTSIDE_COSTS & set(facts.answer("funding", "costs"))) and not facts.answer("funding", "payers")
