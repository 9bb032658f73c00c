"""Signatures after the Standard Webhooks text: HMAC-SHA256 over id, time of the attempt and body, one a secret."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Final

PREFIX: Final = "whsec_"
BYTES: Final = 32  # the text asks for 24 to 64


def new_secret() -> bytes:
    """A secret that nobody else has."""
    return secrets.token_bytes(BYTES)


def written(secret: bytes) -> str:
    """A secret as it is given to who receives."""
    return PREFIX + base64.b64encode(secret).decode()


def headers(message: str, seconds: int, body: bytes, keys: Iterable[bytes]) -> dict[str, str]:
    """The headers of one attempt at `seconds` since 1970, signed with each of the secrets, the newest first."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signature(message, seconds, body, key) for key in keys),
    }


def signature(message: str, seconds: int, body: bytes, key: bytes) -> str:
    """The signature with one secret."""
    signed = b".".join((message.encode(), str(seconds).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
