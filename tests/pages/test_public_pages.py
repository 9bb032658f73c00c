"""The pages that anybody may read, and the frame around them."""

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from ta_portal import page_urls
from tests.pages.markup import Page, faults

NAMES = [pattern.name for pattern in page_urls.urlpatterns]
ERRORS = ["400", "403", "404", "413", "429", "csrf"]


@pytest.fixture(params=NAMES)
def address(request: pytest.FixtureRequest) -> str:
    return reverse(request.param)


def test_a_public_page_is_well_formed_with_one_heading_and_nothing_inline(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert faults(response) == []


def test_a_public_page_costs_a_visitor_no_query(
    client: Client, address: str, django_assert_num_queries, db: None
) -> None:
    client.get(address)
    with django_assert_num_queries(0):
        client.get(address)


def test_titles_of_public_pages_differ(client: Client) -> None:
    titles = [Page(client.get(reverse(name))).title for name in NAMES]
    assert len(set(titles)) == len(NAMES)
    assert all(title.endswith(" – Freedom of association assistance") for title in titles)


def test_every_link_of_a_public_page_leads_somewhere(client: Client, address: str, db: None) -> None:
    page = Page(client.get(address))
    for link in page.links:
        place, _, fragment = link.partition("#")
        if place.startswith("/static/"):
            assert finders.find(place.removeprefix("/static/")), link
            continue
        if place.startswith("mailto:"):
            continue
        target = client.get(place or address, follow=True)
        assert target.status_code == 200, link
        assert not fragment or fragment in Page(target).ids, link


def test_the_page_one_is_on_is_marked_in_both_menus(client: Client) -> None:
    marked = [attrs for _, attrs in Page(client.get(reverse("help"))).tags if attrs.get("aria-current") == "page"]
    assert [attrs["href"] for attrs in marked] == [reverse("help")] * 2


@pytest.mark.parametrize(("language", "there"), [("", "/en/"), ("xx", "/en/"), ("en-GB,en;q=0.8", "/en/")])
def test_the_root_leads_to_a_front_page_that_exists(client: Client, language: str, there: str) -> None:
    response = client.get("/", headers={"Accept-Language": language})
    assert (response.status_code, response["Location"]) == (302, there)
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


def test_the_root_follows_the_cookie_before_the_browser(client: Client, settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    client.cookies["django_language"] = "fr"
    assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/fr/"


def test_languages_are_offered_once_there_are_two(client: Client, settings) -> None:
    def offered() -> list[tuple[str, str]]:
        tags = Page(client.get(reverse("help"))).tags
        return [(attrs["hreflang"], attrs["href"]) for tag, attrs in tags if tag == "a" and "hreflang" in attrs]

    assert offered() == []
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    assert offered() == [("en", "/en/help/"), ("fr", "/fr/help/")]


def test_the_favicon_is_served(client: Client) -> None:
    response = client.get("/favicon.ico", follow=True)
    assert response.redirect_chain == [("/static/favicon.svg", 302)]
    assert finders.find("favicon.svg")


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_neither_a_person_nor_an_address(code: str, rf: RequestFactory) -> None:
    with translation.override("en"):
        text = render_to_string(f"errors/{code}.html", {}, request=rf.get("/nowhere/"))

    class Response:
        content = text.encode()

    assert faults(Response) == []


def test_the_page_for_a_fault_at_our_end_says_so_in_three_languages_without_a_template() -> None:
    text = render_to_string("errors/500.html")

    class Response:
        content = text.encode()

    assert "{%" not in text
    assert faults(Response) == []
    languages = [attrs["lang"] for _, attrs in Page(Response).tags if "lang" in attrs]
    assert languages == ["en", "fr", "es"]


def test_without_the_tryout_no_page_speaks_of_one(client: Client, settings) -> None:
    settings.SHOW_MAIL_PAGE = False
    for name in NAMES:
        assert "ry-out" not in client.get(reverse(name)).content.decode()
