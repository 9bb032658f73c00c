"""Calling the API in tests: as the holder of a key, in JSON."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts import api_keys
from accounts.models import User

V1 = "/api/v1/"


@dataclass
class Caller:
    """Calls with one key. `call("post", "requests/", {...})`; a new Idempotency-Key each time unless one is given."""

    key: str = ""
    client: Client = field(default_factory=Client)

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> HttpResponse:
        held = {"Accept": "application/json", **headers}
        if self.key:
            held.setdefault("Authorization", f"Bearer {self.key}")
        if method == "post":
            held.setdefault("Idempotency-Key", uuid.uuid4().hex)
        body = {} if method in ("get", "delete") else {"content_type": "application/json"}
        at = path if path.startswith(("/", "http")) else V1 + path
        return getattr(self.client, method)(at, data, headers=held, **body)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("get", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        return self.call("post", path, data or {}, **headers)

    def put(self, path: str, data: Any, **headers: str) -> HttpResponse:
        return self.call("put", path, data, **headers)

    def patch(self, path: str, data: Any, **headers: str) -> HttpResponse:
        return self.call("patch", path, data, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.call("delete", path, **headers)


def key_for(user: User, *scopes: str, place: int = 0) -> str:
    """A key of `user` for the first of his places, with every scope that it has unless some are named."""
    found = api_keys.places_of(user)[place]
    return api_keys.issue(user, found, scopes or [scope.value for scope in found.scopes], name="test")[1]


def caller_for(user: User, *scopes: str) -> Caller:
    """Who calls with a key of `user`."""
    return Caller(key_for(user, *scopes))
