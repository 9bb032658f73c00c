"""Switching the language: what is remembered in the cookie and in the account, and what was typed goes along."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.models import User
from base.languages import SWITCH, cookie_of, offered, switching, wanted


class Languages:
    """Comes after Django's LocaleMiddleware, which reads the address, the cookie and the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """An address without a language (the desk) speaks that of the account; one with a language is remembered."""
        read = translation.get_language_from_path(request.path_info)
        if read is None and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        response = self.get_response(request)
        # Who sends neither a cookie nor a wish is a machine.
        speaks = cookie_of(request) or "Accept-Language" in request.headers
        if read and speaks and response.status_code == 200 and read != wanted(request):
            set_cookie(response, read)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send a form whose button switches on; a view that reads its body itself does so once it has read it."""
        return None if getattr(view, "reads_its_body", False) else sent_on(request)


def sent_on(request: HttpRequest) -> HttpResponse | None:
    """Send a form whose button switches on to its page in that language, with everything that was typed (307).

    None where it does not switch, or has arrived.
    """
    code = switching(request)
    if not code or code == translation.get_language_from_path(request.path_info):
        return None
    there = translate_url(request.get_full_path(), code)
    if there == request.get_full_path():
        return None
    return remember(request, HttpResponseRedirect(there, preserve_request=True), code)


def set_cookie(response: HttpResponse, code: str) -> None:
    """Remember the language for a year. The answer is then one person's: nobody keeps it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "no-store"


def remember(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """Remember a choice in the cookie, and in the account of who is signed in: his mails follow it."""
    set_cookie(response, code)
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).exclude(language=code).update(language=code)
    return response


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Switch from a page without a form, and lead back to it. An unknown language or page changes nothing."""
    code, page = request.POST.get(SWITCH, ""), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        page = "/"
    if not offered(code):
        return HttpResponseRedirect(page)
    return remember(request, HttpResponseRedirect(translate_url(page, code)), code)
