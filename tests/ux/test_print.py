"""On paper: the copy holds every answer, the dossier takes at most three sheets of A4."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from requests_app import states
from tests import factories as make
from tests.complete_answers import COMPLETE
from tests.ux.figures import write

SHEETS = 3


@pytest.fixture(scope="module")
def union(db: None) -> User:
    return make.a_union()


@pytest.fixture(autouse=True)
def _pdftotext() -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext: apt-get install poppler-utils")


def printed(page: Page, folder: Path) -> list[str]:
    """The words on each sheet of A4."""
    file = folder / "page.pdf"
    page.pdf(path=file, format="A4")
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return [" ".join(sheet.split()) for sheet in done.stdout.split("\f") if sheet.strip()]


@pytest.mark.parametrize("kind", make.KINDS)
def test_the_copy_holds_every_text_that_was_typed(
    open_tab: Callable[..., Page], union: User, tmp_path: Path, kind: str
) -> None:
    request = make.a_request(kind, by=union)
    page = open_tab(union)
    page.goto(reverse("requests:copy_html", args=[request.reference]))
    sheets = printed(page, tmp_path)
    text = "".join("".join(sheets).split())
    answers = request.snapshot()
    typed = [
        value
        for section, fields in COMPLETE.items()
        if section.slug in answers
        for question in section.questions
        if not question.kinds or kind in question.kinds
        for value in (fields.get(name) for name in question.fields)
        if isinstance(value, str) and " " in value
    ]
    assert typed
    assert [value for value in typed if "".join(value.split()) not in text] == []
    write("print", {f"copy of {kind}": {"sheets": len(sheets), "texts": len(typed)}})


def test_the_dossier_takes_three_sheets(open_tab: Callable[..., Page], union: User, tmp_path: Path) -> None:
    officer = make.an_officer()
    request = make.a_request(status=states.ACCEPTED, by=union, officer=officer)
    page = open_tab(officer)
    page.goto(reverse("admin:requests_request_change", args=[request.reference]))
    sheets = printed(page, tmp_path)
    write("print", {"dossier": {"sheets": len(sheets)}})
    assert len(sheets) <= SHEETS
