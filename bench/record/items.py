"""A record of any size from a seed: items over every country, the instruments they are about, and the referrals.

For ten items there are exactly fourteen instruments and ten referrals; four in ten items have no referral.
The first countries, in the order of the seed, have many items and the last have few: the largest has one in 32.
"""

from collections.abc import Iterator
from random import Random

from standards.models import Country, Instrument
from supervisory.models import Body, Extent, ItemInstrument, Referral, SupervisoryItem, Topic, Way
from supervisory.models.item import NUMBERED

BATCH = 5_000
BODIES = (Body.OBSERVATION, Body.DIRECT_REQUEST, Body.CFA_CASE, Body.CONFERENCE_CASE, Body.ARTICLE_24, Body.ARTICLE_26)
WEIGHTS = (45, 30, 15, 5, 3, 2)
YEARS = range(1990, 2027)
INSTRUMENTS = (1, 1, 1, 1, 1, 1, 2, 2, 2, 2)  # of ten items
REFERRALS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 3)
SPOKEN = [(topic, way) for topic in Topic.values for way in Way.values]


def make_items(count: int, random: Random) -> dict[str, list[str]]:
    """Write `count` items with what hangs on them; the keys of the items of each country."""
    countries = sorted(Country.objects.values_list("pk", flat=True))
    random.shuffle(countries)
    shares = [1 / (rank + 11) for rank in range(len(countries))]
    where = iter([*countries, *random.choices(countries, shares, k=count - len(countries))])
    codes = sorted(Instrument.objects.filter(freedom_of_association=True).values_list("pk", flat=True))
    by_country: dict[str, list[str]] = {}
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        items = [an_item(number, next(where), random) for number in numbers]
        about = [row for item in items for row in linked(item, codes, random)]
        said = [row for item in items for row in referred(item, random)]
        for model, rows in ((SupervisoryItem, items), (ItemInstrument, about), (Referral, said)):
            model.objects.bulk_create(rows)
        for item in items:
            by_country.setdefault(item.country_id, []).append(item.key)
    return by_country


def an_item(number: int, country: str, random: Random) -> SupervisoryItem:
    """An item as the import leaves it."""
    body, year = random.choices(BODIES, WEIGHTS)[0], random.choice(YEARS)
    start = next((start for start, bodies in NUMBERED.items() if body in bodies), "item-")
    return SupervisoryItem(
        key=f"{start}{number + 1}",
        body=body,
        number=str(number + 1),
        country_id=country,
        year=year,
        year_adopted=year,
        satisfaction=random.random() < 0.05,
        interest=random.random() < 0.1,
        extent=random.choice(Extent.values),
        confidence=random.choices(("high", "medium", "low"), (80, 15, 5))[0],
        source="Made by a seed (fictional)",
    )


def linked(item: SupervisoryItem, codes: list[str], random: Random) -> Iterator[ItemInstrument]:
    """Its instruments."""
    for code in random.sample(codes, INSTRUMENTS[int(item.number) % 10]):
        yield ItemInstrument(item=item, instrument_id=code)


def referred(item: SupervisoryItem, random: Random) -> Iterator[Referral]:
    """What it says of assistance."""
    for topic, way in random.sample(SPOKEN, REFERRALS[int(item.number) % 10]):
        yield Referral(item=item, topic=topic, way=way)
