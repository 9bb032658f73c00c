"""Pages of fresh browser profiles, and what their consoles complain about."""

from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from accounts.models import User

PATIENCE = 30_000  # milliseconds until a page that does not come fails a test


def session_of(user: User) -> str:
    """The key of a new session in which `user` has signed in and just typed the password once more."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request = HttpRequest()
    request.session = session
    record_authentication(request, user, "password", reauthenticated=True)
    session.save()
    return session.session_key


class Tabs:
    """The browser profiles of one test."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium, self.address = chromium, address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, user: User | None = None, **how: Any) -> Page:
        """A page whose addresses begin at the portal's root; `how` goes to the browser (viewport, color_scheme, …)."""
        context = self.chromium.new_context(base_url=self.address, **{"locale": "en-GB", **how})
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if user is not None:
            sign_in(context, user, self.address)
        context.on("console", self.heard)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context.new_page()

    def heard(self, message: ConsoleMessage) -> None:
        """Keep an error; that a page itself answers 404 or 403 is an answer, not an error of the page."""
        about = urlsplit(message.location.get("url", "")).path
        answered = message.text.startswith("Failed to load resource") and not about.startswith("/static/")
        if message.type in ("error", "warning") and not answered:
            self.complaints.append(f"{about}: {message.text}")

    def close(self) -> None:
        """Close every profile."""
        for context in self.contexts:
            context.close()


def sign_in(context: BrowserContext, user: User, address: str) -> None:
    """Put the cookie of a new session into this profile."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": address}
    context.add_cookies([cookie])
