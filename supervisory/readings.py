"""How items speak of assistance, read from the notes of the sample by a person: takes the place of "mentioned"."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from standards.reading.cells import one_of, or_empty, shaped, text
from standards.reading.folder import read_table
from standards.reading.rows import Broken, Complaint, Row
from standards.reading.tables import Column, Table
from supervisory.models import RecordVersion, Referral, SupervisoryItem, Way
from supervisory.models.record_version import lock
from supervisory.models.words import Mission, Topic

FILE = "referrals.csv"
COLUMNS = {
    "item": Column("item_id", shaped(r"[a-z]+-[0-9a-z]+", "the key of an item")),
    "topic": Column("topic", one_of(*Topic.values)),
    "way": Column("way", one_of(*Way.values)),
    "mission": Column("mission", or_empty(one_of(*Mission.values))),
    "note": Column("note", or_empty(text(500))),
}
TABLE = Table(FILE, COLUMNS, ("item_id", "topic", "way"))


def read_readings(raw: bytes) -> list[Row]:
    """The rows of the file. Raises Broken with every complaint."""
    return read_table(TABLE, raw)


def store_readings(rows: Sequence[Row]) -> int:
    """Take up what was read, but for items corrected by hand; how many rows changed. Raises Broken, nothing changed."""
    with transaction.atomic():
        lock()
        keys = {row.values["item_id"] for row in rows}
        corrected: dict[object, Any] = dict(
            SupervisoryItem.objects.filter(pk__in=keys).values_list("key", "corrected_at")
        )
        if missing := [row for row in rows if row.values["item_id"] not in corrected]:
            raise Broken(
                [Complaint(FILE, row.line, f"{row.values['item_id']} is not in the record") for row in missing]
            )
        changed = sum(take_up(row) for row in rows if corrected[str(row.values["item_id"])] is None)
        if changed:
            RecordVersion.objects.update(number=F("number") + 1)
    return changed


def take_up(row: Row) -> bool:
    """Write one row; whether anything changed."""
    said: dict[str, Any] = {name: row.values[name] for name in ("item_id", "topic", "way")}
    rest: dict[str, Any] = {name: row.values[name] for name in ("mission", "note")}
    if said["way"] != Way.MENTIONED:
        Referral.objects.filter(item=said["item_id"], topic=said["topic"], way=Way.MENTIONED).delete()
    if Referral.objects.filter(**said, **rest).exists():
        return False
    Referral.objects.update_or_create(**said, defaults=rest)
    return True
