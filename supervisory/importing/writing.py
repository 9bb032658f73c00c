"""Takes up a batch of rows in a few statements, whatever their number."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F

from standards.reading.rows import Complaint
from supervisory.importing.merging import Change, Held, as_referral, as_row, merge, refusal
from supervisory.importing.report import FileReport
from supervisory.importing.shapes import Described
from supervisory.models import ImportRun, ItemChange, ItemInstrument, RecordVersion, Referral, SupervisoryItem
from supervisory.models.item import SPOKEN
from supervisory.models.record_version import lock

BATCH = 300  # rows of one statement; SQLite allows 32,766 parameters
FIELDS = [
    field.name
    for field in SupervisoryItem._meta.concrete_fields
    if field.name not in ("key", "corrected_at", "added_by", *SPOKEN)
]


def write_batch(rows: Sequence[Described], run: ImportRun, report: FileReport) -> None:
    """Take up these rows, all of them or, when something fails, none; notes in the report what became of each."""
    with transaction.atomic():
        lock()
        held = hold({row.key for row in rows})
        changes: list[Change] = []
        for row in rows:
            changes += take(row, held, run, report)
        if changes or any(each.new for each in held.values()):
            store(held.values(), [as_row(change, run.pk) for change in changes])
            RecordVersion.objects.update(number=F("number") + 1)


def take(row: Described, held: dict[str, Held], run: ImportRun, report: FileReport) -> list[Change]:
    """Merge one row into what is in hand; the changes to keep as history."""
    mine = held.get(row.key)
    if mine is None:
        mine = held[row.key] = Held(SupervisoryItem(key=row.key, added_by=run, **row.said), new=True)
        merge(mine, row)
        report.note(row.key, new=True, changes=[])
        return []
    if mine.item.corrected_at:
        report.kept += 1
        return []
    if reason := refusal(mine, row):
        report.refuse(Complaint(row.file, row.line, reason))
        return []
    changes = merge(mine, row)
    mine.written |= bool(changes)
    report.note(row.key, new=False, changes=changes)
    return changes


def hold(keys: set[str]) -> dict[str, Held]:
    """The items of these keys as they stand. Three queries."""
    held = {item.pk: Held(item) for item in SupervisoryItem.objects.filter(pk__in=keys)}
    for key, code in ItemInstrument.objects.filter(item__in=held).values_list("item_id", "instrument_id"):
        held[key].instruments.add(code)
    for key, topic, way in Referral.objects.filter(item__in=held).values_list("item_id", "topic", "way"):
        held[key].ways.add((topic, way))
    return held


def store(held: Iterable[Held], changes: list[ItemChange]) -> None:
    """Write what is new or changed."""
    new = [each for each in held if each.new]
    changed = [each for each in held if each.written and not each.new]
    SupervisoryItem.objects.bulk_create([each.item for each in new], BATCH)
    SupervisoryItem.objects.bulk_update([each.item for each in changed], FIELDS, BATCH)
    touched = {each.item.pk: each for each in (*new, *changed)}
    relink(touched)
    Referral.objects.bulk_create(
        [as_referral(key, topic, way) for key, each in touched.items() for topic, way in sorted(each.ways)],
        BATCH,
        ignore_conflicts=True,
    )
    ItemChange.objects.bulk_create(changes, BATCH)


def relink(touched: dict[str, Held]) -> None:
    """Make the instruments of these items what they are in hand."""
    stored = set(ItemInstrument.objects.filter(item__in=touched).values_list("item_id", "instrument_id"))
    wanted = {(key, code) for key, each in touched.items() for code in each.instruments}
    for key, code in sorted(stored - wanted):
        ItemInstrument.objects.filter(item=key, instrument=code).delete()
    links = [ItemInstrument(item_id=key, instrument_id=code) for key, code in sorted(wanted - stored)]
    ItemInstrument.objects.bulk_create(links, BATCH)
