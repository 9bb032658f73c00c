"""Addresses of public texts, made from their numbers. The form of the addresses is general knowledge."""

import re

from django.utils.translation import get_language

from supervisory.models.words import COMMENTS

BASE = "https://normlex.ilo.org/dyn/nrmlx_{language}/f?p=NORMLEXPUB:{page}:0::NO::{names}:{numbers}"
LANGUAGES = ("en", "fr", "es")
NAMED_IN_SOURCE = re.compile(
    r"NORMLEX (?P<names>P(?P<page>\d{5})_[A-Z_]+(?:,P\d{5}_[A-Z_]+)*):(?P<numbers>\d+(?:,\d+)*)"
)


def address(body: str, number: str, source: str) -> str:
    """Where the text can be read; empty where nothing known leads there."""
    if body in COMMENTS:
        return page("13100", "P13100_COMMENT_ID", number) if number else ""
    found = NAMED_IN_SOURCE.match(source)
    return page(found["page"], found["names"], found["numbers"]) if found else ""


def page(number: str, names: str, numbers: str) -> str:
    """The address of one page, in the reader's language where NORMLEX speaks it."""
    language = (get_language() or "en").split("-")[0]
    known = language if language in LANGUAGES else "en"
    return BASE.format(language=known, page=number, names=names, numbers=numbers)
