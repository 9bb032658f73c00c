"""Lists, a page at a time by a cursor: page 1,000 costs what page 1 costs, and no row is shown twice or left out.

Rows are ordered by a column and, where two share it, by their public id. A cursor is the public id of the last row
that was given, signed: what the order goes by may be hidden from the caller, and nobody can ask with a row of others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Model, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from api.problems import Problem

SIZE: Final = 25
MOST: Final = 100
PARAMETERS: Final = frozenset({"cursor", "limit", "ordering"})
_SALT: Final = "api.pages"
LONGEST: Final = 300


@dataclass(frozen=True)
class Order:
    """How a list can be ordered: a column of `model` and, where rows share it, the public id `tie`. `down`: last first.

    Without `field` by the public id alone.
    """

    model: type[Model]
    tie: str
    field: str = ""
    down: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """For `order_by`."""
        sign = "-" if self.down else ""
        return tuple(f"{sign}{name}" for name in (self.field, self.tie) if name)

    def behind(self, tie: str) -> Q:
        """The rows behind the one with this public id; none where it is gone."""
        than = "lt" if self.down else "gt"
        after = Q(**{f"{self.tie}__{than}": tie})
        if not self.field:
            return after
        at = Subquery(self._row(tie).values(self.field)[:1])
        # Said first on its own, the column alone walks the index.
        return Q(**{f"{self.field}__{than}e": at}) & (Q(**{f"{self.field}__{than}": at}) | after)

    def has(self, tie: str) -> bool:
        """Whether there still is a row with this public id."""
        return self._row(tie).exists()

    def _row(self, tie: str) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.tie: tie})


@dataclass(frozen=True)
class Asked:
    """The page that a call asks for: in which order, how many rows, behind the row with which public id, if any."""

    name: str
    order: Order
    limit: int
    behind: str = ""

    def part_of(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The rows of this page and one more, which tells that there is another page."""
        if self.behind:
            rows = rows.filter(self.order.behind(self.behind))
        return rows.order_by(*self.order.columns)[: self.limit + 1]


def asked(http: Request, orders: Mapping[str, Order]) -> Asked:
    """The page that is asked for. `orders` by the name that the caller may ask for, the usual one first.

    Problem wrong-parameter for what cannot be read.
    """
    name = http.query_params.get("ordering", next(iter(orders)))
    if name not in orders:
        raise Problem("wrong-parameter", f"ordering: {', '.join(orders)}")
    cursor = http.query_params.get("cursor", "")
    return Asked(name, orders[name], limit_of(http), read_cursor(cursor, name) if cursor else "")


def limit_of(http: Request) -> int:
    """How many rows the caller wants on a page, 1 to MOST. Problem wrong-parameter for anything else."""
    asked = http.query_params.get("limit", str(SIZE))
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 5 and 1 <= int(asked) <= MOST):
        raise Problem("wrong-parameter", f"limit: 1 to {MOST}")
    return int(asked)


def page(
    http: Request,
    rows: QuerySet[Any, Any],
    orders: Mapping[str, Order],
    shown: Callable[[Any], dict[str, Any]],
) -> Response:
    """One page of `rows` (objects or dicts) as {"results": […], "next": address or null}; no count."""
    wanted = asked(http, orders)
    return answer(http, wanted, list(wanted.part_of(rows)), shown)


def answer(http: Request, wanted: Asked, found: Sequence[Any], shown: Callable[[Any], dict[str, Any]]) -> Response:
    """The page with what was `found` for it, the one row more included.

    Problem wrong-parameter when the row at which it begins is gone.
    """
    if not found and wanted.behind and not wanted.order.has(wanted.behind):
        raise Problem("wrong-parameter", _("cursor: the row at which this page began is gone. Begin again."))
    further = None
    if len(found) > wanted.limit:
        found = found[: wanted.limit]
        last, name = found[-1], wanted.order.tie
        tie = last[name] if isinstance(last, dict) else getattr(last, name)
        held = {**http.query_params.dict(), "cursor": signing.dumps([wanted.name, str(tie)], salt=_SALT)}
        further = f"{http.build_absolute_uri(http.path)}?{urlencode(held)}"
    return Response({"results": [shown(row) for row in found], "next": further})


def read_cursor(cursor: str, name: str) -> str:
    """The public id in a cursor of a list in this order. Problem wrong-parameter for one that was not given out."""
    try:
        for_name, tie = signing.loads(cursor[:LONGEST], salt=_SALT)
    except signing.BadSignature:
        raise Problem("wrong-parameter", _("cursor: take it from an answer, unchanged.")) from None
    if for_name != name:
        raise Problem("wrong-parameter", _("cursor: it belongs to another list or ordering."))
    return str(tie)
