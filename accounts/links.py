"""Links in mails that open something once: 128 bits that nobody can guess, of which only a digest is stored.

The word of a link follows from the portal's key and the row it opens, so that it is made when the mail leaves, and
stands nowhere before.
"""

import base64
import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac

BYTES = 16  # 128 bits


def word_of(purpose: str, key: UUID, turn: int = 1) -> str:
    """The word that opens the row `key`; a later `turn` gives another word, and the former opens nothing."""
    made = salted_hmac("accounts.links", f"{purpose} {key} {turn}", algorithm="sha256").digest()[:BYTES]
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def digest_of(word: str) -> str:
    """What is stored of a word, and by which its row is found."""
    return hashlib.sha256(word.encode()).hexdigest()
