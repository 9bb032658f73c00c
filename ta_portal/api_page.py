"""The page for programmers: how a system calls the portal, every address, every kind of refusal."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from api.pages import MOST, SIZE
from api.problems import KINDS
from api.schema import description


@dataclass(frozen=True)
class Operation:
    """One method of one address, in the words of the description, which are English."""

    method: str
    path: str
    about: str
    tag: str


def operations() -> list[Operation]:
    """Every operation, by what it is about and in the order of the addresses."""
    found = [
        Operation(method.upper(), path, held["description"], held["tags"][0])
        for path, methods in description()["paths"].items()
        for method, held in methods.items()
    ]
    return sorted(found, key=lambda one: (one.tag, one.path))


@require_safe
def page(http: HttpRequest) -> HttpResponse:
    """The page."""
    groups = [(tag, list(held)) for tag, held in groupby(operations(), key=lambda one: one.tag)]
    context = {
        "groups": groups,
        "problems": KINDS.values(),
        "limits": settings.API_CALLS_A_MINUTE,
        "size": SIZE,
        "most": MOST,
        "v1": http.build_absolute_uri("/api/v1/"),
    }
    return render(http, "pages/api.html", context)


@require_safe
def problem(http: HttpRequest, code: str) -> HttpResponse:
    """The type of a problem leads to its line on the page. 404 for a kind that is none."""
    if code not in KINDS:
        raise Http404
    return redirect(f"{reverse('api_page')}#{code}")
