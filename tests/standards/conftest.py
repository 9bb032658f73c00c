"""A small set of files cut out of the real ones, which loads fast and which a test may damage."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from standards.loading import MODELS
from standards.management.commands.load_reference import OWN_DATA
from standards.models import DataFile

COUNTRIES = {"CM", "CH", "GE", "HU", "RU", "MY"}
KEPT = {
    "countries.csv": ("iso2", COUNTRIES),
    "instruments.csv": ("code", {"C029", "C087", "C098", "C105", "C144", "R113"}),
    "duty_stations.csv": ("code", {"YAO", "BUD", "MOW", "HQ"}),
    "coverage.csv": ("country_iso2", {"CM", "CH", "GE", "HU", "RU"}),
    "ratifications.csv": ("country_iso2", COUNTRIES),
    "turin_courses.csv": ("code", {"judges-2020", "procedures-2024", "judges-francophone-africa"}),
    "ratification_completeness.csv": ("instrument_code", {"C029", "C087", "C098", "C105", "C144"}),
}


def cut(file: str) -> list[list[str]]:
    """The lines of a real file that the small set keeps, the header first."""
    with (OWN_DATA / file).open(encoding="utf-8", newline="") as opened:
        header, *lines = csv.reader(opened)
    column, kept = KEPT[file]
    chosen = [line for line in lines if line[header.index(column)] in kept]
    if file == "ratifications.csv":
        chosen = [line for line in chosen if line[1] in KEPT["ratification_completeness.csv"][1]]
    return [header, *chosen]


def recount(header: list[str], line: list[str], ratifications: list[list[str]]) -> list[str]:
    """A line of the completeness file with the counts of the small set."""
    rows = [row for row in ratifications if row[1] == line[0]]
    counts = {
        "rows_ratified": sum(row[2] in ("in_force", "denounced") for row in rows),
        "rows_not_ratified": sum(row[2] == "not_ratified" for row in rows),
        "rows_unknown": sum(row[2] == "unknown" for row in rows),
        "rows_with_date": sum(bool(row[3]) for row in rows),
    }
    return [str(counts.get(name, cell)) for name, cell in zip(header, line, strict=True)]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with the small set."""
    sheets = {file: cut(file) for file in KEPT}
    header, *lists = sheets["ratification_completeness.csv"]
    sheets["ratification_completeness.csv"] = [
        header,
        *(recount(header, line, sheets["ratifications.csv"][1:]) for line in lists),
    ]
    for file, lines in sheets.items():
        with (tmp_path / file).open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows(lines)
    return tmp_path


@pytest.fixture
def loaded(small: Path, db: None) -> Path:
    """The small set, loaded."""
    call_command("load_reference", data=small, stdout=io.StringIO())
    return small


def snapshot() -> dict[str, list]:
    """Every row of the reference data, to see that nothing changed."""
    rows = {file: list(model._default_manager.order_by("pk").values_list()) for file, model in MODELS.items()}
    return {**rows, "files": list(DataFile.objects.order_by("pk").values_list())}
