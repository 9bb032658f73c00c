"""A session in the database that knows whose it is, so that a person can see and end the own ones.

This module is the session engine (settings.SESSION_ENGINE). Neither an address of a machine nor what a browser calls
itself is kept: two short words of it stand in the session's own data.
"""

from datetime import datetime
from typing import Any, Final, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from base.compiled import MOMENT, compiled

_KEY: Final = "<key>"
USER_KEY = "_auth_user_id"  # django.contrib.auth.SESSION_KEY, which cannot be imported before the apps are ready


class SessionStore(DatabaseStore):
    """Django's database engine with the person beside the data."""

    @classmethod
    def get_model_class(cls) -> type["Session"]:
        """Our table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session of this key holds, which every page asks; nothing, and no key, where none is open."""
        [open_one] = compiled("session", lambda: [_open(_KEY, MOMENT)], [_KEY, MOMENT])
        rows = open_one.rows({_KEY: self.session_key, MOMENT: timezone.now()})
        if rows:
            return self.decode(rows[0].session_data)
        self._session_key = None
        return {}

    def create_model_instance(self, data: dict[str, Any]) -> "Session":
        """The row, with the person who is signed in."""
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(USER_KEY)
        return row


class Session(AbstractBaseSession):
    """One sign-in on one device."""

    user_id = models.UUIDField(null=True, db_index=True)

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The engine that reads the data."""
        return SessionStore

    def __str__(self) -> str:
        return "session"  # its key signs in


def _open(key: str, now: datetime) -> models.QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
