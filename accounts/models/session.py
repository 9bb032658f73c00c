"""A session in the database that knows whose it is, so that a person can see and end the own ones.

This module is the session engine (settings.SESSION_ENGINE). Neither an address of a machine nor what a browser calls
itself is kept: two short words of it stand in the session's own data.
"""

from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

USER_KEY = "_auth_user_id"  # django.contrib.auth.SESSION_KEY, which cannot be imported before the apps are ready


class SessionStore(DatabaseStore):
    """Django's database engine with the person beside the data."""

    @classmethod
    def get_model_class(cls) -> type["Session"]:
        """Our table."""
        return Session

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
