"""The page of figures knows every measure that a test writes, and the screenshots that pages show are there."""

import re
from pathlib import Path

from tests.ux.figures import MEASURES, PAGE, line, page, whole
from tests.ux.places import AREAS

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = re.compile(r'\bwrite\(\s*"([^"]+)"')
SHOWN = re.compile(r"!\[[^\]]+\]\((?:docs/)?(screenshots/[\w-]+\.png)\)")


def test_every_measure_that_is_written_down_stands_on_the_page():
    written = {name for file in (ROOT / "tests").rglob("*.py") for name in WRITTEN.findall(file.read_text())}
    assert written == set(MEASURES)
    headings = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == [name.capitalize() for name in MEASURES]


def test_what_was_measured_in_parts_is_one_figure_of_the_whole():
    parts = {"fr, desk": {"pages": 3, "rules": ["b"]}, "fr, public": {"pages": 4, "rules": ["a", "b"]}}
    assert whole({**parts, "es, desk": {"pages": 2, "rules": []}}) == {
        "fr": {"pages": 7, "rules": ["a", "b"]},
        "es": {"pages": 2, "rules": []},
    }


def test_every_area_of_pages_has_its_file():
    files = (ROOT / "tests" / "ux").glob("test_pages_*.py")
    assert sorted(re.findall(r'^AREA = "(.+)"$', "".join(map(Path.read_text, files)), re.MULTILINE)) == sorted(AREAS)


def test_what_was_not_measured_is_said_so():
    made = page({"axe": {"en": {"pages": 3, "violations": 0}, "date": "2026-11-22"}})
    assert "- en: pages 3, violations 0" in made and "Measured on 2026-11-22" in made
    assert made.count("Not measured yet") == len(MEASURES) - 1
    assert line({"rules": ["a", "b"]}) == "rules a, b"


def test_the_screenshots_that_are_shown_are_there_and_no_other():
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs" / "screens.md").read_text(encoding="utf-8")
    shown = set(SHOWN.findall(text))
    kept = {f"screenshots/{file.name}" for file in (ROOT / "docs" / "screenshots").glob("*.png")}
    assert shown == kept
    assert len(kept) >= 5
