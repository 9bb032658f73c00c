"""A new e-mail: asked for with the password once more, confirmed by the link of the mail."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import address
from accounts.models import User
from accounts.people_forms import Address
from accounts.throttle import too_often, within
from accounts.views.taking_along import as_typed


class AddressForm(forms.Form):
    """The new address."""

    address = Address(label=gettext_lazy("New e-mail"))


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """The form; the same answer for every address."""
    form = as_typed(AddressForm, request)
    if form.is_valid():
        if busy := too_often(request, "address"):
            return busy
        new = form.cleaned_data["address"]
        address.ask(cast(User, request.user), new, write=within(request, "join_mail", new))
        messages.success(request, _("A mail is on its way to the new address. Open the link in it within two days."))
        return redirect("account")
    return render(request, "account/address.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The link: one button changes the address."""
    if busy := too_often(request, "link"):
        return busy
    user = cast(User, request.user)
    found = address.find(key, user)
    if found is None:
        return render(request, "account/address_over.html")
    if request.method == "POST":
        try:
            address.confirm(found, by=user, session=request.session.session_key)
        except address.AddressRefused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("From now on you sign in with the new address."))
        return redirect("account")
    return render(request, "account/address_confirm.html", {"change": found})
