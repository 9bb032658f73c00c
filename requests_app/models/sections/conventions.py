"""Conventions and supervision: what the request is about and what was said of it before (R006)."""

from collections.abc import Mapping
from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _

from base.form_fields import SomeField
from requests_app.models.fields import Line, One, Some
from requests_app.models.on_record import OnRecord, called, on_record
from requests_app.models.question import Question, Wording
from requests_app.models.sections.base import Section
from supervisory.models import SupervisoryItem

# The freedom of association instruments that the form lists; any other is written beside them.
LISTED = ("C011", "C084", "C087", "C098", "C135", "C141", "C144", "C151", "C154")
NOT_SURE = "not_sure"
INSTRUMENTS = (
    ("C011", _("C.11 Right of Association (Agriculture), 1921")),
    ("C084", _("C.84 Right of Association (Non-Metropolitan Territories), 1947")),
    ("C087", _("C.87 Freedom of Association and Protection of the Right to Organise, 1948")),
    ("C098", _("C.98 Right to Organise and Collective Bargaining, 1949")),
    ("C135", _("C.135 Workers' Representatives, 1971")),
    ("C141", _("C.141 Rural Workers' Organisations, 1975")),
    ("C144", _("C.144 Tripartite Consultation, 1976")),
    ("C151", _("C.151 Labour Relations (Public Service), 1978")),
    ("C154", _("C.154 Collective Bargaining, 1981")),
    (NOT_SURE, _("We are not sure")),
)
PREPARED = (
    ("decided", _("It has been decided")),
    ("discussed", _("It is being discussed")),
    ("no", _("No")),
    ("unknown", _("We do not know")),
)
YES_NO_UNKNOWN = (("yes", _("Yes")), ("no", _("No")), ("unknown", _("We do not know")))


class Conventions(Section):
    """Which instruments, whether ratification is prepared, and whether a supervisory body has commented."""

    slug = "conventions"
    heading = _("Conventions and supervision")
    about = _(
        "Ratification is normally expected, but it depends on the kind of help and the context: "
        "a request without it is accepted."
    )

    instruments = Some(INSTRUMENTS)
    recommendations = Line(limit=200)
    ratification = One(PREPARED)
    commented = One(YES_NO_UNKNOWN)
    recorded = OnRecord()
    comments = Line(limit=200)

    questions = (
        Question(
            "Q5",
            _("Which instruments is it about?"),
            ("instruments", "recommendations"),
            hint=_("Beside each stands what the list says of its ratification by the country of the request"),
            labels={"recommendations": _("Recommendations or other instruments, if any")},
            any_of=True,
        ),
        Question(
            "Q6",
            _("Is ratification being prepared?"),
            ("ratification",),
            hint=_("Asked because at least one chosen Convention is not ratified"),
        ),
        Question(
            "Q7",
            _("Has a supervisory body commented on this?"),
            ("commented",),
            hint=_("Committee of Experts, Conference Committee, Committee on Freedom of Association, another"),
        ),
        Question(
            "Q8",
            _("If yes, which comment or case?"),
            ("recorded", "comments"),
            hint=_(
                "What is on record for the country is listed; otherwise write the number, for example Case No. 1234"
            ),
            labels={"comments": _("Another comment or case")},
            any_of=True,
            optional=True,
        ),
    )

    @cached_property
    def on_record(self) -> list[SupervisoryItem]:
        """The items that Q8 offers: the newest of the country, and those that were ticked before."""
        return on_record(self.request.country_id, self.recorded)

    def answer_field(self, name: str, errors: Mapping[str, Wording]) -> forms.Field:
        """The field of Q8 offers what is on record for the country of the request."""
        if name != "recorded":
            return super().answer_field(name, errors)
        return SomeField(options=tuple((item.key, called(item)) for item in self.on_record), error_messages=errors)
