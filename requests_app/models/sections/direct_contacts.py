"""Direct contacts: at the government's invitation, during a procedure (001 §14; document 000; R021)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Day, Line, One
from requests_app.models.question import Follow, Question
from requests_app.models.sections.base import Section

NO_PROCEDURE = "none"
PROCEDURES = (
    ("cfa", _("A complaint before the Committee on Freedom of Association")),
    ("article_26", _("A complaint under article 26 of the Constitution")),
    ("other", _("Another")),
    (NO_PROCEDURE, _("None")),
)
AGREED = ("invite", "yes")
AGREEMENT = (
    ("invite", _("We are the government and invite them")),
    ("yes", _("Yes")),
    ("no_answer", _("Asked, no answer")),
    ("refused", _("Refused")),
    ("not_asked", _("Not asked")),
)


class DirectContacts(Section):
    """The procedure under way and the government's word on it."""

    slug = "direct-contacts"
    heading = _("The procedure")

    procedure = One(PROCEDURES)
    procedure_other = Line(limit=200)
    number = Line(limit=60)
    agreed = One(AGREEMENT)
    agreed_on = Day()

    questions = (
        Question(
            "D1",
            _("Which procedure is under way?"),
            ("procedure", "procedure_other"),
            labels={"procedure_other": _("If another, which?")},
        ),
        Question(
            "D2",
            _("Number or date of the case"),
            ("number",),
            hint=_("For example Case No. 1234"),
            follows=Follow("procedure", frozenset(code for code, _label in PROCEDURES) - {NO_PROCEDURE}),
        ),
        Question(
            "D3",
            _("Has the government agreed to direct contacts?"),
            ("agreed", "agreed_on"),
            hint=_("If you are the government, choose “We are the government and invite them”"),
            labels={"agreed_on": _("If yes, on which date? For example 15 3 2026")},
        ),
    )
