"""ETags: of what can be read, from the very bytes; of what can be changed, compared before the change."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified
from rest_framework.request import Request

from api.problems import Problem


def etag_of(content: bytes) -> str:
    """A name of these bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def lasting(uid: UUID) -> str:
    """The tag of what never changes while it is there: its id."""
    return f'"{uid}"'


def named(header: str) -> list[str]:
    """The tags in a header, without the sign of a compressed answer (W/)."""
    return [tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()]


def with_etag(http: Request) -> Any:
    """What is done with an answer once it is rendered: name it, and send nothing that the caller has already."""

    def callback(response: HttpResponse) -> HttpResponse | None:
        if response.status_code != 200 or http.method not in ("GET", "HEAD"):
            return None
        if "ETag" not in response.headers:
            response.headers["ETag"] = etag_of(response.content)
        tag = response.headers["ETag"]
        response.headers.setdefault("Cache-Control", "no-cache, private")
        held = named(http.headers.get("If-None-Match", ""))
        if tag in held or held == ["*"]:
            unchanged = HttpResponseNotModified()
            for name in ("ETag", "Cache-Control", "Vary", "Link"):
                if name in response.headers:
                    unchanged.headers[name] = response.headers[name]
            return unchanged
        return None

    return callback


def check_match(http: Request, now: str, *, needed: bool) -> None:
    """Pass when If-Match names `now`; without the header only where it is not needed.

    Raises Problem if-match-missing or changed-meanwhile.
    """
    header = http.headers.get("If-Match", "")
    if not header:
        if needed:
            raise Problem("if-match-missing")
        return
    held = named(header)
    if now not in held and held != ["*"]:
        raise Problem("changed-meanwhile", more={"ETag": now})
