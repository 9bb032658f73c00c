"""Rules on what must be specific: the kind of help and what exactly is wanted (R003, R013–R022, R024)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, NOT_SURE, OPINION, SEMINAR, VISIT
from requests_app.rules.facts import GOVERNMENT, Facts
from requests_app.rules.finding import CLARIFY, MISSING, NOTE, Hit, Source
from requests_app.rules.registry import rule

SPECIFIC = Source("000", _("“Requests for assistance should be specific”"))
TYPES = Source("000", _("“Impact: Types of assistance”"))


@rule(
    "TYPE-1",
    kinds={NOT_SURE},
    level=CLARIFY,
    source=TYPES,
    question="N2",
    sentence=_("The kind of help is still open; the officer proposes one."),
    ask=_("Which of the five kinds of help comes nearest to what you need?"),
)
def kind_is_chosen(facts: Facts) -> bool:
    """Fires for “We are not sure”."""
    return facts.kind == NOT_SURE


def element(
    rule_id: str, question: str, kinds: set[str], source: Source, sentence: Promise, ask: Promise, about: str
) -> None:
    """Register a rule that fires when one needed element, and only that one, is left open."""

    def is_named(facts: Facts) -> bool:
        return question in facts.open

    is_named.__doc__ = about
    rule(rule_id, kinds=kinds, level=MISSING, source=source, question=question, sentence=sentence, ask=ask)(is_named)


element(
    "SPEC-1",
    "A3",
    {SEMINAR},
    SPECIFIC,
    _("The audience of the activity is not named."),
    _("Who should take part in the activity?"),
    "Fires when the target audience of a seminar is left open.",
)
element(
    "SPEC-2",
    "A5",
    {SEMINAR},
    SPECIFIC,
    _("The outcome hoped for from the activity is not named."),
    _("Which outcome do you hope for, in a way that can be checked afterwards?"),
    "Fires when the hoped-for outcome of a seminar is left open.",
)
element(
    "SPEC-3",
    "A6",
    {SEMINAR},
    SPECIFIC,
    _("The issues to be dealt with are not named."),
    _("Which issues must the activity deal with?"),
    "Fires when the issues of a seminar are left open.",
)
element(
    "MIS-1",
    "M1",
    {DIRECT_CONTACTS, VISIT},
    SPECIFIC,
    _("It is not said who should carry out the visit."),
    _("Should senior ILO officials carry out the visit, persons from outside the ILO, or should the Office decide?"),
    "Fires when it is left open who should conduct the mission.",
)
element(
    "MIS-2",
    "M2",
    {DIRECT_CONTACTS, VISIT},
    SPECIFIC,
    _("It is not said whether they should come from the region or from outside."),
    _("Should they come from within the region, from outside, or have you no preference?"),
    "Fires when it is left open from where they should come.",
)
element(
    "MIS-3",
    "M3",
    {DIRECT_CONTACTS, VISIT},
    SPECIFIC,
    _("No result is named for the visit."),
    _("Which result do you hope for from the visit, in a way that can be checked afterwards?"),
    "Fires when the hoped-for result of the mission is left open.",
)
element(
    "VIS-1",
    "E2",
    {VISIT},
    TYPES,
    _("It is not said how the visit could improve the application of the principles."),
    _("How could the visit improve the application of freedom of association principles in the country?"),
    "Fires when the effect of an informal advisory visit is left open.",
)
element(
    "OPIN-2",
    "C1",
    {OPINION},
    TYPES,
    _("The Convention or Recommendation is not named."),
    _("On which Convention or Recommendation do you ask an opinion?"),
    "Fires when the instrument is left open.",
)
element(
    "OPIN-3",
    "C2",
    {OPINION},
    TYPES,
    _("The Article or Paragraph is not named."),
    _("Which Article or Paragraph is it about?"),
    "Fires when the provision is left open.",
)
element(
    "OPIN-4",
    "C3",
    {OPINION},
    TYPES,
    _("The question is not put yet."),
    _("What is your question, in one sentence?"),
    "Fires when the question itself is left open.",
)
element(
    "LAW-2",
    "B9",
    {DRAFT_LAW},
    TYPES,
    _("It is not said how the text would improve the application of the principles."),
    _("How would the text improve the application of freedom of association principles?"),
    "Fires when the improvement by the draft is left open.",
)


@rule(
    "LAW-1",
    kinds={DRAFT_LAW},
    level=MISSING,
    source=TYPES,
    question="B3",
    sentence=_("The text of the draft is not there yet."),
    ask=_("Send us the text of the draft, or a link to it."),
    version=2,
)
def text_is_there(facts: Facts) -> bool:
    """Fires without a document and a link, unless it is said how the text will come; also if it cannot be shown yet."""
    link, sent_by = facts.answer("draft-law", "link"), facts.answer("draft-law", "sent_by")
    return not facts.has_documents and not link and sent_by in ("", "not_yet")


@rule(
    "OPIN-1",
    kinds={OPINION},
    level=NOTE,
    source=TYPES,
    question="C5",
    sentence=_("The same point is before a supervisory body or a court, which speaks first."),
)
def point_is_not_pending(facts: Facts) -> bool:
    """Fires when the requester says that the point is pending elsewhere."""
    return bool(facts.answer("provision", "pending") == "yes")


@rule(
    "PROC-1",
    kinds={DIRECT_CONTACTS},
    level=MISSING,
    source=TYPES,
    question="D1",
    sentence={
        "none": _("No procedure under way is named; direct contacts take place in the context of one."),
        "number": _("The procedure is named, but not its number or date."),
    },
    ask={
        "none": _("Which procedure is under way, for example a case before the Committee on Freedom of Association?"),
        "number": _("What is the number or the date of the case?"),
    },
)
def procedure_is_named(facts: Facts) -> Hit | None:
    """Fires once: when no procedure is named, or when one is and its number or date is left open."""
    if facts.answer("direct-contacts", "procedure") in ("", "none"):
        return Hit(variant="none", question="D1")
    return Hit(variant="number", question="D2") if "D2" in facts.open else None


@rule(
    "PROC-2",
    kinds={DIRECT_CONTACTS},
    level=CLARIFY,
    source=Source("001", _("paragraph 14")),
    question="D3",
    sentence=_("The government has not invited or agreed to direct contacts, as far as is known."),
    ask=_("Has the government been asked about direct contacts, and what did it answer?"),
)
def government_agrees(facts: Facts) -> bool:
    """Fires unless the government has agreed, or is itself the requester and invites."""
    agreed = facts.answer("direct-contacts", "agreed")
    return agreed != "yes" and not (agreed == "invite" and facts.group == GOVERNMENT)
