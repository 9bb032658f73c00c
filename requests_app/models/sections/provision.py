"""The provision on whose meaning an opinion is asked (document 000, types of assistance; R020)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Day, Line, One, Text
from requests_app.models.question import Question
from requests_app.models.sections.base import Section
from requests_app.models.sections.conventions import INSTRUMENTS, NOT_SURE, YES_NO_UNKNOWN

RECOMMENDATIONS = (
    ("R091", _("R.91 Collective Agreements, 1951")),
    ("R092", _("R.92 Voluntary Conciliation and Arbitration, 1951")),
    ("R143", _("R.143 Workers' Representatives, 1971")),
    ("R149", _("R.149 Rural Workers' Organisations, 1975")),
    ("R159", _("R.159 Labour Relations (Public Service), 1978")),
    ("R163", _("R.163 Collective Bargaining, 1981")),
)


class Provision(Section):
    """Which instrument, which Article, which question."""

    slug = "provision"
    heading = _("The provision")
    about = _("The Office gives its opinion; it does not bind the supervisory bodies.")

    instrument = One(tuple(row for row in INSTRUMENTS if row[0] != NOT_SURE) + RECOMMENDATIONS, many_to_show=True)
    article = Line(limit=60)
    question = Text(limit=500, minimum=15)
    background = Text(limit=2000, minimum=20)
    pending = One(YES_NO_UNKNOWN)
    pending_number = Line(limit=200)
    needed_by = Day(ahead=3)

    questions = (
        Question("C1", _("Which Convention or Recommendation?"), ("instrument",)),
        Question("C2", _("Which Article or Paragraph?"), ("article",), hint=_("For example Article 3, paragraph 2")),
        Question("C3", _("Your question, in one sentence"), ("question",)),
        Question("C4", _("What national rule or event lies behind it?"), ("background",)),
        Question(
            "C5",
            _("Is the same point before a supervisory body or a court?"),
            ("pending", "pending_number"),
            labels={"pending_number": _("If yes, its number")},
        ),
        Question(
            "C6",
            _("By when?"),
            ("needed_by",),
            hint=_("Day, month and year, for example 15 3 2027"),
            optional=True,
        ),
    )
