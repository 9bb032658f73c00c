"""A language made for the tests: every text comes back between marks, and what stands outside them was left in English.

Nothing is written: the language stands in for French in this process, with dates and numbers as in French.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

import html5lib
from django.apps import apps
from django.db import models
from django.utils import translation
from django.utils.translation import trans_real

CODE = "fr"
OPEN, CLOSE = "⟦", "⟧"
CONTEXT_END = "\x04"
UNSEEN = {"script", "style"}
CODED = re.compile("[a-z_]+")
SPOKEN = ("alt", "title", "aria-label", "placeholder")  # attributes that are read out
WORD = re.compile(r"[^\W\d_]{2,}")
# What is the same in every language: addresses, codes of instruments and documents, names of bodies and of languages.
SAME = re.compile(
    r"https?://\S+|\S+@\S+|\S+\.(csv|py|org)\b|\bFA-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b[CPR]\d{3}\b|\bGB\.[\w./]+"
    r"|\b(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[\w/ -]*"
    r"|\b[A-Z]+-\d\b|\b(case|comment)-\w+|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(en|fr|es)\b"
    r"|\b(ILO|ACTRAV|ACT/EMP|NORMLEX|CEACR|CFA|CSV|PDF|SVG|URL|HTML|English|Français|Español|Id|ID)\b"
)


class Marked(trans_real.DjangoTranslation):
    """Gives back each text between marks."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message.rpartition(CONTEXT_END)[2]}{CLOSE}" if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{(msgid1 if n == 1 else msgid2).rpartition(CONTEXT_END)[2]}{CLOSE}"


@contextmanager
def everything_marked() -> Iterator[None]:
    """Pages, mails and letters in French are marked instead."""
    kept = trans_real._translations.get(CODE)
    trans_real._translations[CODE] = Marked(CODE)
    try:
        with translation.override(CODE):
            yield
    finally:
        trans_real._translations.pop(CODE)
        if kept is not None:
            trans_real._translations[CODE] = kept


def visible(page: str) -> tuple[list[str], list[str]]:
    """The pieces of a page that somebody reads, in their order, and apart from them those that are only heard."""
    read: list[str] = []
    heard: list[str] = []
    walk(html5lib.parse(page, namespaceHTMLElements=False), read, heard)
    return read, heard


def walk(node: Element, read: list[str], heard: list[str]) -> None:
    """Add the pieces below `node`. What says of itself that it is in another language is not left so by mistake."""
    if node.tag in UNSEEN or not isinstance(node.tag, str) or ("lang" in node.attrib and node.tag != "html"):
        return
    heard += [node.get(name, "") for name in SPOKEN if node.get(name)]
    if node.tag == "input" and node.get("type") in ("submit", "button", "reset"):
        heard.append(node.get("value", ""))
    read.append(node.text or "")
    for child in node:
        walk(child, read, heard)
        read.append(child.tail or "")


def outside(pieces: Iterable[str]) -> list[str]:
    """What stands outside the marks. A mark that is never closed counts as outside."""
    found, depth = [], 0
    for piece in pieces:
        words = ""
        for sign in piece:
            depth += (sign == OPEN) - (sign == CLOSE)
            words += sign if depth == 0 and sign != CLOSE else ""
        found.append(words)
    return [*found, *(["a text that does not end"] if depth else [])]


def stored_words() -> tuple[set[str], list[str]]:
    """Whatever is data: every text in the database, whole and, if it is long, also as a part. A code is no text."""
    whole: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
                held = model._default_manager.values_list(field.attname, flat=True).distinct()
                coded = isinstance(field, models.JSONField)
                whole.update(text for text in texts_in(list(held)) if not (coded and CODED.fullmatch(text)))
    whole = {" ".join(text.split()) for text in whole} - {""}
    return whole, sorted((text for text in whole if len(text) > 3), key=len, reverse=True)


def texts_in(value: object) -> Iterator[str]:
    """Every text in a stored value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for held in value:
            yield from texts_in(held)


def left_in_english(page: str, data: tuple[set[str], list[str]]) -> list[str]:
    """Visible words of a page that no catalogue could have translated and that are no data."""
    read, heard = visible(page)
    found = []
    for piece in [*outside(read), *(words for text in heard for words in outside([text]))]:
        words = " ".join(piece.split())
        if not WORD.search(words) or words in data[0] or not WORD.search(SAME.sub(" ", words)):
            continue
        for text in data[1]:
            if text in words:
                words = words.replace(text, " ")
        if WORD.search(SAME.sub(" ", words)):
            found.append(" ".join(words.split()))
    return found
