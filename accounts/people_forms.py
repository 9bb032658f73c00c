"""Forms about people and organizations, with sentences of their own."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.forms import LONGEST_PASSWORD
from accounts.models import Membership, User
from base.text import clean_text, one_line

SHORTEN = _("Shorten this to %(limit_value)s characters.")


class Line(forms.CharField):
    """One line; what is too long is said, not cut off by the browser."""

    clean_typed = staticmethod(one_line)

    def __init__(self, *, empty: Any = "", **more: Any) -> None:
        super().__init__(required=bool(empty), error_messages={"required": empty, "max_length": SHORTEN}, **more)

    def to_python(self, value: Any) -> str:
        """Without invisible signs."""
        return self.clean_typed(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No limit in the browser."""
        return {}


class Lines(Line):
    """Several lines."""

    widget = forms.Textarea
    clean_typed = staticmethod(clean_text)


class Address(forms.EmailField):
    """An e-mail address, in lower case as accounts keep it."""

    def __init__(self, **more: Any) -> None:
        wrong = _("Write an e-mail address in full, for example name@example.org.")
        super().__init__(
            max_length=254,
            error_messages={"required": wrong, "invalid": wrong, "max_length": SHORTEN},
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            **more,
        )

    def to_python(self, value: Any) -> str:
        """As it is compared everywhere."""
        return str(super().to_python(value) or "").lower()


def name_field() -> Line:
    """The name of a person."""
    widget = forms.TextInput(attrs={"autocomplete": "name"})
    return Line(label=_("Your name"), max_length=120, empty=_("Write your name."), widget=widget)


def function_field() -> Line:
    """What a person does in the organization."""
    return Line(
        label=_("Your function"),
        max_length=120,
        help_text=_("For example: general secretary"),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


class FirstPassword(forms.Form):
    """A password for an account that is made with it."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. Several words with spaces are good."),
        strip=False,
        max_length=LONGEST_PASSWORD,
        error_messages={"required": _("Write a password."), "max_length": SHORTEN},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, address: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.address = address

    def clean(self) -> dict[str, Any]:
        """Not like the name or the address, not a common one."""
        given = super().clean() or {}
        if given.get("password"):
            try:
                validate_password(given["password"], User(email=self.address, name=given.get("name", "")))
            except forms.ValidationError as refused:
                self.add_error("password", refused)
        return given


class NewMemberForm(FirstPassword):
    """What is asked of an invited person who has no account yet."""

    name = name_field()
    function = function_field()
    field_order = ["name", "function", "password"]


class RoleForm(forms.Form):
    """The role of a member."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        error_messages={"invalid_choice": _("Choose a role from the list.")},
    )


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    address = Address(label=_("E-mail of the person"))
    field_order = ["address", "role"]
