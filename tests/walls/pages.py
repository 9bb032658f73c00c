"""Opening pages as somebody, and reading everything that the answer carries."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from accounts.models import User
from requests_app.models import Request

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
# Made anew for every page: tokens, ids and keys that are no fact about anybody.
FRESH = (
    (TOKEN, 'name="csrfmiddlewaretoken" value="*"'),
    (re.compile(r'name="key" value="[^"]+"'), 'name="key" value="*"'),
    (re.compile(r'name="kept" value="[^"]+"'), 'name="kept" value="*"'),
    (re.compile(r'"request_id": ?"[0-9a-f]+"'), '"request_id":"*"'),
)
FRESH_HEADERS = frozenset({"X-Request-ID", "Date", "Expires", "Last-Modified"})


@cache
def handler(enforce_csrf_checks: bool) -> ClientHandler:
    """The portal behind all of these browsers: it holds nothing of a visitor, and is put together once."""
    return ClientHandler(enforce_csrf_checks)


def browser(person: User | None, **how: Any) -> Client:
    """A browser in which `person` is signed in; for None one in which nobody is."""
    client = Client(**how)
    client.handler = handler(how.get("enforce_csrf_checks", False))
    if person is not None:
        client.force_login(person)
    return client


def body(answer: HttpResponse) -> str:
    """The text of the answer."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def everything(answer: HttpResponse) -> str:
    """Status, headers, cookies and text, without what is made anew for every page."""
    text = body(answer)
    for pattern, star in FRESH:
        text = pattern.sub(star, text)
    # A page with a form has a token in it, and so an ETag of its own every time.
    fresh = FRESH_HEADERS | ({"ETag"} if 'value="*"' in text else set())
    headers = sorted(f"{name}: {value}" for name, value in answer.headers.items() if name not in fresh)
    cookies = sorted(set(answer.cookies) - {"sessionid"})  # renewed when a minute has passed
    return "\n".join([str(answer.status_code), *headers, *cookies, text])


def lists() -> list[str]:
    """The addresses at which any request that one may know of is listed."""
    return [reverse("requests:list"), f"{reverse('admin:requests_request_changelist')}?view=all"]


def pages_about(request: Request) -> list[str]:
    """The addresses at which one request is read."""
    ref = request.reference
    section = "political-will" if request.is_draft else "request"
    return [
        *doors(request),
        *(
            reverse(f"requests:{name}", args=[ref])
            for name in ("answers", "letters", "documents", "copy_html", "sent_html")
        ),
        reverse("requests:section", args=[ref, section]),
    ]


def doors(request: Request) -> list[str]:
    """The addresses at which a request answers whoever may know of it, and the search for it."""
    queue = reverse("admin:requests_request_changelist")
    return [
        reverse("requests:detail", args=[request.reference]),
        reverse("admin:requests_request_change", args=[request.reference]),
        f"{queue}?view=all&q={request.reference}",
    ]


def read_all(client: Client, addresses: Iterable[str]) -> str:
    """The text of all these pages and of those to which they lead."""
    return "\n".join(body(client.get(address, follow=True)) for address in addresses)
