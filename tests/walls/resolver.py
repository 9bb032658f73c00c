"""All routes of the portal, walked from the resolver, and how an address of each is made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.walls.cast import Cast

REGEX = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")

ACTS = {"organization": "verify", "membership": "end", "post": "end", "joinrequest": "decline"}


@dataclass(frozen=True)
class Route:
    """A route: its name (its pattern where it has none), and its address with the names of what has to be filled in."""

    name: str
    pattern: str

    def address(self, filled: dict[str, Any]) -> str:
        """The address with these values. Raises KeyError for what nobody filled in."""
        path = REGEX.sub(lambda found: str(filled[found[1] or found[2]]), self.pattern)
        return "/" + path.replace("^", "").replace("$", "")


@cache
def all_routes() -> dict[str, Route]:
    """Every route by its name."""
    found = list(walk(get_resolver().url_patterns))
    routes = {route.name: route for route in found}
    assert len(routes) == len(found), "two routes of one name"
    return routes


def page_routes() -> dict[str, Route]:
    """Those that a browser opens."""
    return {name: route for name, route in all_routes().items() if not name.startswith("api:")}


def api_routes() -> dict[str, Route]:
    """Those of the API."""
    return {name: route for name, route in all_routes().items() if name.startswith("api:")}


def walk(patterns: list[URLPattern | URLResolver], above: str = "", names: str = "") -> Iterator[Route]:
    """The routes below these patterns."""
    for one in patterns:
        pattern = above + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, pattern, names + (f"{one.namespace}:" if one.namespace else ""))
        else:
            yield Route(names + one.name if one.name else pattern, pattern)


def filled(route: Route, cast: Cast, about: str) -> dict[str, Any]:
    """What stands in the address of a route: the union's request (`about`: sent, draft, or a reference), or objects."""
    request = {"sent": cast.sent.request, "draft": cast.draft.request}.get(about)
    model = route.name.removeprefix("admin:").split("_")[1] if route.name.count("_") > 1 else ""
    if route.pattern.startswith("admin/") and route.pattern.endswith("<path:object_id>/"):
        model = route.pattern.split("/")[2]
    return {
        "reference": request.reference if request else about,
        "letter": cast.named["letter"],
        "link": "00000000-0000-0000-0000-000000000000",
        "document": cast.named["document"],
        "slug": "request",
        "kind": "seminar",
        "topic": "costs",
        "action": "accept",
        "pk": cast.named.get(model, "00000000-0000-0000-0000-000000000000"),
        "object_id": cast.named.get(model, cast.named["primary_key"]),
        "organization": cast.named["organization"],
        "membership": cast.named["membership"],
        "invitation": cast.named["invitation"],
        "join": cast.named["joinrequest"],
        "webhook": cast.named["webhook"],
        "delivery": cast.named["webhookdelivery"],
        "uid": "00000000-0000-0000-0000-000000000000",
        "token": "A" * 22,
        "act": {"organization": "verify", "membership": "end", "post": "end", "joinrequest": "decline"}.get(
            model, "nothing"
        ),
        "key": "00000000-0000-0000-0000-000000000000",
        "uidb36": "1",
        "content_type_id": cast.named["content_type"],
        "app_label": "requests",
        "url": "nowhere/",
        "country_code": "CM",
        "instrument_code": "C087",
        "rule_id": "ROUTE-1",
        "code": "nothing",
    }


def where(location: str) -> str:
    """The name of the page to which an answer leads."""
    return resolve(location.split("?")[0]).view_name
