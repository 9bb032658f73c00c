"""Every page and state that somebody can look at, taken from the routes: a new page is covered by itself."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from requests_app import states
from requests_app.kinds import KINDS
from requests_app.models import Request, Situation
from requests_app.models.sections.registry import sections_of
from requests_app.services import filing
from tests import factories as make
from tests.walls.cast import ROLES, Cast, build
from tests.walls.crawl import LEFT_OUT
from tests.walls.resolver import filled, page_routes
from tests.walls.routes import TABLE, Outcome

# Who looks, in this order: a page is looked at by the first whom it answers.
LOOKERS = ("anonymous", "writer", "branch", "superuser")
# All three take long; the others are crawled when asked for: UX_LANGUAGES=fr,es.
LANGUAGES = tuple(os.environ.get("UX_LANGUAGES", "en").split(","))
DESK_ACTIONS = {
    states.SENT: ("take", "assign", "note"),
    states.IN_EXAMINATION: ("ask", "accept", "decline"),
    states.ACCEPTED: ("prepare", "no_means"),
    states.IN_PREPARATION: ("give",),
    states.GIVEN: ("close",),
    states.DECLINED: ("reopen",),
}


@dataclass(frozen=True)
class Place:
    """An English address, what is looked at there, and who looks (a role of the cast)."""

    name: str
    path: str
    role: str
    form: bool = False

    def address(self, language: str) -> str:
        """Its address in this language; at the desk the account's language decides."""
        return self.path.replace("/en/", f"/{language}/", 1) if self.path.startswith("/en/") else self.path


def furnish() -> Cast:
    """The shipped data, and everybody and everything that an address can name."""
    for command in ("load_reference", "load_supervisory", "sync_units"):
        call_command(command, verbosity=0)
    return build()


def all_places(cast: Cast) -> list[Place]:
    """Every page that shows itself to one of the lookers, then the states of pages that no route names."""
    return [*by_routes(cast), *of_drafts(cast), *in_each_status(cast), *not_there(cast)]


def by_routes(cast: Cast) -> Iterator[Place]:
    """One page for every route that answers HTML to somebody."""
    clients = {role: cast.client(role) for role in LOOKERS}
    for row in TABLE:
        for name, route in page_routes().items():
            if name in LEFT_OUT or not (name == row.route or fnmatchcase(name, row.route)):
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


def of_drafts(cast: Cast) -> Iterator[Place]:
    """Every section of every kind, once empty, once filled; one with errors; what stands before sending."""
    writer = cast.people["writer"]
    seen = set()
    for kind in (*KINDS, make.NOT_SURE):
        draft = make.a_draft(kind, by=writer, filled=kind in (make.SEMINAR, make.VISIT))
        for section in sections_of(kind):
            if section not in seen:
                seen.add(section)
                yield Place(f"section {section.slug}", at("section", draft, section.slug), "writer")
        yield Place(f"tasks of {kind}", at("detail", draft), "writer")
    yield Place("check, all answered", at("check", make.a_draft(by=writer)), "writer")
    wrong = make.a_draft(by=writer, filled=False)
    filing.save_answers(wrong.section(Situation), {}, {"since": "soon", "happening": "x" * 9000}, by=writer)
    yield Place("section with errors", at("section", wrong, "situation"), "writer")


def in_each_status(cast: Cast) -> Iterator[Place]:
    """A request in each status for its writer, its dossier, and the desk's pages that act on it."""
    writer, officer = cast.people["writer"], cast.people["branch"]
    for status in states.STATUSES:
        if status == states.DRAFT:
            continue
        request = make.a_request(status=status, by=writer, officer=officer)
        yield Place(f"status {status}", at("detail", request), "writer")
        yield Place(f"dossier {status}", reverse("admin:requests_request_change", args=[request.reference]), "branch")
        for action in DESK_ACTIONS.get(status, ()):
            path = reverse("admin:requests_request_act", args=[request.reference, action])
            yield Place(f"action {action}", path, "branch")


def not_there(cast: Cast) -> Iterator[Place]:
    """What is not found, not allowed, or not answered."""
    yield Place("404", "/en/nothing-here/", "writer")
    yield Place("403 at the desk", reverse("admin:requests_request_changelist"), "superuser")
    yield Place("empty list", reverse("requests:list"), "ministry")
    yield Place("search without result", reverse("requests:list") + "?q=zzzz", "writer")
    yield Place("sign-in with errors", reverse("account_login"), "anonymous", form=True)
    yield Place("join with errors", reverse("account_signup"), "anonymous", form=True)
    yield Place("new request with errors", reverse("requests:new"), "writer", form=True)


def at(name: str, request: Request, *more: str) -> str:
    """The address of a page of this request."""
    return reverse(f"requests:{name}", args=[request.reference, *more])
