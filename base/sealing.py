"""What must be stored and read again: sealed with the portal's key, so that a copy of the data is not enough."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class SecretLost(Exception):
    """It was sealed with a key that the portal has no more."""


def seal(secret: bytes, purpose: str) -> str:
    """The secret as it is stored, sealed with the portal's key of now for this purpose alone."""
    return _keys(purpose).encrypt(secret).decode()


def unseal(sealed: str, purpose: str) -> bytes:
    """The secret, sealed for this purpose with the key of now or one of SECRET_KEY_FALLBACKS. Raises SecretLost."""
    try:
        return _keys(purpose).decrypt(sealed)
    except InvalidToken:
        raise SecretLost from None


def _keys(purpose: str) -> MultiFernet:
    return MultiFernet([_key(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(key: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac(purpose, "", secret=key, algorithm="sha256").digest()))
