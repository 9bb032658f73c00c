"""Naming an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people_forms import Line
from webhooks.addresses import LIMIT


class AddressForm(forms.Form):
    """Where to, and what for."""

    url = Line(
        label=_("Address"),
        help_text=_("Begins with https:// and can be reached from the internet."),
        max_length=LIMIT,
        empty=_("Write the address in full, for example https://example.org/hooks"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    description = Line(label=_("What it is"), help_text=_("For example: our case system"), max_length=120)
