"""People: whom the Office writes to and who may know."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Email, Line, One, Telephone, Text
from requests_app.models.question import SIGHT, Question
from requests_app.models.sections.base import Section

OTHER_WAYS = (
    ("email", _("Yes, by e-mail")),
    ("post", _("Yes, by post")),
    ("nothing", _("No")),
)
ONLY_OFFICE = "only_office"
MAY_KNOW = (
    ("others", _("The Office may speak with the other parties")),
    (ONLY_OFFICE, _("Only the Office, until we agree")),
)


class People(Section):
    """Contacts, and the requester's word on who may know of the request."""

    slug = "people"
    heading = _("People")

    name = Line(limit=120, minimum=2)
    function = Line(limit=120, minimum=2)
    email = Email()
    telephone = Telephone()
    language = One(tuple(settings.LANGUAGES))
    second_name = Line(limit=120)
    second_function = Line(limit=120)
    second_email = Email()
    second_telephone = Telephone()
    may_know = One(MAY_KNOW)
    may_know_text = Text(limit=500)
    documents_by = One(OTHER_WAYS)

    questions = (
        Question(
            "P1",
            _("Whom do we write to?"),
            ("name", "function", "email", "telephone", "language"),
            hint=_("Filled in from your account"),
            labels={
                "name": _("Name"),
                "function": _("Function"),
                "email": _("E-mail"),
                "telephone": _("Telephone (optional)"),
                "language": _("Language of our letters"),
            },
            needed=("name", "function", "email"),
            blocks=("email",),
            left_open=_("Write the e-mail address of the person we write to"),
            readers=SIGHT,
        ),
        Question(
            "P2",
            _("A second person"),
            ("second_name", "second_function", "second_email", "second_telephone"),
            hint=_("In case the first is away"),
            labels={
                "second_name": _("Name"),
                "second_function": _("Function"),
                "second_email": _("E-mail"),
                "second_telephone": _("Telephone"),
            },
            optional=True,
            readers=SIGHT,
        ),
        Question(
            "P3",
            _("Who may know of this request?"),
            ("may_know", "may_know_text"),
            hint=_(
                "The Office does not pass it on without your choice. "
                "If filing is risky for you, write from a device that others do not read."
            ),
            labels={"may_know_text": _("A remark on this (optional)")},
            blocks=("may_know",),
            left_open=_("Choose who may know of this request"),
        ),
        Question(
            "P4",
            _("Will you send documents by another way?"),
            ("documents_by",),
            hint=_("Most documents can be added on the page “Documents”; whatever is too large can be sent to us"),
            optional=True,
        ),
    )
