"""The draft law (document 000, types of assistance; R019)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Day, Line, Link, One, Text
from requests_app.models.question import Question
from requests_app.models.sections.base import Section
from requests_app.models.sections.seminar import LANGUAGES

STAGES = (
    ("idea", _("An idea")),
    ("drafting", _("Being drafted")),
    ("government", _("Before the government")),
    ("parliament", _("Before parliament")),
    ("adopted", _("Adopted, not yet in force")),
)
SENT_BY = (
    ("email", _("We will send it by e-mail")),
    ("post", _("We will send it by post")),
    ("not_yet", _("It cannot be shown yet")),
)
NO_TEXT = "not_yet"
CONSULTED = (("yes", _("Yes")), ("partly", _("Partly")), ("no", _("No")), ("not_yet", _("Not yet")))
PASSED_ON = (("yes", _("Yes")), ("no", _("No")), ("ask", _("Ask us first")))


class DraftLaw(Section):
    """Which text, at which stage, and what the comments are for."""

    slug = "draft-law"
    heading = _("The draft law")

    text_title = Line(limit=300, minimum=5)
    stage = One(STAGES)
    link = Link()
    sent_by = One(SENT_BY)
    language = One(LANGUAGES, many_to_show=True)
    provisions = Text(limit=1000, minimum=3)
    consulted = One(CONSULTED)
    needed_by = Day(ahead=3)
    pass_on = One(PASSED_ON)
    improvement = Text(limit=1500, minimum=20)

    questions = (
        Question("B1", _("Title of the text"), ("text_title",), hint=_("As it stands on the draft")),
        Question("B2", _("What stage is it at?"), ("stage",)),
        Question(
            "B3",
            _("The text itself"),
            ("link", "sent_by"),
            hint=_("Add it on the page “Documents”, or give a link, or say how you will send it"),
            labels={"link": _("Link to the text"), "sent_by": _("If there is neither a document nor a link")},
            any_of=True,
        ),
        Question("B4", _("Language of the text"), ("language",), optional=True),
        Question(
            "B5",
            _("Which provisions should be examined?"),
            ("provisions",),
            hint=_("Numbers, or “the whole text”"),
        ),
        Question(
            "B6",
            _("Have employers' and workers' organizations been consulted on it?"),
            ("consulted",),
        ),
        Question(
            "B7",
            _("By when do you need the comments?"),
            ("needed_by",),
            hint=_("Date of the debate if known, for example 15 3 2027"),
            optional=True,
        ),
        Question("B8", _("May the comments be passed to the other two groups?"), ("pass_on",), optional=True),
        Question(
            "B9",
            _("How would this text improve the application of the principles?"),
            ("improvement",),
            hint=_("What would be possible under it that is not possible now"),
        ),
    )

    def answered_beside(self, question: Question) -> bool:
        """A document of the request is the text of the draft, as far as anybody can know before reading it."""
        return question.id == "B3" and self.request_id is not None and self.request.has_documents
