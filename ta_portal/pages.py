"""The way in: from `/` to the front page in the reader's language. The pages themselves are in page_urls.py."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead on to the front page. LocaleMiddleware has chosen: the cookie's language, else the browser's, else ours."""
    return HttpResponseRedirect(reverse("home"))
