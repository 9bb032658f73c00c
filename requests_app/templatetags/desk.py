"""The desk's home: what waits for this officer. Everything is counted from what he may know of, nothing else."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise

from accounts.models import User
from accounts.standing import standing_of
from requests_app.admin.queue import waiting
from requests_app.admin.saved_views import FIRST, SINCE, VIEWS, SavedView, count_views, on_the_desk, views_for
from requests_app.models import Request

register = template.Library()
SHOWN = 8


@dataclass(frozen=True)
class Tile:
    """A saved view and how many requests stand in it."""

    slug: str
    label: Promise
    number: int


@dataclass(frozen=True)
class Row:
    """A request in a short list; where the title may not be read, without it."""

    request: Request
    title: str
    waiting: str


@register.simple_tag
def desk_home(user: User | AnonymousUser) -> dict[str, Any] | None:
    """Numbers and the two lists of an officer's home, in three queries; None for who is no officer."""
    if not standing_of(user).is_officer:
        return None
    numbers = count_views(user)
    return {
        "tiles": [Tile(view.slug, view.label, numbers[view.slug]) for view in views_for(standing_of(user))],
        "mine": _rows(user, VIEWS["mine"]),
        "new": _rows(user, FIRST),
    }


def _rows(user: User | AnonymousUser, view: SavedView) -> list[Row]:
    found = on_the_desk(user).filter(view.rows(standing_of(user))).select_related("country")
    rows = found.order_by(SINCE.asc(nulls_last=True), "pk")[:SHOWN]
    return [Row(row, row.title if row.sight.full else "", waiting(row) if row.sight.full else "") for row in rows]
