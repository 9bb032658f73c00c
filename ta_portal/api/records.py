"""Reference data and the record as read-only lists: one declaration each, one view for all of them.

How sure a fact is stands beside it; what is not known is null, never “no”.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import NO_ZERO, described, paged, parameter
from api.exports import Export, columns_of, described_file, in_chunks
from api.pages import PARAMETERS, Order, page
from api.problems import Problem
from api.views import Resource

YES_OR_NO: Final = ("true", "false")
SURE: Final = "How sure this is: high, medium or low; empty where nobody said."


@dataclass(frozen=True)
class Filter:
    """A parameter of a list: `choices` are the values that it takes; without them any code of at most 30 signs."""

    condition: Callable[[str], Q]
    choices: Sequence[str] = ()
    words: str = ""

    @property
    def schema(self) -> dict[str, Any]:
        """Its description."""
        if self.choices == YES_OR_NO:
            return {"type": "boolean"}
        if self.choices:
            return {"type": "string", "enum": list(self.choices)}
        return {"type": "string", "minLength": 1, "maxLength": 30, "pattern": NO_ZERO}


@dataclass(frozen=True)
class Kept:
    """A list: its address, the shape of a row, the rows, how one is written as JSON, and what narrows it.

    `key` is the public name of a row. `noun` names one row in operations (read_country, list_countries).
    """

    address: str
    noun: str
    model: type[Model]
    key: str
    shape: type[serializers.Serializer[Any]]
    rows: Callable[[], QuerySet[Any]]
    shown: Callable[[Any], dict[str, Any]]
    about: str
    filters: Mapping[str, Filter] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)
    single: bool = True


def equals(name: str, choices: Sequence[str] = (), words: str = "") -> Filter:
    """Rows whose column holds exactly this."""
    return Filter(lambda value: Q(**{name: value}), choices, words)


def is_true(name: str) -> Filter:
    """Rows of which this is so, or is not known to be so."""
    return Filter(lambda value: Q(**{name: value == "true"}), YES_OR_NO)


def addresses(kept: Kept) -> list[URLPattern]:
    """The addresses of a list, of the list as a file, and of one row of it."""
    name = kept.address.replace("-", "_")
    found = [
        path(f"{kept.address}/", _list(kept, name).as_view(), name=name),
        path(f"exports/{kept.address}.csv", _file(kept, name).as_view(), name=f"{name}_file"),
    ]
    if kept.single:
        found.append(path(f"{kept.address}/<slug:key>/", _one(kept).as_view(), name=kept.noun))
    return found


def _list(kept: Kept, name: str) -> type[Resource]:
    orders = kept.orders or {kept.address: Order(kept.model, kept.key)}  # a cursor is of one list
    query = [*paged(orders), *_query(kept)]
    word = "".join(part.title() for part in kept.noun.split("_"))
    results = {"results": kept.shape(many=True), "next": serializers.URLField(allow_null=True)}
    shape = type(f"{word}Page", (serializers.Serializer,), {**results, "__doc__": kept.about})

    def get(self: Resource, call: Call) -> Response:
        return page(call, narrowed(kept, call), orders, kept.shown)

    get.__doc__ = kept.about
    held = {
        "parameters": PARAMETERS | frozenset(kept.filters),
        "get": described(f"list_{name}", gives=shape, query=query, tag="reference")(get),
    }
    return type(f"{word}List", (Resource,), held)


def _file(kept: Kept, name: str) -> type[Export]:
    columns = columns_of(kept.shape)

    def get(self: Export, call: Call) -> HttpResponseBase:
        return Export.get(self, call)

    def chunks(self: Export, call: Call) -> Iterator[list[dict[str, Any]]]:
        rows = narrowed(kept, call)
        return ([kept.shown(row) for row in chunk] for chunk in in_chunks(rows, kept.key))

    get.__doc__ = f"Every row that the filters find, as a file. {kept.about}"
    held = {
        "parameters": frozenset(kept.filters),
        "file": f"{kept.address}.csv",
        "columns": columns,
        "chunks": chunks,
        "get": described_file(f"export_{name}", columns, _query(kept))(get),
    }
    return type(f"{name.title().replace('_', '')}File", (Export,), held)


def _query(kept: Kept) -> list[OpenApiParameter]:
    return [parameter(key, one.schema, one.words) for key, one in kept.filters.items()]


def _one(kept: Kept) -> type[Resource]:
    word = "".join(part.title() for part in kept.noun.split("_"))

    def get(self: Resource, call: Call, key: str) -> Response:
        row = kept.rows().filter(**{kept.key: key}).first()
        if row is None:
            raise Http404
        return Response(kept.shown(row))

    get.__doc__ = f"One of them. {kept.about}"
    return type(word, (Resource,), {"get": described(f"read_{kept.noun}", gives=kept.shape, tag="reference")(get)})


def narrowed(kept: Kept, call: Call) -> QuerySet[Any]:
    """The rows by the filters of the address. Problem wrong-parameter for a value that a filter does not take."""
    rows = kept.rows()
    for name, one in kept.filters.items():
        value = call.query_params.get(name)
        if value is None:
            continue
        wrong = value not in one.choices if one.choices else not value or len(value) > 30 or "\x00" in value
        if wrong:
            raise Problem("wrong-parameter", f"{name}: {', '.join(one.choices)}" if one.choices else name)
        rows = rows.filter(one.condition(value))
    return rows
