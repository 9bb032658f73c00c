"""The languages of the portal, and which of them somebody wants. Their list stands in the settings alone."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

# The name of the buttons by which a page with a form switches: what was typed comes with them.
SWITCH = "switch_to"


def offered(code: str) -> bool:
    """Whether the portal speaks this language."""
    return code in dict(settings.LANGUAGES)


def cookie_of(request: HttpRequest) -> str:
    """The language that the cookie remembers; empty without one, or for one that is not offered."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if offered(code) else ""


def wanted(request: HttpRequest) -> str:
    """The language of the cookie, else the first of the browser's that is offered; empty when none fits."""
    if code := cookie_of(request):
        return code
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(asked)
        except LookupError:
            continue
    return ""


def switching(request: HttpRequest) -> str:
    """The language to which the page's form is asked to switch: keep what was typed, do nothing else. Else empty."""
    code = request.POST.get(SWITCH, "") if request.method == "POST" else ""
    return code if offered(code) else ""
