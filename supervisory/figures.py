"""Loads the published figures: the table becomes what the file says, in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from standards.reading.cells import date_or_part, or_empty, or_none, shaped, text, whole
from standards.reading.folder import read_table
from standards.reading.rows import Broken, Complaint
from standards.reading.tables import Column, Table
from supervisory.importing.shapes import key_of
from supervisory.models import RecordVersion, Statistic
from supervisory.models.record_version import lock
from supervisory.populations import is_inconsistent, population_of

FILE = "supervisory_statistics.csv"
COLUMNS = {
    "body": Column("body", text(30)),
    "period_start": Column("period_start", or_empty(date_or_part)),
    "period_end": Column("period_end", or_empty(date_or_part)),
    "measure": Column("measure", text(500)),
    "count": Column("count", whole(0, 999_999_999)),
    "unit": Column("unit", text(30)),
    "relates_to": Column("relates_to", text(30)),
    "seed_file": Column("document", shaped(r"[0-9]{3}_[0-9a-f]+\.txt", "the file of a source document")),
    "paragraph": Column("paragraph", or_none(whole(1, 999))),
    "note": Column("note", or_empty(text(500))),
}
TABLE = Table(FILE, COLUMNS, ("body", "period_start", "period_end", "measure", "document", "paragraph"))


def read_figures(raw: bytes) -> dict[str, Statistic]:
    """The figures of a file by their key. Raises Broken with every complaint."""
    figures: dict[str, Statistic] = {}
    complaints = []
    for row in read_table(TABLE, raw):
        figure = figure_of(row.values)
        if figure.key in figures:
            complaints.append(Complaint(FILE, row.line, "this figure is there already"))
        figures[figure.key] = figure
    if complaints:
        raise Broken(complaints)
    return figures


def figure_of(values: Mapping[str, Any]) -> Statistic:
    """One figure, with the population that its place in the source gives it."""
    document, paragraph, measure = str(values["document"])[:3], values["paragraph"], values["measure"]
    key = key_of(document, paragraph, values["body"], values["period_start"], values["period_end"], measure)
    return Statistic(
        **{
            **values,
            "key": key,
            "document": document,
            "population": population_of(document, paragraph, values["body"], measure).value,
            "inconsistent": is_inconsistent(document, paragraph, measure),
        }
    )


def store_figures(figures: Mapping[str, Statistic]) -> int:
    """Make the table what the file says; how many rows are not as before."""
    fields = [field.name for field in Statistic._meta.concrete_fields if not field.primary_key]
    with transaction.atomic():
        lock()
        stored = Statistic.objects.in_bulk()
        gone = stored.keys() - figures.keys()
        new = [figure for key, figure in figures.items() if key not in stored]
        changed = [
            figure
            for key, figure in figures.items()
            if key in stored and any(getattr(stored[key], name) != getattr(figure, name) for name in fields)
        ]
        Statistic.objects.filter(pk__in=gone).delete()
        Statistic.objects.bulk_create(new)
        if changed:
            Statistic.objects.bulk_update(changed, fields)
        written = len(gone) + len(new) + len(changed)
        if written:
            RecordVersion.objects.update(number=F("number") + 1)
    return written
