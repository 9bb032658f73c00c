"""References of requests: FA-XXXX-XXXX in Crockford's base 32, the last sign checks the others."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "FA"
_LOOKALIKES = str.maketrans("OIL", "011")
_SHAPE = re.compile(r"^FA-?([0-9A-Z]{4})-?([0-9A-Z]{4})$")


def check_sign(signs: str) -> str:
    """Luhn's sum modulo 32: every single wrong sign and nearly every swap of neighbours is noticed."""
    total, factor = 0, 2
    for sign in reversed(signs):
        product = ALPHABET.index(sign) * factor
        total += product // 32 + product % 32
        factor = 3 - factor
    return ALPHABET[-total % 32]


def new_reference() -> str:
    """A random reference. It is no secret and opens nothing; it only cannot be counted."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(7))
    signs += check_sign(signs)
    return f"{PREFIX}-{signs[:4]}-{signs[4:]}"


def normalize_reference(text: str) -> str | None:
    """The reference that `text` means (lower case, missing dashes, O for 0, I and L for 1), or None."""
    found = _SHAPE.match(text.strip().upper())
    if not found:
        return None
    signs = (found[1] + found[2]).translate(_LOOKALIKES)
    if any(sign not in ALPHABET for sign in signs) or check_sign(signs[:7]) != signs[7]:
        return None
    return f"{PREFIX}-{signs[:4]}-{signs[4:]}"
