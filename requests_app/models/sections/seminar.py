"""The seminar (document 000, "Requests for assistance should be specific"; R013–R015, R023)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Day, Line, One, Range, Some, Text
from requests_app.models.question import Question
from requests_app.models.sections.base import Section
from requests_app.models.sections.situation import ISSUES

FORMS = (
    ("seminar", _("A seminar")),
    ("workshop", _("A workshop")),
    ("campaign", _("A campaign")),
    ("materials", _("Materials")),
    ("online", _("An online course")),
    ("office", _("The Office should propose")),
)
PURPOSES = (
    ("principles", _("To make the principles known")),
    ("difficulty", _("To resolve a national difficulty")),
    ("both", _("Both")),
)
AUDIENCES = (
    ("judges", _("Judges")),
    ("lawyers", _("Lawyers")),
    ("educators", _("Teachers of law")),
    ("labour_ministry", _("Officials of the labour ministry")),
    ("parliament", _("Members of parliament")),
    ("employers", _("Employers' representatives")),
    ("workers", _("Workers' representatives")),
    ("reporting", _("Officials who write reports to the ILO")),
)
EMPLOYERS = "employers"
TAKING_PART = (
    ("government", _("Government")),
    (EMPLOYERS, _("Employers")),
    ("workers", _("Workers")),
    ("others", _("Others")),
)
LANGUAGES = (
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
    ("other", _("Another language")),
)


class Seminar(Section):
    """For whom, to what end, on which issues."""

    slug = "seminar"
    heading = _("The seminar")

    form = One(FORMS)
    purpose = One(PURPOSES)
    difficulty = Text(limit=500)
    audience = Some(AUDIENCES)
    audience_text = Line(limit=300, minimum=5)
    people = Range(low=1, high=5000)
    outcome = Text(limit=1500, minimum=20)
    issues = Some(ISSUES)
    issues_text = Text(limit=1000)
    place = Line(limit=200)
    date = Day(ahead=3)
    languages = Some(LANGUAGES)
    taking_part = Some(TAKING_PART)

    questions = (
        Question("A1", _("What form should it take?"), ("form",)),
        Question(
            "A2",
            _("What is it for?"),
            ("purpose", "difficulty"),
            labels={"difficulty": _("If a national difficulty, which?")},
        ),
        Question(
            "A3",
            _("Who is the audience?"),
            ("audience", "audience_text"),
            hint=_("Choose all that apply, or say it in your own words"),
            labels={
                "audience_text": _("For example “25 labour inspectors and 15 union officers of three regions”"),
            },
            any_of=True,
        ),
        Question(
            "A4",
            _("How many people?"),
            ("people",),
            hint=_("A number or a range, for example 30–40"),
            optional=True,
        ),
        Question(
            "A5",
            _("What outcome do you hope for?"),
            ("outcome",),
            hint=_("Something that can be checked afterwards"),
        ),
        Question(
            "A6",
            _("Which issues must be dealt with?"),
            ("issues", "issues_text"),
            labels={"issues_text": _("In your own words")},
            any_of=True,
        ),
        Question(
            "A7",
            _("Where and when?"),
            ("place", "date"),
            labels={"place": _("Place"), "date": _("First possible date, for example 15 3 2027")},
            optional=True,
        ),
        Question("A8", _("Working languages"), ("languages",), optional=True),
        Question("A9", _("Who takes part?"), ("taking_part",), hint=_("Choose all that apply")),
    )
