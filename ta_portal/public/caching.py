"""How long others may keep a public page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from ta_portal.middleware import belongs_to_somebody

SECONDS = 300

View = Callable[..., HttpResponseBase]


def for_everybody(view: View) -> View:
    """A page to look at only. Whoever is not signed in may keep it for some minutes and then ask whether it changed.

    The frame names the person, so what is made for somebody is kept by nobody; the middleware says that.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not belongs_to_somebody(request, response):
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    return require_safe(conditional_page(answer))
