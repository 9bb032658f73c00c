"""The way in: from `/` to the front page in the reader's language. The pages themselves are in page_urls.py."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from base.languages import cookie_of, wanted


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead on in the cookie's language, else the account's, else the browser's; with none of them, ask."""
    code = cookie_of(request) or getattr(request.user, "language", "") or wanted(request)
    if not code:
        return render(request, "pages/languages.html")
    return HttpResponseRedirect(translate_url(reverse("home"), code))
