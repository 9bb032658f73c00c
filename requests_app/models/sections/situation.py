"""The situation: what happens, since when, to whom, and which issues are at stake (R002)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Day, Line, Month, One, Some, Text
from requests_app.models.question import Question
from requests_app.models.sections.base import Section

AFFECTED = (
    ("union_members", _("Union members")),
    ("union_leaders", _("Union leaders")),
    ("employers", _("Employers' organizations")),
    ("public_servants", _("Public servants")),
    ("agricultural_or_domestic", _("Agricultural or domestic workers")),
    ("export_zones", _("Workers in export zones")),
    ("migrants", _("Migrants")),
    ("everyone", _("Everyone")),
)
ISSUES = (
    ("forming", _("Forming and registering organizations")),
    ("joining", _("Joining an organization")),
    ("discrimination", _("Dismissal or discrimination for union activity")),
    ("interference", _("Interference in organizations")),
    ("bargaining", _("Collective bargaining")),
    ("strike", _("The right to strike")),
    ("public_service", _("Rights in the public service")),
    ("violence", _("Arrest or violence")),
    ("property", _("Property and premises")),
    ("dissolution", _("Dissolution or suspension")),
    ("disputes", _("Settlement of disputes")),
    ("other", _("Other")),
)
DANGER = (
    ("danger", _("Yes, someone is in danger")),
    ("date", _("Yes, a date is near")),
    ("both", _("Yes, both")),
    ("no", _("No")),
)


class Situation(Section):
    """Facts, places, dates."""

    slug = "situation"
    heading = _("The situation")
    about = _("Facts help most: what happened, where and when. Documents have a page of their own.")

    happening = Text(limit=4000, minimum=30)
    since = Month()
    affected = Some(AFFECTED)
    issues = Some(ISSUES, most=5)
    issues_other = Line(limit=120)
    urgent = One(DANGER)
    urgent_text = Text(limit=1000)
    urgent_date = Day(ahead=3)

    questions = (
        Question(
            "Q1",
            _("What is happening?"),
            ("happening",),
            hint=_("Facts, places, dates; documents can be added on the page “Documents”"),
            blocks=("happening",),
            left_open=_("Describe what is happening in at least one sentence"),
        ),
        Question("Q2", _("Since when?"), ("since",), hint=_("Month and year, for example 3 2025"), optional=True),
        Question("Q3", _("Who is affected?"), ("affected",), hint=_("Choose all that apply"), optional=True),
        Question(
            "Q4",
            _("Which issues are at stake?"),
            ("issues", "issues_other"),
            hint=_("Choose up to five"),
            labels={"issues_other": _("If other, which?")},
            any_of=True,
            errors={"too_many": _("Choose no more than five")},
        ),
        Question(
            "U1",
            _("Is anyone in danger, or a date near?"),
            ("urgent", "urgent_text", "urgent_date"),
            labels={"urgent_text": _("If yes, say what is urgent"), "urgent_date": _("If a date is near, which?")},
            hint=_("For the date: day, month and year, for example 15 3 2027"),
            optional=True,
        ),
    )
