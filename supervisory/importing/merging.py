"""What an item becomes when a row speaks of it. Pure: nothing is read or written here.

Knowledge grows: an empty cell does not take away what is known, nor does a flag "no", which says only that nothing was
seen in the part that was read. A later file may change a value, never the country.
"""

from dataclasses import dataclass, field
from typing import Any

from standards.models import Trust
from supervisory.importing.shapes import Described
from supervisory.models import ItemChange, Referral, SupervisoryItem, Topic, Way
from supervisory.models.words import COMMENTS

IDENTITY = ("country_id",)
SHOWN_AS = {"country_id": "country"}


@dataclass
class Held:
    """An item in hand, with its instruments and what it says of assistance; `new` is not in the database yet."""

    item: SupervisoryItem
    instruments: set[str] = field(default_factory=set)
    ways: set[tuple[str, str]] = field(default_factory=set)
    new: bool = False
    written: bool = False


@dataclass(frozen=True)
class Change:
    """One field that becomes another."""

    key: str
    field: str
    before: str
    after: str


def refusal(held: Held, row: Described) -> str:
    """Why the row cannot speak of this item; empty when it can."""
    differing = [name for name in IDENTITY if getattr(held.item, name) != row.said[name]]
    return f"{row.key} is of {held.item.country_id} in the record" if differing else ""


def merge(held: Held, row: Described) -> list[Change]:
    """Take up what the row says; the changes, none when all was known."""
    changes = []
    for name, value in {**row.said, **derived(held, row)}.items():
        before = getattr(held.item, name)
        if value not in ("", None, False) and value != before:
            changes.append(Change(row.key, SHOWN_AS.get(name, name), shown(before), shown(value)))
            setattr(held.item, name, value)
    if row.instrument and held.instruments != {row.instrument}:
        changes.append(Change(row.key, "instruments", " ".join(sorted(held.instruments)), row.instrument))
        held.instruments = {row.instrument}
    if row.assistance and not any(topic == Topic.ASSISTANCE for topic, way in held.ways):
        held.ways.add((Topic.ASSISTANCE.value, Way.MENTIONED.value))
        changes.append(Change(row.key, "referrals", "", Way.MENTIONED.value))
    return changes


def derived(held: Held, row: Described) -> dict[str, Any]:
    """What follows from the fields once the row is taken up: the year, and how sure the item is."""
    known = SupervisoryItem(**{name: value or getattr(held.item, name) for name, value in row.said.items()})
    named = bool(row.instrument or held.instruments) if known.body in COMMENTS else True
    sure = named and known.year_spoken() is not None
    return {"year": known.year_spoken(), "confidence": (Trust.HIGH if sure else Trust.LOW).value}


def shown(value: object) -> str:
    """A value as the history shows it."""
    if isinstance(value, bool):
        return "yes" if value else "not seen"
    return "" if value is None else str(value)


def as_row(change: Change, run_id: Any) -> ItemChange:
    """A change as it is kept."""
    return ItemChange(
        run_id=run_id, item_id=change.key, field=change.field, before=change.before[:500], after=change.after[:500]
    )


def as_referral(key: str, topic: str, way: str) -> Referral:
    """A referral as it is kept."""
    return Referral(item_id=key, topic=topic, way=way)
