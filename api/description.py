"""The description of the API (OpenAPI 3.1): what each address takes, answers and refuses, from the views themselves."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny

from api import shapes
from api.once import HEADER, REPLAYED
from api.pages import MOST, SIZE
from api.problems import KINDS, MEDIA_TYPE
from base.text import UNSEEN

Schema = dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])
# Texts hold no zero byte, and a text that is needed at least one sign that can be seen (base/text.py).
NO_ZERO: Final = r"^[^\x00]*$"
SEEN: Final = rf"^[^\x00]*[^\s{UNSEEN}][^\x00]*$"
SAFE: Final = ("GET", "HEAD")
MATCHED: Final = ("PUT", "PATCH", "DELETE")
_TITLES: Final = {
    status: ", ".join(kind.code for kind in KINDS.values() if kind.status == status)
    for status in sorted({kind.status for kind in KINDS.values()})
}


def described(
    operation: str,
    *,
    takes: Any = None,
    gives: Any = None,
    status: int = 200,
    media: Iterable[str] = ("application/json",),
    refuses: Iterable[int] = (),
    query: Iterable[OpenApiParameter] = (),
    tag: str = "requests",
    words: str = "",
) -> Callable[[View], View]:
    """Describe one method of a view: its name for programs, what it takes and gives, with `words` on that.

    `refuses` are the statuses with which it alone refuses.
    """
    answer = OpenApiResponse(response=gives, description=words)
    answers: dict[Any, Any] = {(status, one): answer for one in media}
    refusals = {(one, MEDIA_TYPE): OpenApiResponse(response=shapes.Problem, description="") for one in refuses}
    return extend_schema(
        operation_id=operation, request=takes, responses=answers | refusals, parameters=list(query), tags=[tag]
    )


def parameter(name: str, schema: Schema, words: str = "") -> OpenApiParameter:
    """A parameter after “?”."""
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=words)


def paged(orders: Iterable[str] = ()) -> list[OpenApiParameter]:
    """The parameters of every list."""
    found = [
        parameter("cursor", {"type": "string", "maxLength": 300}, "From `next` of the page before, unchanged."),
        parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE}, "Rows on a page."),
    ]
    names = list(orders)
    if len(names) > 1:
        words = [name.removeprefix("-") + "_down" * name.startswith("-") for name in names]
        schema = {"type": "string", "enum": names, "default": names[0], "x-enum-varnames": words}
        found.append(parameter("ordering", schema))
    return found


class Described(AutoSchema):
    """Adds to each operation what all addresses have in common: headers, ETags, and every refusal as a problem."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Schema | None:
        """The operation with them."""
        operation: Schema | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        once = self.method == "POST" and not getattr(self.view, "reads_only", False)
        operation["parameters"] = [*operation.get("parameters", []), *_headers(self.method, once=once)]
        tagged = getattr(self.view, "tagged", True)
        problem = self.resolve_serializer(shapes.Problem, "response").ref
        public = AllowAny in self.view.permission_classes
        own = {int(status) for status in operation["responses"] if status >= "400"}
        for status in sorted(own | _statuses(self.method, self.path, once=once, public=public)):
            content = {MEDIA_TYPE: {"schema": problem}}
            operation["responses"][str(status)] = {"description": _TITLES[status], "content": content}
        for status, answer in operation["responses"].items():
            if status.startswith("2"):
                answer["headers"] = _answer_headers(self.method, once=once, tagged=tagged)
        if self.method == "GET" and tagged:
            operation["responses"]["304"] = {"description": "unchanged: what If-None-Match names still stands"}
        return operation

    def _get_serializer_name(self, serializer: Any, direction: Any, bypass_extensions: bool = False) -> str:
        name: str = super()._get_serializer_name(serializer, direction, bypass_extensions)
        if isinstance(serializer, shapes.Sent):
            return name.removesuffix("Request").removeprefix("Patched")
        return name.removesuffix("Shape")

    def _postprocess_serializer_schema(self, schema: Schema, serializer: Any, direction: str) -> Schema:
        done: Schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        if isinstance(serializer, shapes.Strict):
            done["additionalProperties"] = False
        return done

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        found = super()._map_serializer_field(field, direction, bypass_extensions)
        plain = isinstance(field, serializers.CharField) and not isinstance(field, serializers.RegexField)
        if direction == "request" and plain and "format" not in found and not getattr(field, "choices", None):
            found["pattern"] = NO_ZERO if field.allow_blank else SEEN
        return found


