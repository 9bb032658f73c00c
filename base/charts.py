"""The geometry of charts. Pure: numbers in, places out.

Across in per cent of the width, down in pixels, and no viewBox: the words in a chart keep their size on a phone.
A figure that is not there is None and gets a word in its place, never a column of height nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

PLOT = 130  # pixels from the highest possible column to the axis
HEAD, FOOT = 22, 24  # pixels above, for the figure, and below, for the name
STEPS = (1, 2, 4, 5, 10)


@dataclass(frozen=True)
class Column:
    """A column with its figure above and its name below. `missing`: the lines to write where there is no figure."""

    name: str
    figure: str
    x: str
    width: str
    middle: str
    y: int
    height: int
    figure_y: int
    missing: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the scale with its figure."""

    figure: str
    y: int


@dataclass(frozen=True)
class Panel:
    """Columns over one axis. Pixels: `height` of the whole, `name_y` of the names."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    height: int = HEAD + PLOT + FOOT
    name_y: int = HEAD + PLOT + 18


@dataclass(frozen=True)
class Dot:
    """A figure on a line that begins at nought: its place in per cent, and the figure."""

    x: str
    figure: str


@dataclass(frozen=True)
class Bar:
    """A figure as a share of the widest; None where there is nothing to draw."""

    width: str | None


def scale_of(figures: Sequence[int | None]) -> int:
    """A round number that no figure exceeds; at least 1."""
    highest = max([figure for figure in figures if figure is not None], default=0)
    power = 1
    while power * 10 < highest:
        power *= 10
    return next(step * power for step in STEPS if step * power >= highest)


def columns(named: Sequence[tuple[str, int | None]], top: int, missing: str) -> Panel:
    """A column for each name, on a scale that ends at `top`; `missing` is what stands where there is no figure."""
    share = 100 / max(1, len(named))
    found = []
    for place, (name, figure) in enumerate(named):
        height = round(PLOT * figure / top) if figure is not None else 0
        y = HEAD + PLOT - height
        words = missing.split() if figure is None else []
        found.append(
            Column(
                name=name,
                figure="" if figure is None else str(figure),
                x=percent(place * share + share * 0.2),
                width=percent(share * 0.6),
                middle=percent((place + 0.5) * share),
                y=y,
                height=height,
                figure_y=y - 5,
                missing=tuple((y - 6 - 15 * (len(words) - 1 - line), word) for line, word in enumerate(words)),
            )
        )
    lines = (Line("0", HEAD + PLOT), Line(str(top), HEAD))
    return Panel(tuple(found), lines)


def dots(figures: Sequence[int], top: int) -> list[Dot]:
    """Dots on a line that ends at `top`; a tenth is left free on both sides for the figures."""
    return [Dot(percent(10 + 80 * figure / top), str(figure)) for figure in figures]


def bars(figures: Sequence[int | None]) -> list[Bar]:
    """A bar for each figure, the highest over the whole width."""
    highest = max([figure for figure in figures if figure is not None], default=0)
    return [Bar(percent(100 * figure / highest) if figure else None) for figure in figures]


def percent(share: float) -> str:
    """As SVG reads it in every language."""
    return f"{share:.2f}%"
