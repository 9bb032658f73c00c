"""Every route × everybody: what it answers is declared in routes.py; nothing is left out, nothing is made up."""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404

from requests_app.models import Access
from tests.walls.cast import ROLES, UNCONCERNED, UNKNOWN, Cast, build
from tests.walls.pages import body, everything
from tests.walls.resolver import Route, filled, page_routes, where
from tests.walls.routes import ALIASES, TABLE, WIDTH, Outcome, asked

ROUTES = page_routes()
OF_REQUESTS = [name for name, route in ROUTES.items() if "reference" in route.pattern]
TOKEN = "t" * 32


def row_of(route: str, row: Outcome) -> bool:
    return route == row.route or fnmatchcase(route, row.route)


CELLS = [(name, row) for row in TABLE for name in ROUTES if row_of(name, row)]
CELL_IDS = [f"{name} {row.about}".strip() for name, row in CELLS]


@pytest.fixture(scope="module")
def cast(kept: Callable) -> Iterator[Cast]:
    with kept(build) as built:
        yield built


def outcome(answer: HttpResponse) -> str:
    """An answer as the table writes it."""
    if answer.status_code not in (301, 302, 303):
        return str(answer.status_code)
    try:
        name = where(answer["Location"])
    except Resolver404:
        return "static" if answer["Location"].startswith("/static/") else "nowhere"
    if name in ALIASES:
        return ALIASES[name]
    return {"change": "page", "changelist": "rows"}.get(name.rpartition("_")[2], name)


def taken_back(ask: Callable[[str], HttpResponse], address: str) -> HttpResponse:
    """The answer of an address; what it changed is undone."""
    with transaction.atomic():
        answer = ask(address)
        transaction.set_rollback(True)
    return answer


def test_every_route_has_exactly_its_rows_and_every_row_a_route():
    named = [(name, row.about) for name, row in CELLS]
    meant = [(name, kind) for name in ROUTES for kind in (("sent", "draft") if name in OF_REQUESTS else ("",))]
    assert sorted(named) == sorted(meant)
    assert [row.route for row in TABLE if not any(row_of(name, row) for name in ROUTES)] == []
    assert {len(codes.split()) for row in TABLE for codes in (row.get, row.post)} == {WIDTH} == {len(ROLES)}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row"), CELLS, ids=CELL_IDS)
def test_a_page_answers_each_as_declared(cast, name, row):
    address = ROUTES[name].address(filled(ROUTES[name], cast, row.about))
    meant = dict(zip(ROLES, row.get.split(), strict=True))
    for role in asked(name, tuple(ROLES)):
        meant[role] += (
            "" if (found := outcome(taken_back(cast.client(role).get, address))) == meant[role] else f": {found}"
        )
    assert not {role: both for role, both in meant.items() if ":" in both}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row"), CELLS, ids=CELL_IDS)
def test_a_form_answers_each_as_declared(cast, name, row):
    address = ROUTES[name].address(filled(ROUTES[name], cast, row.about))
    meant = dict(zip(ROLES, row.post.split(), strict=True))
    for role in asked(name, tuple(ROLES)):
        meant[role] += (
            "" if (found := outcome(taken_back(cast.client(role).post, address))) == meant[role] else f": {found}"
        )
    assert not {role: both for role, both in meant.items() if ":" in both}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROUTES)
def test_nothing_is_taken_without_the_token_of_the_form(cast, name):
    address = ROUTES[name].address(filled(ROUTES[name], cast, "sent"))
    for role in ("anonymous", "superuser") if "request" not in name else ("writer", "branch"):
        client = cast.client(role, enforce_csrf_checks=True)
        assert client.post(address).status_code == 403
        client.cookies["csrftoken"] = TOKEN
        assert client.post(address, {"csrfmiddlewaretoken": "x" * 32}).status_code == 403


@pytest.mark.django_db
def test_the_token_of_the_form_opens_it(cast):
    client = cast.client("writer", enforce_csrf_checks=True)
    client.cookies["csrftoken"] = TOKEN
    answer = client.post(f"/en/requests/{cast.sent.request.reference}/withdraw/", {"csrfmiddlewaretoken": TOKEN})
    assert outcome(answer) == "detail"


def both(client: Client, method: str, route: Route, cast: Cast, about: str) -> tuple[str, str]:
    """What a route answers about a foreign request and about a reference that nobody has, without the reference."""
    found = []
    for kind in (about, UNKNOWN):
        values = filled(route, cast, kind)
        answer = taken_back(getattr(client, method), route.address(values))
        found.append(everything(answer).replace(values["reference"], "REFERENCE"))
    return found[0], found[1]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "head", "options", "put", "delete"])
@pytest.mark.parametrize("name", OF_REQUESTS)
def test_a_foreign_request_answers_like_an_unknown_reference(cast, name, method):
    for role in UNCONCERNED if method == "get" else ("anonymous", "ministry", "actemp"):
        foreign, unknown = both(cast.client(role), method, ROUTES[name], cast, "sent")
        assert foreign == unknown, role


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_REQUESTS)
def test_a_draft_answers_everybody_but_its_readers_like_an_unknown_reference(cast, name):
    for role in ("reader", "ministry", "branch", "specialist"):
        foreign, unknown = both(cast.client(role), "get", ROUTES[name], cast, "draft")
        assert foreign == unknown, role


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_REQUESTS)
def test_each_look_of_an_officer_at_a_full_request_is_recorded_once(cast, name):
    address = ROUTES[name].address(filled(ROUTES[name], cast, "sent"))
    for role in ("branch", "actrav", "specialist", "writer", "reader", "actemp"):
        before = Access.objects.count()
        text = body(cast.client(role).get(address))
        reads = bool(cast.sent.parts_in(text)) and role not in ("writer", "reader")
        rows = Access.objects.order_by("-pk")[: Access.objects.count() - before]
        assert [(row.request, row.user) for row in rows] == [(cast.sent.request, cast.people[role])] * reads, role
