"""Who serves whom: the box, the map, the list."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from standards.models import Coverage, Station
from tests.pages.markup import Page
from tests.public.looks import HOSTILE, ill_formed, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def page(**words: str):
    answer = Client().get(reverse("specialists"), words)
    assert answer.status_code == 200
    return answer


def test_the_page_is_well_formed_at_few_queries(django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        assert ill_formed(page()) == []
    with django_assert_num_queries(4):
        assert ill_formed(page(country="GE")) == []


@pytest.mark.parametrize("typed", ["CM", "cm", " CM "])
def test_the_box_answers_with_the_station_and_how_sure_that_is(typed: str) -> None:
    shown = text(page(country=typed))
    assert "Yaoundé serves Cameroon. How sure this is: Stated in the source" in shown


def test_the_box_says_what_is_uncertain_or_disputed() -> None:
    assert "How sure this is: Not certain" in text(page(country="JP"))
    assert "This is disputed: another source names Moscow." in text(page(country="GE"))


def test_what_is_no_member_state_is_answered_in_words() -> None:
    assert "That is no member State." in text(page(country="XX"))
    assert "That is no member State." not in text(page(country=""))


def test_every_pin_leads_to_its_entry_in_the_list() -> None:
    found = Page(page())
    pins = [attrs for tag, attrs in found.tags if tag == "a" and "aria-label" in attrs]
    stations = {station.pk: station.city for station in Station.objects.filter(is_headquarters=False)}
    assert {pin["href"].removeprefix("#"): pin["aria-label"] for pin in pins} == stations
    assert set(stations) | {"HQ"} <= set(found.ids)


def test_the_map_scales_its_places_and_not_its_words() -> None:
    found = Page(page())
    outer = next(attrs for tag, attrs in found.tags if tag == "svg")
    assert "viewbox" not in outer
    pins = [attrs for tag, attrs in found.tags if attrs.get("class") == "pin"]
    assert len(pins) == 13
    for pin in pins:
        assert all(re.fullmatch(r"\d{1,2}\.\d\d%", pin[side]) for side in ("cx", "cy"))


def test_the_list_names_the_countries_that_each_station_serves_and_marks_doubt() -> None:
    markup = page().content.decode()
    listed = markup[markup.index('class="places"') : markup.index("</main>")]
    assert len(re.findall(r'<li><a href="/en/countries/..', listed)) == Coverage.objects.filter(primary=True).count()
    guessed = Coverage.objects.filter(primary=True, confidence="low").count()
    assert listed.count('<span class="tag warn">Not certain</span>') == guessed
    assert listed.count('<span class="tag warn">Disputed</span>') == 3


def test_a_language_without_a_name_is_shown_by_its_code() -> None:
    Station.objects.filter(pk="YAO").update(languages="fr qq")
    assert "Works in: French, qq" in text(page())


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_words_of_the_address_break_the_page(client: Client, typed: str) -> None:
    answer = client.get(f"{reverse('specialists')}?country={typed}&country={typed}&{typed}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
