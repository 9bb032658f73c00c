"""Forms of log-in and of one's own details. What they check is the library's; the words are ours."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.clock import OWN_DEVICE_KEY
from accounts.models import User

LONGEST_PASSWORD = 256  # characters: refused before it is hashed, which is slow on purpose
LONGEST_CODE = 20

CONTINENTS = frozenset(
    ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)

# Field → label, hint, sentence when it is left empty; translated when shown.
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "login": (_("E-mail"), "", _("Write your e-mail, for example name@example.org.")),
    "email": (_("E-mail"), "", _("Write your e-mail, for example name@example.org.")),
    "password": (_("Password"), "", _("Write your password.")),
    "remember": (
        _("This is my own device"),
        _("You stay signed in for 14 days. Leave it empty on a device that others use."),
        "",
    ),
    "oldpassword": (_("Present password"), "", _("Write your present password.")),
    "password1": (
        _("New password"),
        _("At least 12 characters. Several words with spaces are good."),
        _("Write a new password."),
    ),
    "password2": (_("New password, once more"), "", _("Write the new password once more.")),
    "code": (_("Code"), "", _("Write the code.")),
}
LIMITS = {"password": LONGEST_PASSWORD, "oldpassword": LONGEST_PASSWORD, "password1": LONGEST_PASSWORD}
LIMITS |= {"password2": LONGEST_PASSWORD, "code": LONGEST_CODE}


class InOurWords:
    """Gives the fields of a library's form our words and limits."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label, hint, empty = WORDS[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = empty
            field.widget.attrs.pop("placeholder", None)
            if name in LIMITS:
                field.validators.insert(0, MaxLengthValidator(LIMITS[name], message=_("This is too long.")))


class SignInForm(InOurWords, account_forms.LoginForm):
    """E-mail, password, and whether the device is the person's own."""

    def clean(self) -> Any:
        """Asks for the password's hash only when every field is in order."""
        return self.cleaned_data if self.errors else super().clean()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signs in, or goes on to the second step, and notes the device for the session's clock."""
        response = super().login(request, redirect_url)
        request.session[OWN_DEVICE_KEY] = bool(self.cleaned_data["remember"])
        return response


class ConfirmForm(InOurWords, account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""


class ResetForm(InOurWords, account_forms.ResetPasswordForm):
    """Asks for a link to set a new password."""


class NewPasswordForm(InOurWords, account_forms.ResetPasswordKeyForm):
    """Sets a new password from the link."""


class ChangePasswordForm(InOurWords, account_forms.ChangePasswordForm):
    """Changes the password of who is signed in."""


class FirstPasswordForm(InOurWords, account_forms.SetPasswordForm):
    """Sets the first password of who has none."""


class SecondStepForm(InOurWords, mfa_forms.AuthenticateForm):
    """The code at sign-in: of the app, or a recovery code."""


class ConfirmByCodeForm(InOurWords, mfa_forms.ReauthenticateForm):
    """The code once more, before something that matters."""


class TurnOnForm(InOurWords, totp_forms.ActivateTOTPForm):
    """The first code of the app."""


@cache
def time_zones() -> list[tuple[str, str]]:
    """The zones of cities, and UTC; the older names of the same zones are left out. A walk through files, made once."""
    named = sorted(name for name in available_timezones() if name.partition("/")[0] in CONTINENTS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in named)]


class DetailsForm(forms.ModelForm):
    """One's own details. The e-mail is the log-in name and has a page of its own."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones,
        required=False,
        help_text=_("Dates and times are shown to you in it."),
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )

    def clean_time_zone(self) -> str:
        """As it was where none was sent."""
        return str(self.cleaned_data["time_zone"] or self.instance.time_zone)

    class Meta:
        model = User
        fields = ["name", "function", "telephone", "language", "time_zone"]
        error_messages = {"name": {"required": _("Write your name.")}}
        help_texts = {
            "function": _("For example: general secretary"),
            "telephone": _("With the country code, for example +237 …"),
            "language": _("For mails, and for what is written to you."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "function": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "telephone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }
