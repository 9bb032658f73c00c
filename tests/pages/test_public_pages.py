"""The pages that anybody may read, and the frame around them."""

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

from requests_app.help_topics import BY_QUESTION, TOPICS
from requests_app.models import Request
from requests_app.models.sections.registry import ALL_SECTIONS
from ta_portal import page_urls
from tests.pages.markup import Page, faults

NAMES = [pattern.name for pattern in page_urls.urlpatterns if pattern.name != "help_topic"]
ERRORS = ["400", "403", "404", "413", "429", "csrf"]


@pytest.fixture(params=[*NAMES, *TOPICS])
def address(request: pytest.FixtureRequest) -> str:
    return reverse("help_topic", args=[request.param]) if request.param in TOPICS else reverse(request.param)


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


def test_a_topic_of_help_is_short_and_an_unknown_one_is_not_found(client: Client) -> None:
    for slug in TOPICS:
        text = strip_tags(client.get(reverse("help_topic", args=[slug])).content.decode().partition("<main")[2])
        assert len(text.partition("</main>")[0].split()) <= 300, slug
    assert client.get("/en/help/nothing/").status_code == 404


def test_a_topic_of_help_is_linked_from_questions_that_exist() -> None:
    asked = {question.id for model in (Request, *ALL_SECTIONS) for question in model.questions}
    assert set(BY_QUESTION) <= asked


def test_the_page_one_is_on_is_marked_in_both_menus(client: Client) -> None:
    marked = [attrs for _, attrs in Page(client.get(reverse("help"))).tags if attrs.get("aria-current") == "page"]
    assert [attrs["href"] for attrs in marked] == [reverse("help")] * 2


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


@pytest.mark.parametrize("code", ["500", "503"])
def test_the_page_for_a_fault_at_our_end_says_so_in_three_languages_without_a_template(code: str) -> None:
    text = render_to_string(f"errors/{code}.html")

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
