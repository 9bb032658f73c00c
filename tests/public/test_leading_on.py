"""From a country's page to a request for it, and from a finding to its rule."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from requests_app.reading import finding_lines
from requests_app.rules.finding import Finding
from requests_app.rules.registry import RULES
from tests.factories import a_country, a_draft, a_union
from tests.filing.browser import Shown
from tests.filing.conftest import at_the_browser
from tests.pages.markup import Page, faults
from tests.public.looks import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return at_the_browser(a_union())


def chosen(browser: Client, words: str) -> list[str]:
    answer = browser.get(f"{reverse('requests:new')}?country={words}")
    assert answer.status_code == 200
    return Shown(answer).filled()["country"]


def test_a_request_started_from_a_country_is_about_that_country(browser: Client) -> None:
    a_country("CH", "Switzerland", "Europe and Central Asia")
    assert chosen(browser, "CH") == ["CH"]
    assert chosen(browser, "CM") == ["CM"]


def test_who_is_not_signed_in_keeps_the_country_on_the_way(client: Client) -> None:
    answer = client.get(f"{reverse('requests:new')}?country=CH")
    assert "country%3DCH" in answer["Location"]


@pytest.mark.parametrize("words", ["", *HOSTILE])
def test_whatever_is_no_code_leaves_the_organizations_country(browser: Client, words: str) -> None:
    assert chosen(browser, words) == ["CM"]


def test_each_finding_leads_to_the_page_of_its_rule(browser: Client) -> None:
    answer = browser.get(reverse("requests:preview", args=[a_draft().reference]))
    assert faults(answer) == []
    linked = {rule for rule in RULES if reverse("rule", args=[rule]) in Page(answer).links}
    assert linked == {line.rule for line in answer.context["findings"]} != set()


def test_a_rule_that_is_no_longer_in_use_is_named_and_leads_nowhere() -> None:
    old = finding_lines([Finding("OLD-1", 1, "note", "", {}, ())], "seminar")
    shown = render_to_string("requests/_findings.html", {"findings": old, "count_line": ""})
    assert "Rule OLD-1" in shown
    assert "href" not in shown
