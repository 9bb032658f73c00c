"""Reading what was sent: one JSON object in UTF-8, each name once, no number that JSON does not know."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from api.problems import Problem

DEEPEST: Final = 8


class StrictJSON(JSONParser):
    """The only parser but for documents."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The object. ParseError for what is no JSON object; Problem too-large beyond the limit of a form."""
        sent = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(sent) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise Problem("too-large")
        return read_object(sent)


def read_object(sent: bytes) -> dict[str, Any]:
    """The JSON object in `sent`; ParseError with a sentence for anything else."""
    try:
        found = json.loads(sent.decode(), object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as wrong:
        raise ParseError("This is no JSON in UTF-8.") from wrong
    if not isinstance(found, dict):
        raise ParseError("Send a JSON object.")
    _check_depth(found)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _check_depth(held: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise ParseError("This is nested too deeply.")
    inner = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    for one in inner:
        _check_depth(one, depth + 1)
