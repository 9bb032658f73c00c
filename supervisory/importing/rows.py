"""Reads the rows of a file one by one: each is described, or refused with its line and the reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from standards.models import Country, Instrument
from standards.reading.folder import read_cells
from standards.reading.rows import Complaint
from standards.reading.sheet import Line, faults
from supervisory.importing.shapes import Described, Shape
from supervisory.importing.source import Source, cells_of


@dataclass(frozen=True)
class Known:
    """What a row may refer to. `contradicted`: keys of which the same run says different things, and where."""

    countries: frozenset[str]
    instruments: frozenset[str]
    contradicted: Mapping[str, str] = field(default_factory=dict)


def known_now() -> Known:
    """The countries and instruments of the reference data. Two queries."""
    countries = frozenset(Country.objects.values_list("pk", flat=True))
    return Known(countries, frozenset(Instrument.objects.values_list("pk", flat=True)))


def read_rows(source: Source, shape: Shape, known: Known) -> Iterator[Described | Complaint]:
    """Every row after the header: described, or a complaint about it. Empty lines are passed over."""
    for number, line in source.lines():
        if number == 1 or not line.strip():
            continue
        found, reasons = read_row(source.name, number, line, shape, known)
        if found and not reasons:
            yield found
        else:
            yield Complaint(source.name, number, "; ".join(reasons))


def read_row(file: str, number: int, line: bytes, shape: Shape, known: Known) -> tuple[Described | None, list[str]]:
    """One row, and what is wrong with it."""
    cells = cells_of(line)
    if isinstance(cells, str):
        return None, [cells]
    names = list(shape.columns)
    if reasons := faults(cells, names):
        return None, reasons
    values, reasons = read_cells(shape.columns, Line(number, dict(zip(names, cells, strict=True))))
    reasons += list(shape.check(values)) if not reasons else []
    if reasons:
        return None, reasons
    found = shape.describe(file, number, values)
    return found, dangling(found, known)


def dangling(found: Described, known: Known) -> list[str]:
    """Names that the reference data does not have; a key of which this run says different things."""
    reasons = []
    if found.said["country_id"] not in known.countries:
        reasons.append(f"{found.said['country_id']} is no member State of the reference data")
    if found.instrument and found.instrument not in known.instruments:
        reasons.append(f"{found.instrument} is no instrument of the reference data")
    if found.key in known.contradicted:
        reasons.append(f"rows of this import contradict each other about {found.key}: {known.contradicted[found.key]}")
    return reasons
