"""Signs before which French sets a space stand in translated texts, never beside them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from base.labels import labelled
from supervisory.models import Referral

TEMPLATES = [
    path
    for folder in ("templates", "supervisory/templates")
    for path in Path(settings.BASE_DIR, folder).rglob("*.html")
]
TRANSLATED = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|{% comment %}.*?{% endcomment %}", re.DOTALL)
PUT_IN = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)


def beside(source: str) -> list[str]:
    """Where such a sign follows something that is put in."""
    text = re.sub(r"<[^>]*>", "", PUT_IN.sub("¤", TRANSLATED.sub("¤", source)))
    return re.findall(r".{0,20}¤ ?[:;!].{0,10}", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_sets_a_sign_behind_what_it_puts_in(template: Path) -> None:
    assert beside(template.read_text(encoding="utf-8")) == []


def test_the_check_sees_one() -> None:
    assert beside('<p>{% translate "You write for" %}: <b class="a: b">{{ name }}</b></p>') != []
    assert beside("{% blocktranslate %}{{ a }}: {{ b }}{% endblocktranslate %}, {{ c }}") == []


@pytest.mark.parametrize(("language", "said"), [("en", "a: b"), ("fr", "a\u202f: b"), ("es", "a: b")])
def test_a_label_and_its_value_are_set_as_the_language_does(language: str, said: str) -> None:
    with translation.override(language):
        assert labelled("a", "b") == said


def test_how_an_item_speaks_of_assistance_is_set_so() -> None:
    with translation.override("fr"):
        assert "\u202f: " in str(Referral(topic="technical_assistance", way="reminded"))
