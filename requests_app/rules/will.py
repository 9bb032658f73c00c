"""Rules on the considerations to be kept in mind: political will and labour relations (R026–R028, R031)."""

from django.utils.translation import gettext_lazy as _

from requests_app.rules.facts import Facts
from requests_app.rules.finding import CLARIFY, MISSING, Source
from requests_app.rules.registry import rule

CONSIDERATIONS = Source("000", _("“Considerations to be kept in mind”"))
NOTHING_SO_FAR = "nothing"


@rule(
    "WILL-1",
    level=CLARIFY,
    source=CONSIDERATIONS,
    question="Q9",
    sentence=_("It is open whether those who decide want the situation resolved."),
    ask=_("Do those who decide want the situation resolved, as far as you can tell, and who among them?"),
)
def will_is_stated(facts: Facts) -> bool:
    """Fires when the question is not answered, or answered with “not yet” or “we cannot say”."""
    return facts.answer("political-will", "wanted") in ("", "not_yet", "cannot_say")


@rule(
    "WILL-2",
    level=CLARIFY,
    source=CONSIDERATIONS,
    question="Q10",
    sentence=_("Political will rests on fewer than two signs, or no sign is described."),
    ask=_("What shows the will to resolve the situation? Name a second sign, or say who said or did what, and when."),
)
def will_is_shown(facts: Facts) -> bool:
    """Fires on fewer than two signs or none described; silent while WILL-1 fires."""
    signs = set(facts.answer("political-will", "signs")) - {NOTHING_SO_FAR}
    shown = len(signs) >= 2 and facts.answer("political-will", "described")
    return not will_is_stated(facts) and not shown


@rule(
    "REL-1",
    level=MISSING,
    source=CONSIDERATIONS,
    question="Q13",
    sentence=_("It is not said how the help would improve labour relations."),
    ask=_("How would the help improve relations between the parties?"),
)
def improvement_is_described(facts: Facts) -> bool:
    """Fires when the effect on labour relations is left open."""
    return "Q13" in facts.open


@rule(
    "REL-2",
    level=MISSING,
    source=CONSIDERATIONS,
    question="Q14",
    sentence=_("It is not said how the help would settle the problem itself."),
    ask=_("Which step towards settling the problem do you expect from the help?"),
)
def settlement_is_described(facts: Facts) -> bool:
    """Fires when the effect on the problem is left open."""
    return "Q14" in facts.open


@rule(
    "REL-3",
    level=CLARIFY,
    source=Source("001", _("paragraph 35")),
    question="Q15",
    sentence=_("The other parties have not been asked yet whether they would take part."),
    ask=_("Can you ask the other parties whether they would take part, or would you rather that we wait with this?"),
)
def parties_are_asked(facts: Facts) -> bool:
    """Fires only when the answer is “not asked yet”."""
    return bool(facts.answer("labour-relations", "parties") == "not_asked")
