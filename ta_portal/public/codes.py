"""Codes in addresses. Small letters are understood and led to the one address of the page."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse


class CountryCode:
    """Two letters."""

    regex = "[A-Za-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class InstrumentCode(CountryCode):
    """A letter and three digits."""

    regex = "[CPRcpr][0-9]{3}"


def one_address(request: HttpRequest, code: str) -> HttpResponsePermanentRedirect | None:
    """Where the page stands when `code` is not written in capital letters, else None."""
    if code == code.upper():
        return None
    name = request.resolver_match.view_name if request.resolver_match else ""
    return HttpResponsePermanentRedirect(reverse(name, args=[code.upper()]))
