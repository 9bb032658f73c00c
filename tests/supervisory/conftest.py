"""A small set of reference data, and files of cases and comments as a test needs them."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from supervisory.importing.report import FileReport
from supervisory.importing.service import Order, import_files
from supervisory.importing.shapes import CASE_COLUMNS, COMMENT_COLUMNS
from supervisory.importing.source import Source
from supervisory.models import ItemInstrument, Referral, SupervisoryItem
from tests.standards.conftest import loaded, small

__all__ = ["loaded", "small"]

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CASE = {"case_number": "3134", "country_iso2": "CM", "mentions_technical_assistance": "no"}
COMMENT = {
    "country_iso2": "CM",
    "instrument_code": "C087",
    "comment_type": "observation",
    "year_adopted": "2019",
    "noted_with_satisfaction": "no",
    "noted_with_interest": "no",
    "mentions_technical_assistance": "no",
    "normlex_comment_id": "3960001",
}


def sheet(columns: Any, rows: list[dict[str, str]]) -> bytes:
    """A CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def cases(*rows: dict[str, str]) -> bytes:
    """A file of cases; each row gives what differs from `CASE`."""
    return sheet(CASE_COLUMNS, [{**CASE, **row} for row in rows])


def comments(*rows: dict[str, str]) -> bytes:
    """A file of comments; each row gives what differs from `COMMENT`."""
    return sheet(COMMENT_COLUMNS, [{**COMMENT, **row} for row in rows])


def take(*files: bytes, **order: Any) -> list[FileReport]:
    """Import files named file0.csv, file1.csv…"""
    sources = [Source(f"file{number}.csv", io.BytesIO(raw)) for number, raw in enumerate(files)]
    return import_files(sources, Order(now=NOW, **order))


def record() -> dict[str, Any]:
    """Everything that the record says, but for who brought it in."""
    skipped = ("added_by", "corrected_at")
    names = [field.attname for field in SupervisoryItem._meta.concrete_fields if field.name not in skipped]
    return {
        "items": list(SupervisoryItem.objects.order_by("key").values_list(*names)),
        "links": sorted(ItemInstrument.objects.values_list("item_id", "instrument_id")),
        "referrals": sorted(Referral.objects.values_list("item_id", "topic", "way")),
    }


@pytest.fixture
def cell() -> Callable[[str, str], Any]:
    """A field of an item, by the key of the item."""
    return lambda key, name: SupervisoryItem.objects.values_list(name, flat=True).get(pk=key)
