"""Labour relations: would the help improve them and settle the problem (document 000; R027)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Line, One, Text
from requests_app.models.question import Question
from requests_app.models.sections.base import Section

READY = (
    ("all", _("All of them")),
    ("some", _("Some of them")),
    ("no", _("No")),
    ("not_asked", _("Not asked yet")),
)


class LabourRelations(Section):
    """What would change between the parties."""

    slug = "labour-relations"
    heading = _("Labour relations")

    improved = Text(limit=1500, minimum=20)
    settled = Text(limit=1500, minimum=20)
    parties = One(READY)
    parties_some = Line(limit=200)
    tried = Text(limit=1500)

    questions = (
        Question(
            "Q13",
            _("How would this help improve labour relations?"),
            ("improved",),
            hint=_("For example “both sides would meet again in the joint committee”"),
        ),
        Question("Q14", _("How would it help settle the problem itself?"), ("settled",), hint=_("One step you expect")),
        Question(
            "Q15",
            _("Are the other parties ready to take part?"),
            ("parties", "parties_some"),
            hint=_("Government, employers, workers"),
            labels={"parties_some": _("If some, which?")},
        ),
        Question(
            "Q16",
            _("What has been tried already?"),
            ("tried",),
            hint=_("Meetings, mediation, courts, earlier ILO help"),
            optional=True,
        ),
    )
