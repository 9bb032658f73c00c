"""Secrets at rest: they must sign, so they are stored; sealed with the portal's key, so that a copy of the data is
not enough to sign with."""

import base64
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT: Final = "webhooks.secret"


class SecretLost(Exception):
    """A secret was sealed with a key that the portal has no more."""


def seal(secret: bytes) -> str:
    """The secret as it is stored, sealed with the portal's key of now."""
    return _keys().encrypt(secret).decode()


def unseal(sealed: str) -> bytes:
    """The secret, sealed with the key of now or one of SECRET_KEY_FALLBACKS. Raises SecretLost."""
    try:
        return _keys().decrypt(sealed)
    except InvalidToken:
        raise SecretLost from None


def _keys() -> MultiFernet:
    return MultiFernet([_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac(_SALT, "", secret=key, algorithm="sha256").digest()))
