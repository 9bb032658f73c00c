"""Secrets at rest: they must sign, so they are stored; sealed, so that a copy of the data is not enough."""

from typing import Final

from base import sealing
from base.sealing import SecretLost

__all__ = ["SecretLost", "seal", "unseal"]
_PURPOSE: Final = "webhooks.secret"


def seal(secret: bytes) -> str:
    """The secret as it is stored."""
    return sealing.seal(secret, _PURPOSE)


def unseal(sealed: str) -> bytes:
    """The secret. Raises SecretLost."""
    return sealing.unseal(sealed, _PURPOSE)
