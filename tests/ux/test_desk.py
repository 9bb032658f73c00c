"""The officer's way: a question in few steps by keys alone; a decision and the figures without scripts."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from requests_app import states
from requests_app.models import Letter, PoliticalWill, Request, Seminar
from tests import factories as make
from tests.ux.figures import write
from tests.ux.journey import Keys

QUEUE = "admin:requests_request_changelist"
VAGUE = {Seminar: {"outcome": "", "audience": [], "audience_text": "", "issues": []}, PoliticalWill: {"wanted": ""}}


@pytest.fixture(scope="module")
def officer(db: None) -> User:
    for command in ("load_reference", "load_supervisory", "sync_units"):
        call_command(command, verbosity=0)
    return make.an_officer()


def test_three_points_are_asked_on_four_pages_with_six_presses(open_tab: Callable[..., Page], officer: User) -> None:
    request = make.a_request(status=states.IN_EXAMINATION, by=make.a_union(), officer=officer, answers=VAGUE)
    page = open_tab(officer)
    shown: list[str] = []
    page.on("domcontentloaded", lambda tab: shown.append(tab.url))
    page.goto(f"{reverse(QUEUE)}?view=mine")
    keys, presses = Keys(page), 0
    keys.press(page.get_by_role("link", name=request.reference).first)
    presses += 1
    points = page.locator("#points input[type=checkbox]:checked")
    assert points.count() >= 3
    keys.press(page.get_by_role("button", name="points)"))
    presses += 1
    expect(page.locator("#text")).not_to_be_empty()
    keys.press(page.get_by_role("button", name="Send the letter"))
    presses += 1
    assert Request.objects.get(pk=request.pk).status == states.QUESTION_OUT
    assert Letter.objects.filter(request=request, from_office=True).count() == 1
    write("officer's speed", {"ask": {"pages": len(shown), "presses": presses}})
    assert len(shown) <= 4
    assert presses <= 6


def test_a_decision_is_taken_without_scripts(open_tab: Callable[..., Page], officer: User) -> None:
    request = make.a_request(status=states.IN_EXAMINATION, by=make.a_union(), officer=officer)
    page = open_tab(java_script_enabled=False)
    page.goto(reverse(QUEUE))
    page.fill("#id_login", officer.email)
    page.fill("#id_password", make.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.goto(f"{reverse(QUEUE)}?view=mine")
    page.get_by_role("link", name=request.reference).first.click()
    page.locator(".bar").get_by_text("Accept").click()
    with page.expect_navigation():
        page.locator(".act button[type=submit]").click()
    assert Request.objects.get(pk=request.pk).status == states.ACCEPTED


def test_the_figures_are_filtered_without_scripts(open_tab: Callable[..., Page], officer: User) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(reverse("referrals"))
    before = page.locator("main").inner_text()
    form = page.locator("main form").first
    chosen = form.locator("select").first
    chosen.select_option(index=1)
    with page.expect_navigation():
        form.get_by_role("button").first.click()
    assert "?" in page.url
    assert page.locator("main").inner_text() != before
