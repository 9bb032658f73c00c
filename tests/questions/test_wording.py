"""Words of the catalogue: plain, without orders and threats, and every one of them translatable."""

import re
from typing import Any

import pytest
from django.utils.functional import Promise

from base import form_fields
from tests.questions.wordings import QUESTIONS, wordings

ALL = list(wordings())
TEXTS = [(place, str(text)) for place, text in ALL if text]
# "The application of the principles" is what the sources speak of; a request is never called one.
BANNED = re.compile(
    r"\b(please|invalid|required|mandatory|obligatory|submit\w*|submission|applicants?|applications?(?! of)|error"
    r"|failed|users?|reject\w*|organisations? (?!\(|\d)|click|illegal)\b",
    re.IGNORECASE,
)
# Names of instruments are spelled as the ILO spells them, languages in themselves.
OFFICIAL = re.compile(r"^[CR]\.\d+ .*, \d{4}$")
OWN_NAMES = {"English", "Français", "Español", "GB.285/LILS/5", "GB.295/TC/6/1"}


def test_there_is_something_to_look_at() -> None:
    assert len(TEXTS) > 300
    assert {question.id for _part, question in QUESTIONS} >= {"N2", "Q1", "U1", "A9", "B9", "E2", "X1", "P3"}


@pytest.mark.parametrize(("place", "text"), TEXTS, ids=[place for place, _text in TEXTS])
def test_no_word_orders_threatens_or_calls_a_request_by_another_name(place: str, text: str) -> None:
    assert not BANNED.search(text) or OFFICIAL.match(text)


def test_the_ban_finds_what_it_bans() -> None:
    for text in ("Please wait", "This field is required", "Submit", "Your application", "Applications of unions"):
        assert bool(BANNED.search(text)) == (text != "Applications of unions")


@pytest.mark.parametrize(("place", "text"), ALL, ids=[place for place, _text in ALL])
def test_every_wording_is_translated_when_it_is_read(place: str, text: Any) -> None:
    if text and not place.startswith("count "):
        assert isinstance(text, Promise) or text in OWN_NAMES


@pytest.mark.parametrize(("place", "text"), TEXTS, ids=[place for place, _text in TEXTS])
def test_wordings_are_set_in_order(place: str, text: str) -> None:
    assert text == text.strip() and "  " not in text and "..." not in text
    assert '"' not in text, "typographic quotation marks"
    assert "organisation" not in text.casefold() or OFFICIAL.match(text)


def test_sentences_of_the_controls_follow_the_same_words() -> None:
    classes = [found for found in vars(form_fields).values() if isinstance(found, type)]
    told = [found.sentences for found in classes if issubclass(found, form_fields.AnswerField)]
    sentences = [text for held in told for text in held.values()]
    assert len(sentences) > 10
    for text in sentences:
        assert isinstance(text, Promise)
        assert not BANNED.search(str(text % {"limit": 9, "excess": 1, "most": 5, "low": 1, "high": 9, "ahead": 3}))
