"""Lists as files: every row that the filters find, in CSV, written while it is read.

A file is an address of its own and no other format of the list's: a list is JSON, a page at a time, with an ETag; a
file is none of these, has its own limit of calls, and ends with a line that says that it is whole.
"""

import json
import logging
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from api.description import described
from api.views import Resource
from base.csv import csv_stream

CHUNK: Final = 500
Rows = Sequence[Mapping[str, Any]]
errors: Final = logging.getLogger("api.exports")


class NotWhole(Exception):
    """Reading failed when a part had left. The server cuts the line; what was typed does not reach its log."""


class Written(JSONRenderer):
    """Bytes that are written already, as they are. A refusal is JSON here, too."""

    charset = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        """The bytes, or the refusal as JSON."""
        return data if isinstance(data, bytes) else super().render(data, *args, **kwargs)


class Csv(Written):
    """What a caller of a file accepts."""

    media_type = "text/csv"
    format = "csv"


class Export(Resource):
    """A list as a file. `columns` are the members of a row as JSON; `chunks` gives the rows, some at a time."""

    renderer_classes = (Csv,)
    counted_as = "export"
    tagged = False
    file: str
    columns: Sequence[str]

    def chunks(self, call: Request) -> Iterable[Rows]:
        """The rows that the caller may see and the filters find. Refuses at once; reads when it is asked for them."""
        raise NotImplementedError

    def get(self, call: Request) -> HttpResponseBase:
        """The file."""
        chunks = self.chunks(call)
        answer: HttpResponseBase
        if call.method == "HEAD":  # a server asks for a body and drops it; nothing is read for that
            answer = HttpResponse(content_type="text/csv; charset=utf-8")
        else:
            lines = csv_stream(self.columns, self.guarded(call, chunks))
            answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{self.file}"'
        return answer

    def guarded(self, call: Request, chunks: Iterable[Rows]) -> Iterator[list[list[object]]]:
        """The cells of the rows, in the caller's language. Raises NotWhole, once it is logged, for any fault."""
        language = translation.get_language() or "en"
        source = iter(chunks)
        while True:
            try:
                # Around the reading alone: what stands between two chunks runs in the server's language.
                with translation.override(language):
                    rows = next(source, None)
                    cells = [[cell(row[name]) for name in self.columns] for row in rows or ()]
            except Exception as error:
                at = traceback.extract_tb(error.__traceback__)[-1]
                request_id = getattr(call, "request_id", "-")
                errors.error("%s %s %s at %s:%s", request_id, self.file, type(error).__name__, at.filename, at.lineno)
                raise NotWhole from None
            if rows is None:
                return
            yield cells


def cell(value: object) -> object:
    """A member of a row as one cell: codes with spaces between, true or false, what is nested as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return " ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def in_chunks(rows: QuerySet[Any, Any], key: str) -> Iterator[list[Any]]:
    """All of `rows` (objects or dicts), in the order of their public id `key`, CHUNK at a time.

    Each chunk is a query of its own behind the last row: no cursor stays open, memory holds one chunk, and who may
    not know of a row any more does not get it.
    """
    rows = behind = rows.order_by(key)
    while found := list(behind[:CHUNK]):
        yield found
        if len(found) < CHUNK:
            return
        last = found[-1]
        behind = rows.filter(**{f"{key}__gt": last[key] if isinstance(last, dict) else getattr(last, key)})


def columns_of(shape: type[serializers.Serializer[Any]]) -> tuple[str, ...]:
    """The columns of rows of this shape."""
    return tuple(shape().fields)


def described_file(operation: str, columns: Iterable[str], query: Iterable[OpenApiParameter] = ()) -> Any:
    """Describe the `get` of a file."""
    words = f"UTF-8 with a byte order mark. Columns: {', '.join(columns)}. The last line is “# end: N rows”."
    return described(operation, gives=OpenApiTypes.STR, media=[Csv.media_type], query=query, tag="exports", words=words)
