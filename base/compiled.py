"""A query whose statement is made once: making it costs more than asking it, where many conditions meet.

The query is built from stand-ins, made-up values of the right types; asked, it gets the real ones in their places. What
is not a stand-in stays in the statement for good, so a query that holds an id or a moment of its own is refused.

PostgreSQL plans such a statement once for each connection (PREPARE), which is most of what it does for a page. Where
the values decide how to look, as with words, it is planned anew each time (`planned_anew`).
"""

import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

MOST: Final = 512  # statements kept by a process
MOMENT: Final = datetime(1919, 10, 29, 1, 2, 3, 456789, tzinfo=UTC)
_OF_SOMEBODY: Final = re.compile(r"[0-9a-f]{32}|\d{4}-\d\d-\d\d.*", re.ASCII)
_kept: dict[Hashable, "list[Compiled]"] = {}
_numbers: Final = itertools.count()
# The statements that each connection of the driver knows by number.
_known: Final[WeakKeyDictionary[Any, set[int]]] = WeakKeyDictionary()


def compiled(
    kind: Hashable, build: Callable[[], "Sequence[QuerySet[Any, Any]]"], stand_ins: Iterable[Any]
) -> "list[Compiled]":
    """The queries that `build` makes from these stand-ins, made once for each `kind`.

    `kind` names everything else that the queries depend on. Raises ValueError where `build` uses an id or a moment that
    is no stand-in.
    """
    found = _kept.get(kind)
    if found is None:
        stand_ins = list(stand_ins)
        found = [Compiled(rows, stand_ins) for rows in build()]
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[kind] = found
    return found


def made_up_id(number: int) -> UUID:
    """The stand-in for an id; nobody has it."""
    return UUID(int=number + 1)


class Compiled:
    """One statement and where its stand-ins are."""

    def __init__(self, rows: Any, stand_ins: Iterable[Any]) -> None:
        self.compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        names = {_stored(stand_in): stand_in for stand_in in stand_ins}
        try:
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, params = "", ()
        self.params = [(param, names.get(param) if isinstance(param, Hashable) else None) for param in params]
        for param, stand_in in self.params:
            if stand_in is None and _is_of_somebody(param):
                raise ValueError("an id or a moment would stay in the statement")
        selected = [column[0] for column in self.compiler.select or []]
        self.converters = self.compiler.get_converters(selected) if self.sql else {}
        self.made = _dicts(rows.query) if rows._fields is not None else _objects(self.compiler)
        self.number = next(_numbers)
        self.holes = list(dict.fromkeys(stand_in for _param, stand_in in self.params if stand_in is not None))

    def rows(self, real: Mapping[Any, Any], *, planned_anew: bool = False) -> list[Any]:
        """What the query finds with the values of `real`, by stand-in."""
        if not self.sql:
            return []
        if settings.PREPARED_STATEMENTS and not planned_anew and connection.vendor == "postgresql":
            self._prepare()
            sql, params = self.execute, tuple(_stored(real[stand_in]) for stand_in in self.holes)
        else:
            sql = self.sql
            params = tuple(param if stand_in is None else _stored(real[stand_in]) for param, stand_in in self.params)
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
        compiler.as_sql = lambda *_args, **_more: (sql, params)
        compiler.get_converters = lambda _columns: self.converters
        return [self.made(row) for row in compiler.results_iter(compiler.execute_sql())]

    @property
    def execute(self) -> str:
        """The call of the prepared statement."""
        return f"EXECUTE compiled_{self.number}" + (f" ({', '.join(['%s'] * len(self.holes))})" if self.holes else "")

    def _prepare(self) -> None:
        """Let this connection know the statement."""
        connection.ensure_connection()
        driver = connection.connection
        known = _known.setdefault(driver, set())
        if self.number in known:
            return
        with connection.wrap_database_errors, driver.cursor() as cursor:
            if len(known) >= MOST:
                cursor.execute("DEALLOCATE ALL")
                known.clear()
            written = [
                cursor.mogrify("%s", [param]).decode() if stand_in is None else f"${self.holes.index(stand_in) + 1}"
                for param, stand_in in self.params
            ]
            cursor.execute(f"PREPARE compiled_{self.number} AS {self.sql % tuple(written)}")
        known.add(self.number)


def _dicts(query: Any) -> Callable[[Sequence[Any]], dict[str, Any]]:
    """How a row of `values()` is made; as Django makes it."""
    names = list(query.selected or ()) or [*query.extra_select, *query.values_select, *query.annotation_select]
    return lambda row: dict(zip(names, row, strict=False))


def _objects(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """How an object is made from its row, with what was joined to it; as Django makes it, but worked out once."""
    if compiler.klass_info is None:  # a query that finds nothing
        return lambda _row: None
    model, fields = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    own = slice(fields[0], fields[-1] + 1)
    names = [column[0].target.attname for column in compiler.select[own]]
    joined: Any = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    marks = list((compiler.annotation_col_map or {}).items())

    def made(row: Sequence[Any]) -> Any:
        found = model.from_db(DEFAULT_DB_ALIAS, names, row[own])
        for beside in joined:
            beside.populate(row, found)
        for name, place in marks:
            setattr(found, name, row[place])
        return found

    return made


def _stored(value: Any) -> Any:
    """A value as this database takes it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _is_of_somebody(param: Any) -> bool:
    if isinstance(param, UUID | date):
        return True
    return isinstance(param, str) and _OF_SOMEBODY.fullmatch(param) is not None
