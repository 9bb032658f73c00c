"""What is asked of who wants an account. No search and no list of organizations: everything is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from accounts.people_forms import Address, Line, Lines, function_field, name_field
from standards.models import Country

INTERNATIONAL = "-"


def countries() -> list[tuple[str, Any]]:
    """The countries in the order of their names, and none for international federations."""
    listed = [(country.code, country.name) for country in Country.objects.in_reading_order()]
    return [("", _("Choose the country")), (INTERNATIONAL, _("International: no single country")), *listed]


class JoinForm(forms.Form):
    """Person, organization, proof. `cleaned_data` has the names of the row's fields."""

    name = name_field()
    function = function_field()
    address = Address(label=_("Your e-mail"), help_text=_("You sign in with it. A mail goes there to confirm it."))
    organization_name = Line(
        label=_("Name of the organization"), max_length=200, empty=_("Write the name of the organization.")
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("", _("Choose the group")), *Organization.Kind.choices],
        error_messages={"required": _("Choose the group."), "invalid_choice": _("Choose the group.")},
    )
    country_code = forms.ChoiceField(
        label=_("Its country"),
        choices=countries,
        error_messages={"required": _("Choose the country."), "invalid_choice": _("Choose the country.")},
    )
    proof = Lines(
        label=_("How can we see that you write for it?"),
        help_text=_(
            "For example: a letter with its heading that you can send, a page on which your name stands, "
            "a person whom we can call. Up to 4,000 characters."
        ),
        max_length=4000,
        empty=_("Write how we can see it, for example: a letter with the heading of the organization."),
    )

    def clean(self) -> dict[str, Any]:
        """The country as the row keeps it."""
        given = super().clean() or {}
        code = given.pop("country_code", None)
        given["country_id"] = None if code == INTERNATIONAL else code
        return given
