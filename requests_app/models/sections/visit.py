"""The visit: direct contacts and informal advisory visit alike (document 000; R016–R018, R022)."""

from django.utils.translation import gettext_lazy as _

from requests_app.kinds import VISIT
from requests_app.models.fields import Day, One, Text
from requests_app.models.question import SIGHT, Question
from requests_app.models.sections.base import Section

RECEIVED = (
    ("invite", _("We are the government and invite it")),
    ("yes", _("Yes")),
    ("no_answer", _("Asked, no answer")),
    ("no", _("No")),
    ("not_asked", _("Not asked")),
)
WHO = (
    ("officials", _("Senior ILO officials")),
    ("outside", _("Persons from outside the ILO")),
    ("both", _("Both")),
    ("office", _("The Office should decide")),
)
FROM = (
    ("region", _("From within the region")),
    ("elsewhere", _("From outside the region")),
    ("any", _("Both, or no preference")),
)


class Visit(Section):
    """Who should come, from where, and to what result."""

    slug = "visit"
    heading = _("The visit")
    about = _("The Branch uses these answers to propose a team. “The Office should decide” is a valid answer.")

    received = One(RECEIVED)
    improvement = Text(limit=1500, minimum=20)
    who = One(WHO)
    come_from = One(FROM)
    come_from_why = Text(limit=500)
    result = Text(limit=1500, minimum=20)
    meet = Text(limit=1500)
    first_date = Day(ahead=3)
    safety = Text(limit=1000)

    questions = (
        Question("E1", _("Would the government receive the visit?"), ("received",), kinds=frozenset({VISIT})),
        Question(
            "E2",
            _("How could the visit improve the application of the principles in the country?"),
            ("improvement",),
            kinds=frozenset({VISIT}),
        ),
        Question("M1", _("Who should carry it out?"), ("who",), hint=_("You may leave the choice to the Office")),
        Question(
            "M2",
            _("Where should they come from?"),
            ("come_from", "come_from_why"),
            labels={"come_from_why": _("Why? (optional)")},
        ),
        Question(
            "M3",
            _("What result do you hope for?"),
            ("result",),
            hint=_("One result that can be checked afterwards"),
        ),
        Question(
            "M4",
            _("Whom should they meet?"),
            ("meet",),
            hint=_("Offices and organizations, not private addresses"),
            optional=True,
        ),
        Question(
            "M5",
            _("First possible date"),
            ("first_date",),
            hint=_("Day, month and year, for example 15 3 2027"),
            optional=True,
            errors={"past": _("The first possible date must be after today")},
        ),
        Question(
            "M6",
            _("Anything about safety or access?"),
            ("safety",),
            hint=_("Only you and officers who read the request in full see this answer"),
            optional=True,
            readers=SIGHT,
        ),
    )
