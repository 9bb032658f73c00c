"""Who calls: a key in the header, or the session of the browser with its token. Nothing else."""

from typing import Any

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts.api_keys import speaks_for
from accounts.models import ApiKey, User
from api.problems import Problem
from api.throttles import count_wrong_key

SCHEME = "bearer"
BEARER = 'Bearer realm="api"'
LONGEST = 200  # signs of a header that can hold a key


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer fa_…`. The person stands in the key's one place only."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """The person and the key; None without the header. AuthenticationFailed for a key that does not count."""
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _space, word = header.partition(" ")
        found = speaks_for(word.strip()) if scheme.lower() == SCHEME and len(header) <= LONGEST else None
        if found is None:
            count_wrong_key(request)
            raise AuthenticationFailed
        return found

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return BEARER


class BrowserSession(SessionAuthentication):
    """The session of a signed-in browser; a change needs its token."""

    def enforce_csrf(self, request: Any) -> None:
        """Problem csrf-failed where the token does not fit."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise Problem("csrf-failed") from None
