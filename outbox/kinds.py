"""How each kind of notice becomes words. Higher apps register theirs; only this app's own kind stands here."""

from collections.abc import Callable
from dataclasses import dataclass

from outbox.models import ACCOUNT, Notice


@dataclass(frozen=True)
class Mail:
    """The words of one mail: a reference and a link, never what somebody typed."""

    subject: str
    text: str


Compose = Callable[[Notice], Mail | None]


def compose_account(notice: Notice) -> Mail | None:
    """The stored words of an account mail; nothing once they have been blanked."""
    return Mail(notice.subject, notice.body) if notice.body else None


composers: dict[str, Compose] = {ACCOUNT: compose_account}


def register(kind: str, compose: Compose) -> None:
    """Let `compose` make the mails of `kind`, in the language that is active when it is called.

    It answers None when the recipient may no longer know; the notice is then dropped.
    Raises ValueError when another function already composes this kind.
    """
    if composers.setdefault(kind, compose) is not compose:
        raise ValueError(f"the notice kind {kind!r} is registered twice")
