"""Every page and state that somebody can look at, taken from the routes: a new page is covered by itself."""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from django.core.management import call_command
from django.test import Client

from tests.ux import conditions
from tests.ux.place import Place
from tests.walls.cast import ROLES, Cast, build
from tests.walls.resolver import filled, page_routes
from tests.walls.routes import TABLE, Outcome

# Who looks, in this order: a page is looked at by the first whom it answers.
LOOKERS = ("anonymous", "writer", "branch", "superuser")
# Each area is a file of its own, so that two processes have work; with the states of its pages that no route names.
AREAS: dict[str, Callable[[Cast], Iterator[Place]]] = {
    "public": conditions.not_answered,
    "accounts": conditions.of_accounts,
    "requests": conditions.of_requests,
    "dossiers": conditions.of_dossiers,
    "desk": conditions.nothing_more,
    "reference data": conditions.nothing_more,
}


def area(route: str) -> str:
    """Where the page of this route is looked at."""
    if route.startswith(("admin:standards", "admin:supervisory")):
        return "reference data"
    if route.startswith("admin:requests"):
        return "dossiers"
    if route.startswith("admin"):
        return "desk"
    if route.startswith("requests:"):
        return "requests"
    return "accounts" if route.startswith(("account", "organization", "mfa")) else "public"


def furnish() -> Cast:
    """The shipped data, and everybody and everything that an address can name."""
    for command in ("load_reference", "load_supervisory", "sync_units"):
        call_command(command, verbosity=0)
    return build()


def places_of(one: str, cast: Cast) -> list[Place]:
    """Every page of an area that shows itself to one of the lookers, then the states of pages that no route names."""
    return [*by_routes(one, cast), *AREAS[one](cast)]


def by_routes(one: str, cast: Cast) -> Iterator[Place]:
    """One page for every route of an area that answers HTML to somebody."""
    clients = {role: cast.client(role, headers={"accept-language": "en"}) for role in LOOKERS}
    for row in TABLE:
        for name, route in page_routes().items():
            if area(name) != one or not (name == row.route or fnmatchcase(name, row.route)):
                continue
            path = route.address(filled(route, cast, row.about))
            role = looker(row)
            if shows_itself(clients[role], path):
                yield Place(f"{name} {row.about}".strip(), path, role)


def looker(row: Outcome) -> str:
    """The first who gets a page there. Where nobody does in the walls' world, anybody: here data are loaded."""
    told = dict(zip(ROLES, row.get.split(), strict=True))
    return next((role for role in LOOKERS if told[role] == "200"), "anonymous")


def shows_itself(client: Client, path: str) -> bool:
    """Whether a page comes: not a file, nothing that leads on or is refused."""
    answer = client.get(path)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
