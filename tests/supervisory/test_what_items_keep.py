"""What an item keeps of its referrals in short never differs from them, whoever writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from standards.models import Country
from standards.reading.rows import Row
from supervisory.corrections import save_correction
from supervisory.models import Referral, SupervisoryItem
from supervisory.models.item import SPOKEN
from supervisory.models.words import POINTING, Topic, Way
from supervisory.readings import store_readings
from tests.factories import a_country
from tests.supervisory.conftest import cases, take

pytestmark = pytest.mark.django_db


def an_item(key: str = "case-1", **fields: Any) -> SupervisoryItem:
    country: Country = a_country("CM", "Cameroon")
    return SupervisoryItem.objects.create(key=key, number=key[5:], body="cfa_case", country=country, **fields)


def kept(key: str = "case-1") -> tuple[bool, bool, bool]:
    """Speaks of assistance, speaks of cooperation, points to assistance."""
    return SupervisoryItem.objects.values_list(*SPOKEN).get(pk=key)


def said(item: SupervisoryItem) -> tuple[bool, bool, bool]:
    """The same, from the referrals."""
    rows = [(row.topic, row.way) for row in Referral.objects.filter(item=item)]
    topics = {topic for topic, _way in rows}
    return (
        Topic.ASSISTANCE in topics,
        Topic.COOPERATION in topics,
        any(topic == Topic.ASSISTANCE and way in POINTING for topic, way in rows),
    )


@pytest.mark.parametrize("topic", Topic.values)
@pytest.mark.parametrize("way", Way.values)
def test_each_topic_and_way_is_kept_as_what_it_is(topic: str, way: str) -> None:
    item = an_item()
    assert kept() == (False, False, False)
    row = Referral.objects.create(item=item, topic=topic, way=way)
    assert kept() == said(item) == (topic == "assistance", topic == "cooperation", (topic, way) in POINTS)
    row.delete()
    assert kept() == (False, False, False)


POINTS = [("assistance", way.value) for way in Way if way != Way.RECEIVED]


def _reading(item: SupervisoryItem) -> None:
    values = {"item_id": item.pk, "topic": "assistance", "way": "received", "mission": "", "note": ""}
    store_readings([Row(2, item.pk, values)])


def _moved(item: SupervisoryItem) -> None:
    row = Referral.objects.get(item=item)
    row.item = an_item("case-2")
    row.save()


WRITES: dict[str, Callable[[SupervisoryItem], Any]] = {
    "one more": lambda item: Referral.objects.create(item=item, topic="cooperation", way="reminded"),
    "many more": lambda item: Referral.objects.bulk_create([Referral(item=item, topic="cooperation", way="reminded")]),
    "through the item": lambda item: item.referrals.create(topic="cooperation", way="reminded"),
    "changed": lambda item: Referral.objects.filter(item=item).update(way="received"),
    "changed in bulk": lambda item: Referral.objects.bulk_update([_as_received(item)], ["way"]),
    "deleted": lambda item: Referral.objects.filter(item=item).delete(),
    "deleted through the item": lambda item: item.referrals.all().delete(),
    "to another item": _moved,
    "read by a person": _reading,
    "an import": lambda item: take(cases({"case_number": "1", "mentions_technical_assistance": "yes"})),
    "a correction": lambda item: save_correction(item, datetime(2026, 1, 1, tzinfo=UTC)),
}


def _as_received(item: SupervisoryItem) -> Referral:
    row = Referral.objects.get(item=item)
    row.way = Way.RECEIVED.value
    return row


@pytest.mark.parametrize("name", WRITES)
def test_no_way_to_write_leaves_an_item_that_says_otherwise(name: str) -> None:
    item = an_item()  # in hand from before its first referral: what it holds is old
    Referral.objects.create(item=item, topic="assistance", way="mentioned")
    assert kept() == (True, False, True)
    WRITES[name](item)
    for each in SupervisoryItem.objects.all():
        assert kept(each.pk) == said(each), name


def test_a_refused_referral_leaves_the_item_as_it_was() -> None:
    item = an_item()
    Referral.objects.create(item=item, way="received")
    with pytest.raises(Exception, match="way"), transaction.atomic():
        Referral.objects.create(item=item, way="x")
    assert kept() == (True, False, False) == said(item)


def test_the_item_of_many_referrals_is_not_changed_under_them() -> None:
    item, other = an_item(), an_item("case-2")
    Referral.objects.create(item=item, way="received")
    with pytest.raises(ValueError, match="stays with its item"):
        Referral.objects.update(item=other)


def test_many_referrals_cost_no_more_statements_than_one() -> None:
    items = [an_item(f"case-{number}") for number in range(1, 9)]

    def statements(held: list[SupervisoryItem]) -> int:
        with CaptureQueriesContext(connection) as asked:
            Referral.objects.bulk_create([Referral(item=item, way="reminded") for item in held])
        return len(asked)

    assert statements(items[:1]) == statements(items[1:])


FILLED = {"case-1": (True, False, True), "case-2": (True, True, False), "case-3": (False, False, False)}


def items_to_fill() -> None:
    """The items of FILLED with their referrals."""
    for key in FILLED:
        an_item(key)
    Referral.objects.create(item_id="case-1", way="suggested")
    Referral.objects.create(item_id="case-2", way="received")
    Referral.objects.create(item_id="case-2", topic="cooperation", way="reminded")


def test_what_the_migration_does_fills_what_items_keep() -> None:
    items_to_fill()
    SupervisoryItem.objects.update(**dict.fromkeys(SPOKEN, False))
    import_module("supervisory.migrations.0002_what_items_keep_of_referrals").fill(apps, connection.schema_editor())
    assert {key: kept(key) for key in FILLED} == FILLED


@pytest.mark.thorough  # back and forth through the migrations of everything that stands on it
@pytest.mark.django_db(transaction=True)
def test_the_migration_fills_what_items_keep() -> None:
    items_to_fill()
    try:
        MigrationExecutor(connection).migrate([("supervisory", "0001_the_record")])
    finally:  # with everything that stands on it, for the tests that follow
        call_command("migrate", verbosity=0)
    assert {key: kept(key) for key in FILLED} == FILLED
