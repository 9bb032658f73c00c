"""Supervisory items as answers: what stands on record for a country, offered as tick boxes, and how each is called."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import QuerySet

from requests_app.models.fields import Some
from supervisory.models import SupervisoryItem
from supervisory.models.words import CASES

OFFERED: Final = 20


class OnRecord(Some):
    """Keys of items that were ticked. Its options are those of the country of the request (see the section)."""

    def shown(self, value: Any) -> Any:
        """What each item is called; one of which nothing is known any more is left out. Two queries, none if empty."""
        return [called(item) for item in _known(value)] if value else []


def on_record(country: str, chosen: Collection[str] = ()) -> list[SupervisoryItem]:
    """The newest items of `country`, and after them those among `chosen` that are not there. At most four queries."""
    found = list(_items().filter(country=country)[:OFFERED]) if country else []
    missing = set(chosen) - {item.key for item in found}
    return [*found, *_known(missing)] if missing else found


def called(item: SupervisoryItem) -> str:
    """One line: the body, the number of a case, the year, the instruments. Load `links` with it."""
    number = f" {item.number}" if item.body in CASES and item.number else ""
    about = ", ".join(f"{code[0]}.{int(code[1:])}" for code in sorted(link.instrument_id for link in item.links.all()))
    year = str(item.year) if item.year else ""
    return " · ".join(part for part in (f"{item.get_body_display()}{number}", year, about) if part)


def _items() -> QuerySet[SupervisoryItem]:
    return SupervisoryItem.objects.prefetch_related("links").order_by("-year", "key")


def _known(keys: Iterable[str]) -> list[SupervisoryItem]:
    return list(_items().filter(pk__in=list(keys)))
