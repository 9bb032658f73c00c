"""Every page in every language: nothing that axe finds, nothing wider than a telephone, no complaint in the console.

Each page is opened once a language; what each measure looks at is kept, and each is a test of its own.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from playwright.sync_api import Page

from accounts.models import User
from tests.public.looks import ill_formed
from tests.ux.figures import write
from tests.ux.look import NARROW, Seen, look
from tests.ux.places import LANGUAGES, Place, all_places, furnish
from tests.ux.tabs import Tabs
from tests.walls.cast import Cast

# What axe could not decide, by rule: looked at by a person, and none added unseen.
UNDECIDED = json.loads(Path(__file__).with_name("axe_incomplete.json").read_text(encoding="utf-8"))
# Faults of the forms that Django makes for a model, known and left: on pages of that kind only.
DJANGOS_OWN = ("empty-table-header:", "label-title-only:", "unnamed: fieldset")
Crawl = tuple[str, list[Seen], list[str]]


@pytest.fixture(scope="module")
def cast(db: None) -> Cast:
    return furnish()


@pytest.fixture(scope="module")
def places(cast: Cast) -> list[Place]:
    return all_places(cast)


@pytest.fixture(scope="module", params=LANGUAGES)
def crawl(request, cast: Cast, places: list[Place], chromium, server) -> Iterator[Crawl]:
    """The language, what was found on each page, and what the consoles said."""
    language = request.param
    people = {role: person for role, person in cast.people.items() if person}
    User.objects.filter(pk__in=[person.pk for person in people.values()]).update(language=language)
    tabs, pages = Tabs(chromium, server.address), dict[str, Page]()
    found = []
    for place in places:
        cache.clear()
        if place.role not in pages:
            pages[place.role] = tabs.open(people.get(place.role), locale=language, viewport=NARROW)
        seen = Seen(place.name, language)
        opened(pages[place.role], place, seen)
        told = len(tabs.complaints)
        found.append(look(pages[place.role], seen))
        del tabs.complaints[told:]  # what the looking itself brings about says nothing of the page
    tabs.close()
    yield language, found, tabs.complaints


def opened(page: Page, place: Place, seen: Seen) -> Seen:
    """Open the page, and send its form as it stands where the state asks for that."""
    answer = page.goto(place.address(seen.language))
    if place.form:
        with page.expect_navigation() as navigation:
            page.evaluate("document.querySelector('main form').requestSubmit()")
        answer = navigation.value
    assert answer is not None
    seen.html = answer.text()
    return seen


def without_djangos(seen: Seen, faults: list[str]) -> list[str]:
    """The faults that are ours."""
    forms = seen.place.startswith("admin:")
    return [fault for fault in faults if not (forms and fault.removeprefix("dark ").startswith(DJANGOS_OWN))]


def test_axe_finds_nothing_in_light_and_dark(crawl: Crawl) -> None:
    language, seen, _complaints = crawl
    found = {one.place: left for one in seen if (left := without_djangos(one, one.violations))}
    write("axe", {language: {"pages": len(seen), "violations": sum(map(len, found.values()))}})
    assert found == {}


def test_what_axe_cannot_decide_is_known(crawl: Crawl) -> None:
    language, seen, _complaints = crawl
    rules = sorted({line.removeprefix("dark ").partition(":")[0] for one in seen for line in one.incomplete})
    write("axe, undecided", {language: {"rules": rules}})
    assert set(rules) <= set(UNDECIDED)


def test_no_page_scrolls_sideways_on_the_narrowest_screen(crawl: Crawl) -> None:
    language, seen, _complaints = crawl
    wide = {one.place: one.width for one in seen if one.width > NARROW["width"]}
    write("narrow", {language: {"pages": len(seen), "too wide": len(wide)}})
    assert wide == {}


def test_borders_targets_rings_names_and_spacing_hold(crawl: Crawl) -> None:
    language, seen, _complaints = crawl
    found = {one.place: left for one in seen if (left := without_djangos(one, one.faults))}
    write("page scripts", {language: {"pages": len(seen), "faults": sum(map(len, found.values()))}})
    assert found == {}


def test_no_console_complains(crawl: Crawl) -> None:
    language, seen, complaints = crawl
    write("console", {language: {"pages": len(seen), "complaints": len(complaints)}})
    assert complaints == []


def test_every_page_is_well_formed(crawl: Crawl) -> None:
    language, seen, _complaints = crawl
    desk = ("admin:", "dossier", "action", "403")
    found = {one.place: ill for one in seen if not one.place.startswith(desk) and (ill := ill_formed(answer_of(one)))}
    write("html", {language: {"pages": len(seen), "faulty": len(found)}})
    assert found == {}


def answer_of(seen: Seen) -> HttpResponse:
    """The page as the server sent it."""
    return HttpResponse(seen.html)
