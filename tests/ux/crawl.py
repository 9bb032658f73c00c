"""Opening every page of an area in one language, and what is seen there: one load a page serves every measure."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.cache import cache
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests.ux.look import WIDE, Seen, look
from tests.ux.places import Place
from tests.ux.tabs import Tabs
from tests.walls.cast import Cast


@dataclass(frozen=True)
class Crawl:
    """What was found on each page of an area, and what the consoles said."""

    area: str
    language: str
    seen: list[Seen]
    complaints: list[str]

    @property
    def name(self) -> str:
        """Under which its figures stand."""
        return f"{self.language}, {self.area}"


def crawled(area: str, language: str, places: list[Place], cast: Cast, chromium: Browser, address: str) -> Crawl:
    """Look at every place in this language; each person keeps one profile of a browser."""
    people = {role: person for role, person in cast.people.items() if person}
    User.objects.filter(pk__in=[person.pk for person in people.values()]).update(language=language)
    tabs, pages = Tabs(chromium, address), dict[tuple[str, str], Page]()
    seen = []
    for place in places:
        cache.clear()
        reads = place.reads or language
        page = pages.get((place.role, reads))
        if page is None:
            page = pages[place.role, reads] = tabs.open(people.get(place.role), locale=reads, viewport=WIDE)
        seen.append(opened(page, place, language))
        told = len(tabs.complaints)
        look(page, seen[-1])
        del tabs.complaints[told:]  # what the looking itself brings about says nothing of the page
    tabs.close()
    return Crawl(area, language, seen, tabs.complaints)


def opened(page: Page, place: Place, language: str) -> Seen:
    """Open the page, and send its form where the state asks for that."""
    with place.world():
        answer = page.goto(place.address(language))
        if place.form:
            with page.expect_navigation() as navigation:
                page.evaluate(place.form)
            answer = navigation.value
    assert answer is not None
    came = urlsplit(answer.url).path
    assert answer.status == place.status, f"{place.name}: {answer.status}"
    assert place.form or came == urlsplit(place.address(language)).path, f"{place.name}: {came}"
    return Seen(place.name, language, html=answer.text())
