"""What happens to every typed text before anything looks at it."""

import re
import unicodedata

# Control signs but tab and line feed; marks that hide or reorder what a reader sees; halves of signs, which no
# database stores; tags, which write text that nobody sees. `UNSEEN` as patterns elsewhere can say it.
UNSEEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(rf"[{UNSEEN}\ud800-\udfff\U000e0000-\U000e007f]")


def clean_text(text: str) -> str:
    """Line ends as \\n, invisible signs dropped, composed (NFC), trimmed. Idempotent."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()


def one_line(text: str) -> str:
    """`clean_text` with every run of white space made one space."""
    return " ".join(clean_text(text).split())
