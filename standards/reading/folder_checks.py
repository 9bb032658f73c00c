"""What must hold between rows and between files."""

from collections import Counter
from collections.abc import Iterator

from standards.reading.rows import Complaint, Row
from standards.reading.tables import INSTRUMENTS, LISTS, RATIFICATIONS, TABLES, Table

Rows = dict[str, list[Row]]


def complaints(rows: Rows) -> Iterator[Complaint]:
    """Everything that is wrong between the rows of all files."""
    for table in TABLES:
        yield from repeated(table, rows[table.file])
        yield from dangling(table, rows)
    yield from too_early(rows)
    yield from miscounted(rows)


def repeated(table: Table, rows: list[Row]) -> Iterator[Complaint]:
    """Rows that say again what must be said once."""
    column_of = {column.field: name for name, column in table.columns.items()}
    seen: dict[tuple[str, object], int] = {}
    for row in rows:
        flagged = [name for name, flag in table.unique_where.items() if row.values[flag]]
        names = [("the same row", row.key), *((column_of[n], row.values[n]) for n in (*table.unique, *flagged))]
        for what, value in names:
            first = seen.setdefault((what, value), row.line)
            if first != row.line:
                yield Complaint(table.file, row.line, f"{what} stands in line {first}: {value}")


def dangling(table: Table, rows: Rows) -> Iterator[Complaint]:
    """Rows that name a country, an instrument or a station that no file has."""
    for name, file in table.refers.items():
        known = {row.key for row in rows[file]}
        for row in rows[table.file]:
            if row.values[name] not in known:
                yield Complaint(table.file, row.line, f"{row.values[name]} is not in {file}")


def too_early(rows: Rows) -> Iterator[Complaint]:
    """Ratifications before the instrument was adopted."""
    adopted = {row.key: int(str(row.values["year_adopted"])) for row in rows[INSTRUMENTS]}
    for row in rows[RATIFICATIONS]:
        year = row.values["year"]
        if isinstance(year, int) and year < adopted.get(str(row.values["instrument_id"]), 0):
            yield Complaint(RATIFICATIONS, row.line, "ratified before the instrument was adopted")


def miscounted(rows: Rows) -> Iterator[Complaint]:
    """Lists whose rows got lost: where absence means "not ratified", a lost row would turn the truth round."""
    counted: Counter[tuple[object, str]] = Counter()
    for row in rows[RATIFICATIONS]:
        status = str(row.values["status"])
        kind = "ratified" if status in ("in_force", "denounced") else status
        counted[row.values["instrument_id"], kind] += 1
        counted[row.values["instrument_id"], "dated"] += row.values["date"] is not None
    for row in rows[LISTS]:
        for kind in ("ratified", "not_ratified", "unknown", "dated"):
            said, found = row.values[kind], counted[row.key, kind]
            if said != found:
                yield Complaint(LISTS, row.line, f"{row.key}: {said} rows are {kind}, {RATIFICATIONS} has {found}")
