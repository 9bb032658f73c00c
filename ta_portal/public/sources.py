"""Where a published figure stands: the document and the paragraph, as a name and as a place on the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.rules.sources import DOCUMENTS
from supervisory.tables import Cell, PublishedRow

ABOUT: Final[Mapping[tuple[str, int | None], Promise]] = {
    ("001", 39): gettext_lazy("How often the Committee of Experts spoke of assistance or cooperation, 1999 to 2002."),
    ("001", 40): gettext_lazy("How often the Conference Committee did, in the same years."),
    ("004", 27): gettext_lazy("Ratifications of the fundamental Conventions since the campaign for them began."),
    ("004", 194): gettext_lazy(
        "The work of the supervisory bodies, and ratifications, January 2000 to September 2005."
    ),
    ("004", 199): gettext_lazy("Ratifications of the Conventions on child labour."),
}


@dataclass(frozen=True)
class Figure:
    """A cell as the page writes it."""

    text: str
    counted: bool
    inconsistent: bool
    note: str


@dataclass(frozen=True)
class Place:
    """A paragraph: its name, its id on the page, what it is about."""

    name: str
    id: str
    about: str


@dataclass(frozen=True)
class Row:
    """A line of a published table with its place."""

    row: PublishedRow
    figures: tuple[Figure, ...]
    place: Place


def placed(row: PublishedRow) -> Row:
    """A line with its figures written out and its source."""
    return Row(row, tuple(written(cell) for cell in row.cells), place_of(row.document, row.paragraph))


def written(cell: Cell) -> Figure:
    """A figure with its thousands apart, as the sources print it; "not counted" where there is none."""
    text = str(cell) if cell.count is None else number_format(cell.count, use_l10n=True, force_grouping=True)
    return Figure(text, cell.count is not None, cell.inconsistent, cell.note)


def place_of(document: str, paragraph: int | None) -> Place:
    """Where a figure stands; the whole document where it has no numbered paragraphs."""
    name = str(DOCUMENTS[document].cited_as)
    about = str(ABOUT.get((document, paragraph), ""))
    if paragraph is None:
        return Place(name, f"source-{document}", about)
    words = _("%(document)s, paragraph %(number)d") % {"document": name, "number": paragraph}
    return Place(words, f"source-{document}-{paragraph}", about)


def places(rows: Iterable[Row]) -> list[Place]:
    """Each place once, in order."""
    return sorted({row.place for row in rows}, key=lambda place: place.id)
