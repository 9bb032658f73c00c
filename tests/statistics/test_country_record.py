"""The record on a country's page: by body, with public texts; what was not read is not "none"."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from supervisory.models import ItemInstrument, Referral, SupervisoryItem
from ta_portal.public.record import LATEST, record_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_record")]


def test_the_record_of_a_country_costs_five_queries(django_assert_num_queries) -> None:
    with django_assert_num_queries(5):
        record = record_of("CO")
    assert record.items == SupervisoryItem.objects.filter(country="CO").count() > 0
    assert sum(held.count for held in record.bodies) == record.items
    assert sum(year.items for year in record.years) == record.items
    assert all(0 < len(held.lines) <= LATEST for held in record.bodies)


def test_a_country_page_shows_its_record_with_links_to_the_texts(client: Client, django_assert_max_num_queries) -> None:
    client.get(reverse("country", args=["CO"]))
    with django_assert_max_num_queries(12):
        response = client.get(reverse("country", args=["CO"]))
    page = response.content.decode()
    assert "normlex.ilo.org" in page
    assert "not in the part read" in page
    assert len(gzip.compress(response.content)) < 24_000


def test_a_country_without_items_says_that_this_means_nothing(client: Client) -> None:
    SupervisoryItem.objects.filter(country="CO").delete()
    page = client.get(reverse("country", args=["CO"])).content.decode()
    assert "it does not mean that nothing was said" in page


def test_nothing_noted_reads_none_only_where_the_whole_text_was_read() -> None:
    item = SupervisoryItem.objects.filter(country="CO", satisfaction=False, interest=False, referrals=None).first()
    assert item is not None
    for extent, words in (("part", "not in the part read"), ("whole", "none")):
        SupervisoryItem.objects.filter(country="CO").update(extent=extent)
        SupervisoryItem.objects.filter(country="CO").exclude(pk=item.pk).delete()
        line = record_of("CO").bodies[0].lines[0]
        assert (line.said, line.noted) == (words, words)


def test_a_country_with_three_hundred_items_is_as_small_and_as_cheap(
    client: Client, django_assert_max_num_queries
) -> None:
    items = [
        SupervisoryItem(
            key=f"comment-{90_000 + number}",
            number=str(90_000 + number),
            body=("ceacr_observation", "ceacr_direct_request", "conference_case")[number % 3],
            country_id="FJ",
            year=1990 + number % 36,
        )
        for number in range(300)
    ]
    SupervisoryItem.objects.bulk_create(items)
    about = ["C087", "C098"]
    ItemInstrument.objects.bulk_create(
        [ItemInstrument(item=item, instrument_id=code) for item in items for code in about]
    )
    Referral.objects.bulk_create([Referral(item=item, way=way) for item in items for way in ("reminded", "suggested")])
    client.get(reverse("country", args=["FJ"]))
    with django_assert_max_num_queries(12):
        response = client.get(reverse("country", args=["FJ"]), headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    sheet = (Path(settings.BASE_DIR) / "static" / "portal.css").read_bytes()
    assert len(response.content) + len(gzip.compress(sheet, 6)) < 30_000
    assert record_of("FJ").items >= 300
