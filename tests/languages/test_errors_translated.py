"""Every error of every question in French and Spanish: no sentence is left in English, none stands twice."""

import pytest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from requests_app.models.sections.base import Answered
from requests_app.models.sections.registry import ALL_SECTIONS
from tests.factories import a_draft, a_union
from tests.filing.browser import Shown
from tests.filing.conftest import at_the_browser
from tests.filing.test_errors import kind_with, waves
from tests.gapmap.record import an_item
from tests.ux.figures import write

pytestmark = [pytest.mark.django_db, pytest.mark.ux]
AUTOFOCUS = "autofocus"


@pytest.fixture
def union(db: None) -> User:
    return a_union()


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize("section", ALL_SECTIONS, ids=lambda section: section.slug)
def test_each_error_speaks_the_language_of_its_page(union: User, section: type[Answered], language: str) -> None:
    kind, client = kind_with(section), at_the_browser(union)
    an_item()
    draft = a_draft(kind, by=union, filled=False)
    path = translate_url(reverse("requests:section", args=[draft.reference, section.slug]), language)
    in_english = {sentence for wave in waves(section, kind) for _typed, sentence in wave.values()}
    with translation.override(language):
        expected = waves(section, kind)
        error = " ".join(gettext("Error:").split())
    told, untouched = 0, Shown(client.get(path)).filled()
    for wave in expected:
        version = Shown(client.get(path)).filled()["version"]
        typed = {name: text for name, (text, _sentence) in wave.items()}
        shown = Shown(client.post(path, {**untouched, **typed, "version": version}))
        assert shown.title.startswith(error)
        assert shown.all("div", class_="errsum")[0].get(AUTOFOCUS) is not None
        sentences = [sentence for sentence, _anchor in shown.summary]
        assert len(sentences) == len(set(sentences)) == len(wave) == len(shown.at_fields)
        assert not [sentence for sentence in sentences if sentence.partition(" (")[0] in in_english]
        told += len(sentences)
    write("errors", {f"{language} {section.slug}": {"told": told, "in English": 0}})
