"""Costs and funding (document 000, "Funding"; R078)."""

from django.utils.translation import gettext_lazy as _

from requests_app.models.fields import Amount, Line, Number, One, Some
from requests_app.models.question import Follow, Question
from requests_app.models.sections.base import Section
from requests_app.rules.means import OUTSIDE_COSTS

LODGING = "lodging"
NO_SOURCE = "none"
COSTS = (
    (LODGING, _("Participants' lodging")),
    ("travel", _("Participants' travel")),
    ("venue", _("Venue")),
    ("interpretation", _("Interpretation")),
    ("printing", _("Printing")),
    ("time_only", _("Only officials' time")),
    ("unknown", _("We do not know")),
)
PAYERS = (
    ("we", _("We pay")),
    ("government", _("The government")),
    ("donor", _("A donor")),
    ("project", _("Another ILO project")),
    ("office", _("We ask the Office")),
    (NO_SOURCE, _("No source yet")),
)
CURRENCIES = (
    ("USD", _("US dollar")),
    ("EUR", _("Euro")),
    ("CHF", _("Swiss franc")),
    ("XAF", _("CFA franc (Central Africa)")),
    ("XOF", _("CFA franc (West Africa)")),
    ("other", _("Another currency")),
)


class Funding(Section):
    """What it would cost and who would pay."""

    slug = "funding"
    heading = _("Costs and funding")
    about = _("The Office's means are limited: where costs arise, a source has to be found.")

    costs = Some(COSTS)
    lodging_people = Number(low=1, high=5000)
    lodging_nights = Number(low=1, high=60)
    payers = Some(PAYERS)
    payer_name = Line(limit=200)
    amount = Amount()
    currency = One(CURRENCIES, many_to_show=True)

    questions = (
        Question("K1", _("Which costs would there be?"), ("costs",), hint=_("Choose all that apply")),
        Question(
            "K2",
            _("If lodging: how many people, how many nights?"),
            ("lodging_people", "lodging_nights"),
            hint=_("For example 25 people, 2 nights"),
            labels={"lodging_people": _("Number of people"), "lodging_nights": _("Number of nights")},
            needed=("lodging_people", "lodging_nights"),
            follows=Follow("costs", frozenset({LODGING})),
        ),
        Question(
            "K3",
            _("Who would pay?"),
            ("payers", "payer_name"),
            hint=_("Several answers possible"),
            labels={"payer_name": _("Name of the donor or project, if any")},
            follows=Follow("costs", OUTSIDE_COSTS),
        ),
        Question(
            "K4",
            _("Amount available"),
            ("amount", "currency"),
            hint=_("For example 12 000"),
            labels={"amount": _("Amount"), "currency": _("Currency")},
            optional=True,
        ),
    )
