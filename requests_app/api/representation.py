"""A request as JSON for somebody: what his sight does not show is null, in every answer alike."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from requests_app import permissions
from requests_app.api.answers import read_part
from requests_app.doable import doable
from requests_app.models import Request
from requests_app.models.access import RELATIONS, Sight, sight_of
from requests_app.models.request import ALSO, RequestQuerySet
from requests_app.models.sections.registry import sections_of
from requests_app.states import DRAFT

_MARK: Final = "relation_"
_MARKS: Final = tuple(_MARK + relation.name for relation in RELATIONS)
# What can be done at an address of the API.
ACTS: Final = frozenset(
    {"edit", "delete", "send", "answer", "write", "add_document", "withdraw"}
    | {"take", "ask", "accept", "decline", "no_means", "prepare", "give", "close", "reopen", "note", "link", "unlink"}
    | {"assign", "unassign", "ask_to_publish", "consent", "refuse", "publish", "take_off", "result"}
)
LISTED: Final = (
    "reference",
    "status",
    "kind",
    "country_id",
    "title",
    "language",
    "created_at",
    "saved_at",
    "sent_at",
    "version",
    "seen_version",
    "organization__kind",
    "organization__name",
)


def rows(found: RequestQuerySet) -> Any:
    """Requests found for somebody, as dicts: their columns, the marks of his relations, what tells of other sources."""
    marks = [name for name in found.query.annotations if name in _MARKS or name.startswith(ALSO)]
    return found.values(*LISTED, *marks)


@lru_cache(maxsize=512)
def _sight(names: frozenset[str]) -> Sight:
    return sight_of(names)


@lru_cache(maxsize=2048)
def _allowed(names: frozenset[str], status: str) -> tuple[str, ...]:
    return tuple(action for action in permissions.possible(_sight(names), status) if action in ACTS)


def relations_in(row: Mapping[str, Any]) -> frozenset[str]:
    """The relations in which the reader stands to the request of this row."""
    return frozenset(name.removeprefix(_MARK) for name in _MARKS if row.get(name))


def of_row(row: Mapping[str, Any], *, may_change: bool) -> dict[str, Any]:
    """A row of a list as JSON. `may_change`: whether the key may act at all."""
    names = relations_in(row)
    sight, status = _sight(names), row["status"]
    named = sight.full or sight.invitation
    told = sight.full or sight.summary
    return {
        "reference": row["reference"],
        "sight": called(sight),
        "status": status if told or sight.line else None,
        "kind": row["kind"] if told or sight.invitation else None,
        "country": row["country_id"] if told or sight.invitation else None,
        "group": row["organization__kind"] if told else None,
        "organization": row["organization__name"] if named else None,
        "title": row["title"] if named else None,
        "language": row["language"] if sight.full else None,
        "created_at": moment(row["created_at"]) if sight.full or sight.line else None,
        "saved_at": moment(row["saved_at"]) if sight.full or sight.line else None,
        "sent_at": moment(row["sent_at"]) if told else None,
        "version": version_of(row, sight) if sight.full else None,
        "allowed_actions": list(_allowed(names, status)) if may_change else [],
    }


def version_of(row: Mapping[str, Any], sight: Sight) -> int:
    """The version that shows: who reads no notes does not see them in it either."""
    return int(row["version"] if sight.notes or row["status"] == DRAFT else row["seen_version"])


def called(sight: Sight) -> str:
    """One word for how much is seen."""
    if sight.full:
        return "full"
    if sight.snapshot:
        return "signed"
    if sight.summary:
        return "summary"
    return "invitation" if sight.invitation else "line"


def moment(at: datetime | None) -> str | None:
    """A time in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z") if at else None


def whole(request: Request, *, may_change: bool) -> dict[str, Any]:
    """A request with its sections, for the person for whom it was loaded.

    One query for each object that an allowed action needs (doable.py).
    """
    marks = {name: value for name, value in vars(request).items() if name.startswith(_MARK)}
    sight = request.sight
    row = {name: getattr(request, name) for name in LISTED if "__" not in name}
    organization = {"organization__kind": request.organization.kind, "organization__name": request.organization.name}
    line = of_row({**row, **organization, **marks}, may_change=may_change)
    line["allowed_actions"] = doable(request, line["allowed_actions"])
    return {**line, "sections": _parts(request, sight) if sight.full else {}}


def _parts(request: Request, sight: Sight) -> dict[str, Any]:
    """Its sections by name, in the order of its kind of help; nothing in one that was never saved."""
    rows = {model.slug: request.stored(model) for model in sections_of(request.kind)}
    found = {slug: read_part(row, request.kind, sight) if row else {} for slug, row in rows.items()}
    return {request.slug: read_part(request, request.kind, sight), **found}
