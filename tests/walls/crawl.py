"""Opening every page, with everything that can be written behind an address, as one person after the other."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlencode

from django.db import connection

from requests_app.admin.saved_views import VIEWS
from tests.walls.cast import Cast
from tests.walls.pages import everything
from tests.walls.resolver import filled, page_routes

Answers = dict[str, str]
# Signing out ends the crawl; where one is signed in stands with the minute of the last click.
LEFT_OUT = frozenset({"account_logout", "admin:logout", "account_devices"})
LOOKUPS = (
    "organization",
    "organization__name",
    "organization__name__startswith",
    "title__contains",
    "author__email",
    "reference",
    "about",
    "situation_section__happening__regex",
    "user__email__startswith",
    "status__exact",
    "ordering",
    "o",
    "_to_field",
)


def addresses(cast: Cast, reference: str, draft: str, word: str) -> Iterator[str]:
    """Every address: of every route, about both references, and the lists with `word` in everything one can ask."""
    for name, route in page_routes().items():
        if name in LEFT_OUT:
            continue
        for about in (reference, draft) if "reference" in route.pattern else (reference,):
            yield route.address(filled(route, cast, about))
    yield from asked(reference, word)


def asked(reference: str, word: str) -> Iterator[str]:
    """The lists with search, filters, order, page."""
    queue, mine = "/admin/requests/request/", "/en/requests/"
    for one in ("page", "q", "view", "status", "organization"):
        yield f"{mine}?{urlencode({one: word if one != 'page' else 2})}"
    for view in VIEWS:
        yield f"{queue}?view={view}"
    for text in (word, reference.lower()):
        yield f"{queue}?{urlencode({'view': 'all', 'q': text})}"
    for one in (
        "kind=seminar",
        "group=workers",
        "region=Africa",
        "status=accepted",
        "officer=1",
        "o=1.-2",
        "p=2",
        "e=1",
    ):
        yield f"{queue}?view=all&{one}"
    for lookup in LOOKUPS:
        yield f"{queue}?{urlencode({'view': 'all', lookup: word})}"
    for lookup, sought in (("q", reference), ("about", reference), ("address__startswith", word)):
        yield f"/admin/outbox/notice/?{urlencode({lookup: sought})}"
        yield f"/admin/webhooks/webhookdelivery/?{urlencode({lookup.replace('about', 'reference'): sought})}"
    for model in ("organization", "membership", "user", "post"):
        for lookup in ("q", "organization__name__startswith", "user__email__startswith", "ordering"):
            yield f"/admin/accounts/{model}/?{urlencode({lookup: word})}"
    for field in ("organization", "author"):
        about = {"app_label": "requests", "model_name": "request", "field_name": field, "term": word}
        yield f"/admin/autocomplete/?{urlencode(about)}"


def outside(pages: Iterable[str]) -> list[str]:
    """Addresses that tell constituents apart: at the desk only those of requests, all others are its door to them."""
    return [page for page in pages if page.startswith(("/en/requests", "/try-out", "/admin/requests/request/FA"))]


def crawl(cast: Cast, role: str, pages: Iterable[str]) -> Answers:
    """What each address answers this person."""
    client = cast.client(role)
    client.get("/en/")  # the first click of a session starts its clock
    return {page: everything(client.get(page)) for page in pages}


def stored(*, but: frozenset[str] = frozenset({"requests_access", "accounts_session"})) -> dict[str, str]:
    """A digest of the rows of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in but:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (a table's name, from the database itself)
                rows = sorted(map(repr, cursor.fetchall()))
                found[table] = hashlib.sha256("".join(chain(rows)).encode()).hexdigest()
    return found
