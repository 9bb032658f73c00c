"""The pictures of README and docs/screens.md: taken anew where UX_SCREENSHOTS=1 is set, otherwise only looked at."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from requests_app import states
from requests_app.models import PoliticalWill, Request, Seminar
from tests import factories as make

FOLDER = Path(settings.BASE_DIR, "docs", "screenshots")
WIDE = {"width": 1280, "height": 900}
VAGUE = {Seminar: {"outcome": ""}, PoliticalWill: {"wanted": "not_yet"}}


@pytest.fixture(scope="module")
def union(db: None) -> User:
    for command in ("load_reference", "load_supervisory", "sync_units"):
        call_command(command, verbosity=0)
    return make.a_union()


@pytest.fixture(scope="module")
def asked(union: User) -> Request:
    return make.a_request(status=states.QUESTION_OUT, by=union, officer=make.an_officer(), answers=VAGUE)


def places(union: User, asked: Request) -> dict[str, tuple[User | None, str]]:
    """What is pictured, by the name of its file: who looks, and where."""
    draft = make.a_draft(by=union, answers=VAGUE)
    return {
        "home": (None, reverse("home")),
        "section": (union, reverse("requests:section", args=[draft.reference, "seminar"])),
        "status": (union, reverse("requests:detail", args=[asked.reference])),
        "dossier": (make.an_officer(), reverse("admin:requests_request_change", args=[asked.reference])),
        "statistics": (None, reverse("referrals")),
    }


def test_each_picture_shows_a_page_that_is_there(open_tab: Callable[..., Page], union: User, asked: Request) -> None:
    taken = places(union, asked)
    for name, (person, path) in taken.items():
        page = open_tab(person, viewport=WIDE)
        answer = page.goto(path)
        assert answer is not None and answer.ok
        picture = page.screenshot()
        assert len(picture) > 10_000
        if os.environ.get("UX_SCREENSHOTS") == "1":
            (FOLDER / f"{name}.png").write_bytes(picture)
    assert {file.stem for file in FOLDER.glob("*.png")} == set(taken)