class KeyScheme(OpenApiAuthenticationExtension):
    """A key in the header."""

    target_class = "api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> Schema:
        """As a bearer token."""
        return {"type": "http", "scheme": "bearer", "description": "A key made in the account: fa_…"}


class SessionScheme(OpenApiAuthenticationExtension):
    """The browser's session is for the portal's own pages and not described."""

    target_class = "api.authentication.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> Schema:
        """A cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "session", "description": "A signed-in browser."}


def _headers(method: str, *, once: bool) -> list[Schema]:
    found = []
    if once:
        words = "A random name of this act. A retry with the same one gets the first answer, and nothing is done twice."
        pattern = "^[A-Za-z0-9_-]{16,255}$"
        schema = {"type": "string", "pattern": pattern}
        found.append({"in": "header", "name": HEADER, "required": True, "schema": schema, "description": words})
    if method in MATCHED:
        words = "The ETag of what was read and is changed now."
        found.append(
            {"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"}, "description": words}
        )
    words = "The language of sentences: en, fr or es."
    found.append(
        {
            "in": "header",
            "name": "Accept-Language",
            "required": False,
            "schema": {"type": "string"},
            "description": words,
        }
    )
    return found


def _answer_headers(method: str, *, once: bool, tagged: bool) -> Mapping[str, Schema]:
    found: Schema = {}
    if method in ("GET", "PUT", "PATCH") and tagged:
        found["ETag"] = {"schema": {"type": "string"}, "description": "A name of what was read, for If-Match."}
    if once:
        found[REPLAYED] = {"schema": {"type": "string"}, "description": "“true” where it is the first call’s answer."}
    return found


def _statuses(method: str, path: str, *, once: bool, public: bool) -> set[int]:
    found = {400, 406, 429, 500}
    if not public:
        found |= {401, 403}
    if "{" in path:
        found.add(404)
    if method in ("POST", "PUT", "PATCH"):
        found |= {413, 415, 422}
    if method in MATCHED:
        found |= {409, 412, 428}
    if once:
        found |= {409, 412}
    return found


def tidy(result: Schema, **_more: Any) -> Schema:
    """After the framework's own work: what is said often is said once, and addresses have one order."""
    result["paths"] = dict(sorted(result["paths"].items()))
    held = result["components"]
    named = {tuple(schema["enum"]): name for name, schema in held["schemas"].items() if "enum" in schema}
    for name, schema in list(held["schemas"].items()):
        held["schemas"][name] = {word: _lifted(held, one, named) for word, one in schema.items()}
    result["paths"] = _lifted(held, result["paths"], named)
    held["schemas"] = dict(sorted(held["schemas"].items()))
    for methods in result["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if MEDIA_TYPE in answer.get("content", {}):
                    operation["responses"][status] = _once(held, "responses", f"Problem{status}", answer)
            operation["parameters"] = [
                _once(held, "parameters", one["name"], one) if one["in"] == "header" else one
                for one in operation["parameters"]
            ]
    return result


def _lifted(held: Schema, said: Any, named: Mapping[tuple[str, ...], str]) -> Any:
    """What is said, with references to what has a name: schemas with a title, and choices that are `named`."""
    if isinstance(said, list):
        return [_lifted(held, one, named) for one in said]
    if not isinstance(said, dict):
        return said
    found = {word: _lifted(held, one, named) for word, one in said.items()}
    if isinstance(found.get("enum"), list) and set(found) <= {"type", "enum", "title", "description"}:
        if name := named.get(tuple(found["enum"])):
            reference = {"$ref": f"#/components/schemas/{name}"}
            words = found.get("description")
            return {"allOf": [reference], "description": words} if words else reference
    title = found.get("title")
    if not isinstance(title, str):
        return found
    if found.get("type") == ["object", "null"]:
        return {"oneOf": [_once(held, "schemas", title, {**found, "type": "object"}), {"type": "null"}]}
    return _once(held, "schemas", title, found)


def _once(held: Schema, where: str, name: str, said: Schema) -> Schema:
    """Say it under this name, and give the reference to it."""
    known = held.setdefault(where, {}).setdefault(name, said)
    if known != said:
        raise ValueError(f"{where}: two of the name {name}")
    return {"$ref": f"#/components/{where}/{name}"}
