"""Brings the database to what the files say, in one transaction, writing only what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, ProtectedError

from standards.models import Country, Course, Coverage, DataFile, Instrument, Ratification, RatificationList, Station
from standards.reading.rows import Broken, Complaint, DataSet, Row
from standards.reading.tables import (
    COUNTRIES,
    COURSES,
    COVERAGE,
    INSTRUMENTS,
    LISTS,
    RATIFICATIONS,
    STATIONS,
    TABLES,
    Table,
)

MODELS: Mapping[str, type[models.Model]] = {
    COUNTRIES: Country,
    INSTRUMENTS: Instrument,
    STATIONS: Station,
    COVERAGE: Coverage,
    LISTS: RatificationList,
    RATIFICATIONS: Ratification,
    COURSES: Course,
}
BATCH = 200  # rows of one statement; SQLite allows 32,766 parameters


@dataclass(frozen=True)
class Counts:
    """What loading did to the rows of one file. `kept` were corrected by hand and stay as they are."""

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    kept: int = 0

    @property
    def written(self) -> int:
        """Rows that are not as they were before."""
        return self.added + self.changed + self.deleted


@dataclass(frozen=True)
class Difference:
    """What must be done to one table. `gone` are the keys of rows that the file no longer has."""

    table: Table
    added: list[Row]
    changed: list[Row]
    gone: list[str]
    unchanged: int
    kept: int

    def counts(self) -> Counts:
        """The difference in numbers, once it has been written."""
        return Counts(self.table.file, len(self.added), len(self.changed), self.unchanged, len(self.gone), self.kept)


def already_loaded(digests: Mapping[str, str]) -> list[Counts] | None:
    """Counts without a change when all these files were the last ones loaded, else None. One query."""
    known = {file.name: file for file in DataFile.objects.all()}
    if any(name not in known or known[name].digest != digest for name, digest in digests.items()):
        return None
    return [Counts(table.file, unchanged=known[table.file].rows) for table in TABLES]


def store(data: DataSet, now: datetime, prune: bool = False) -> list[Counts]:
    """Make the database say what `data` says. Raises Broken, having changed nothing.

    A row that the file no longer has is refused, for it is more often lost than meant; `prune` deletes it.
    """
    with transaction.atomic():
        lock()
        differences = [difference(table, data.rows[table.file]) for table in TABLES]
        if not prune:
            refuse_gone(differences)
        return write(differences, data.digests, now)


def lock() -> None:
    """Let one loading at a time through, also the very first."""
    DataFile.objects.bulk_create([DataFile(name=table.file) for table in TABLES], ignore_conflicts=True)
    list(DataFile.objects.select_for_update(of=("self",)).order_by("name"))


def difference(table: Table, rows: Iterable[Row]) -> Difference:
    """Compare the rows of a file with those of the database. One query."""
    stored = {
        str(key): (corrected_at, values)
        for key, corrected_at, *values in MODELS[table.file]
        ._default_manager.order_by()
        .values_list("pk", "corrected_at", *table.stored)
    }
    added, changed, unchanged, kept = [], [], 0, 0
    for row in rows:
        corrected_at, values = stored.pop(row.key, (None, None))
        if values is None:
            added.append(row)
        elif corrected_at:
            kept += 1
        elif values == [row.values[name] for name in table.stored]:
            unchanged += 1
        else:
            changed.append(row)
    gone = sorted(key for key, (corrected_at, _) in stored.items() if not corrected_at)
    return Difference(table, added, changed, gone, unchanged, kept + len(stored) - len(gone))


def refuse_gone(differences: Iterable[Difference]) -> None:
    """Raises Broken for every row that stands in the database and no longer in its file."""
    complaints = [
        Complaint(part.table.file, None, f"{key} is no longer there; --prune deletes it")
        for part in differences
        for key in part.gone
    ]
    if complaints:
        raise Broken(complaints)


def write(differences: list[Difference], digests: Mapping[str, str], now: datetime) -> list[Counts]:
    """Write the differences and note which files they came from. Raises Broken where a constraint forbids it."""
    for part in reversed(differences):
        delete_rows(part)
    for part in differences:
        write_rows(part)
        counts = part.counts()
        DataFile.objects.filter(name=counts.file).update(
            digest=digests[counts.file],
            rows=counts.unchanged + counts.kept + counts.added + counts.changed,
            version=F("version") + (1 if counts.written else 0),
            loaded_at=now,
        )
    return [part.counts() for part in differences]


def delete_rows(part: Difference) -> None:
    """Delete what the file no longer has. Raises Broken where other rows need it."""
    try:
        MODELS[part.table.file]._default_manager.filter(pk__in=part.gone).delete()
    except ProtectedError as error:
        users = ", ".join(sorted({str(held._meta.verbose_name_plural) for held in error.protected_objects}))
        reason = f"of {', '.join(part.gone)} something is still in use, by {users}"
        raise Broken([Complaint(part.table.file, None, reason)]) from error


def write_rows(part: Difference) -> None:
    """Add and change the rows of one table. Raises Broken where a row does not fit one corrected by hand."""
    model, table = MODELS[part.table.file], part.table
    fields = [name for name in table.stored if name not in primary_key_names(model)]
    try:
        with transaction.atomic():
            for flag in table.unique_where.values():
                # The one that has the flag gives it up before another takes it: engines check row by row.
                model._default_manager.filter(pk__in=[row.key for row in part.changed]).update(**{flag: False})
            model._default_manager.bulk_update([made(model, table, row) for row in part.changed], fields, BATCH)
            model._default_manager.bulk_create([made(model, table, row) for row in part.added], BATCH)
    except IntegrityError as error:
        reason = f"does not fit the rows that are there: {str(error).splitlines()[0]}"
        raise Broken([Complaint(table.file, None, reason)]) from error


def primary_key_names(model: type[models.Model]) -> set[str]:
    """The names under which the primary key is known: code, or instrument and instrument_id."""
    key = model._meta.pk
    return {key.name, key.attname}


def made(model: type[models.Model], table: Table, row: Row) -> Any:
    """The model instance of a row."""
    values = {name: row.values[name] for name in table.stored}
    return model(**{"pk": row.key, **values} if len(table.key) > 1 else values)
