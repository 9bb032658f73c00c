"""For "We are not sure": the help imagined, in the requester's words."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Text
from requests_app.models.question import Question
from requests_app.models.sections.base import Section


class NotSure(Section):
    """One box instead of the section of a kind."""

    slug = "help-imagined"
    heading = _("The help you imagine")

    imagined = Text(limit=1000, minimum=20)

    questions = (
        Question(
            "X1",
            _("Describe the help you imagine"),
            ("imagined",),
            hint=_("What the Office would do, with whom, and what would be different afterwards"),
        ),
    )
