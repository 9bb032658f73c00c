"""All questions of a kind on one page: public, complete, made from the declarations."""

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.catalogue import places
from requests_app.kinds import KINDS
from requests_app.models.fields import CountryKey, One, Some
from tests.filing.browser import Shown, flaws


def page(kind: str) -> str:
    return reverse("requests:all_questions", args=[kind])


def text_file(kind: str) -> str:
    return reverse("requests:all_questions_text", args=[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_hint_label_and_option_of_the_kind_is_there(kind: str) -> None:
    response, file = Client().get(page(kind)), Client().get(text_file(kind)).content.decode()
    assert flaws(response) == []
    shown = " ".join(Shown(response).text.split())
    for place in places(kind).values():
        said = [place.question.wording, place.question.hint, *place.question.labels.values()]
        for name in place.question.fields:
            field = place.section.answer(name)
            if isinstance(field, (One, Some)) and not isinstance(field, CountryKey):
                said += [label for _code, label in field.options]
        for words in map(str, said):
            assert words in shown and words in file, (place.question.id, words)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_needed_to_send_and_what_is_optional_is_marked(kind: str) -> None:
    file = Client().get(text_file(kind)).content.decode()
    for place in places(kind).values():
        needed = f"{place.question.wording} (needed to send)" in file
        assert needed == bool(place.question.blocks), place.question.id
        if not needed:
            assert (f"{place.question.wording} (optional)" in file) == place.question.optional


def test_the_limits_are_said() -> None:
    text = Shown(Client().get(page("seminar"))).text
    assert "Up to 4000 characters" in text and "Choose up to 5:" in text and "A whole number from 1 to 60" in text


def test_the_text_is_a_file_to_keep() -> None:
    response = Client().get(text_file("draft_law"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="questions-draft-law.txt"'
    assert "<" not in response.content.decode()


def test_it_costs_a_visitor_no_query(db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert Client().get(page("visit")).status_code == 200
        assert Client().get(text_file("visit")).status_code == 200


@pytest.mark.parametrize("kind", ["nothing", "draft-law", "x" * 300])
def test_what_is_no_kind_of_help_is_no_page(db: None, kind: str) -> None:
    assert Client().get(page(kind)).status_code == 404
    assert Client().get(text_file(kind)).status_code == 404


@pytest.mark.parametrize("address", ["", "before/", "help/kinds-of-help/"])
def test_the_pages_for_everybody_lead_there(address: str) -> None:
    links = Shown(Client().get(f"/en/{address}")).links.values()
    for kind in KINDS.values():
        assert kind.slug == "not_sure" or page(kind.slug) in links
