"""Assistance that was published: the one thing of single requests that everybody may read.

It starts from `Publication.objects.public()` and gives rows without reference, organization or link to a request.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from requests_app.kinds import KINDS
from requests_app.models import Publication, PublishedItem
from requests_app.models.on_record import called


@dataclass(frozen=True)
class Assistance:
    """A published row: year, kind of help, the text and its language, instruments, items that it addresses."""

    country: str
    year: int
    kind: str
    kind_word: str | Promise
    text: str
    language: str
    instruments: tuple[str, ...]
    items: tuple[tuple[str, str], ...]


def word_of(kind: str) -> str | Promise:
    """What a kind of help is called; of one that there is no more, its slug."""
    return KINDS[kind].label if kind in KINDS else kind


def told(publication: Publication) -> Assistance:
    """The row as the public reads it. Load `items__links` with it."""
    return Assistance(
        country=publication.country_id,
        year=publication.year,
        kind=publication.kind,
        kind_word=word_of(publication.kind),
        text=publication.text,
        language=publication.language,
        instruments=tuple(publication.instruments),
        items=tuple(sorted((called(item), item.url) for item in publication.items.all())),
    )


def assistance_in(country: str) -> Sequence[Assistance]:
    """What was published of a country, the latest year first. Three queries, one where nothing was."""
    rows = Publication.objects.public().filter(country=country).order_by("-year", "kind", "text")
    return [told(row) for row in rows.prefetch_related("items__links")]


def assisted_years(items: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The years of published assistance that addresses these items, by key. One query."""
    rows = PublishedItem.objects.filter(item__in=list(items), publication__in=Publication.objects.public())
    found: dict[str, set[int]] = {}
    for key, year in rows.values_list("item", "publication__year"):
        found.setdefault(key, set()).add(year)
    return {key: tuple(sorted(years)) for key, years in found.items()}
