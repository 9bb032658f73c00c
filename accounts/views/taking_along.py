"""A page of log-in asked for in another language: the form is shown again as it was typed, nothing is done with it."""

from typing import Any, TypeVar

from allauth.account import views as library
from django import forms
from django.http import HttpRequest, HttpResponseBase, QueryDict

from base.languages import switching

Form = TypeVar("Form", bound=forms.Form)


def typed_into(form: forms.Form, data: QueryDict) -> dict[str, Any]:
    """What was typed, by field. No password: a page never carries one back to the browser."""
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
        if not isinstance(field.widget, forms.PasswordInput)
    }


def as_typed(kind: type[Form], request: HttpRequest, **more: Any) -> Form:
    """The form of a page: empty, or to be checked, or at a switch of the language as it was typed and not judged."""
    if switching(request):
        form = kind(**more)
        form.initial = typed_into(form, request.POST)
        return form
    return kind(request.POST if request.method == "POST" else None, **more)


class TakesAlong:
    """Put before a view of the library: a form that switches the language is a look at the page.

    As GET it meets no throttle, no check of a password and no mail, which the library ties to POST.
    """

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The library's, once the method says what is asked."""
        if switching(request):
            request.method = "GET"
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def get_form(self, form_class: Any = None) -> forms.Form:
        """The library's; at a look that brings something along, with that."""
        form: forms.Form = super().get_form(form_class)  # type: ignore[misc]
        if self.request.method == "GET" and self.request.POST:
            form.initial.update(typed_into(form, self.request.POST))
        return form


class SignIn(TakesAlong, library.LoginView):
    """E-mail and password."""


class AskForReset(TakesAlong, library.PasswordResetView):
    """Asks for a link to set a new password."""
