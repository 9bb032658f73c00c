"""Tables that people download and open in a spreadsheet."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

# A spreadsheet takes a cell that begins with one of these for a formula; the wide forms are typed in East Asia.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
END = "# end: %d rows"


def safe_cell(value: object) -> object:
    """`value` so that no spreadsheet runs it: text that begins like a formula gets an apostrophe in front.

    Numbers stay numbers, also negative ones; None is an empty cell.
    """
    if value is None or isinstance(value, (int, float)):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV: commas, lines ending in CR LF (RFC 4180), every cell safe."""
    return csv_lines((header, *rows))


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """Rows of such a table."""
    written = io.StringIO()
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return written.getvalue()


def csv_stream(header: Sequence[str], chunks: Iterable[Sequence[Sequence[object]]]) -> Iterator[bytes]:
    """A table that is written while it is read, some rows at a time, with a byte order mark as `download` has.

    Its last line says how many rows there are: a file without that line is not whole.
    """
    yield codecs.BOM_UTF8 + csv_lines([header]).encode()
    rows = 0
    for chunk in chunks:
        rows += len(chunk)
        yield csv_lines(chunk).encode()
    yield csv_lines([[END % rows]]).encode()


def download(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The table as a file to keep. It begins with a byte order mark, without which Excel breaks accents."""
    answer = HttpResponse(csv_text(header, rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
