"""Political will: evidence per party, not a tick (document 000, "Considerations to be kept in mind"; R026, R028)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import One, Some, Text
from requests_app.models.question import SIGHT, Follow, Question
from requests_app.models.sections.base import Section
from requests_app.rules.will import NOTHING_SO_FAR

WANTED = (
    ("clearly", _("Clearly")),
    ("partly", _("Partly")),
    ("not_yet", _("Not yet")),
    ("cannot_say", _("We cannot say")),
)
SIGNS = (
    ("statement", _("A public statement")),
    ("bill", _("A bill or decree in preparation")),
    ("committee", _("A committee set up")),
    ("budget", _("A budget set aside")),
    ("letter", _("A letter to the ILO")),
    ("invitation", _("An invitation")),
    ("talks", _("Talks already held")),
    (NOTHING_SO_FAR, _("Nothing so far")),
)


class PoliticalWill(Section):
    """Whether those who decide want the situation resolved, and what shows it."""

    slug = "political-will"
    heading = _("Political will")
    about = _("“Not yet” is a valid answer: it tells the officer where help has to begin.")

    wanted = One(WANTED)
    signs = Some(SIGNS)
    described = Text(limit=1500)
    objections = Text(limit=1000)

    questions = (
        Question(
            "Q9",
            _("Do those who decide want the situation resolved?"),
            ("wanted",),
            hint=_("Government, parliament, employers: those whose agreement is needed"),
        ),
        Question("Q10", _("What shows it?"), ("signs",), hint=_("Choose all that apply")),
        Question(
            "Q11",
            _("Describe one or two signs"),
            ("described",),
            hint=_("Who, when, and where it can be read"),
            follows=Follow("signs", frozenset(code for code, _label in SIGNS) - {NOTHING_SO_FAR}),
        ),
        Question(
            "Q12",
            _("Who might object, and why?"),
            ("objections",),
            hint=_("Only you and officers who read the request in full see this answer"),
            optional=True,
            readers=SIGHT,
        ),
    )
