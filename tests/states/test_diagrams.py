"""docs/ says what the tables say."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from requests_app.diagrams import HEADINGS, LATER, PAGES, access, request_states
from requests_app.models.access import RELATIONS
from requests_app.states import STATUSES, TRANSITIONS

DOCS = Path(settings.BASE_DIR, "docs")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name: str) -> None:
    stored = (DOCS / name).read_text(encoding="utf-8")
    assert stored == PAGES[name](), f"docs/{name} is stale: python manage.py write_diagrams"


def test_the_command_writes_every_page(settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    settings.BASE_DIR = tmp_path
    call_command("write_diagrams")
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "docs").iterdir()} == {
        name: made() for name, made in PAGES.items()
    }
    assert "docs/access.md" in capsys.readouterr().out


def test_every_way_between_statuses_is_drawn_once() -> None:
    lines = [line.strip() for line in request_states().splitlines()]
    for move in TRANSITIONS:
        for source in move.sources:
            assert lines.count(f"{source} --> {move.target}: {move.action}") == (1 if move.target else 0)
    assert all(str(status.public) in request_states() for status in STATUSES.values())


def test_every_row_of_access_is_printed_those_for_later_included() -> None:
    rows = [line for line in access().splitlines() if line.startswith("| ")]
    assert len(rows) == 4 + len(RELATIONS) + len(LATER)
    assert {row.count(" | ") for row in rows} == {len(HEADINGS) - 1}
    for subject in ("consultation", "API key", "Webhook", "Data-protection officer"):
        assert [row for row in LATER if subject.casefold() in row[0].casefold()]
