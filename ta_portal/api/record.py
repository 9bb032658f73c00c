"""What the supervisory bodies said, and where they pointed to assistance."""

from typing import Any, Final

from django.db.models import Q
from rest_framework import serializers

from supervisory.models import Body, Referral, SupervisoryItem
from supervisory.models.words import Topic, Way
from ta_portal.api.records import SURE, Filter, Kept, equals, is_true


class SupervisoryItemShape(serializers.Serializer[Any]):
    """What a supervisory body said about a State."""

    key = serializers.CharField()
    body = serializers.ChoiceField(Body.values)
    number = serializers.CharField(allow_null=True)
    country = serializers.CharField()
    instruments = serializers.ListField(child=serializers.CharField())
    year = serializers.IntegerField(allow_null=True)
    status = serializers.CharField(allow_null=True, help_text="Of a case; null is not known.")
    satisfaction = serializers.BooleanField(help_text="Seen; false means not seen in what was read (`extent`).")
    interest = serializers.BooleanField(help_text="Seen; false means not seen in what was read (`extent`).")
    points_to_assistance = serializers.BooleanField()
    extent = serializers.CharField(help_text="How much of the text was read: part or whole.")
    confidence = serializers.CharField(help_text=SURE)
    url = serializers.CharField(allow_null=True, help_text="The public text.")


def item(row: SupervisoryItem) -> dict[str, Any]:
    """An item as JSON."""
    return {
        "key": row.key,
        "body": row.body,
        "number": row.number or None,
        "country": row.country_id,
        "instruments": sorted(link.instrument_id for link in row.links.all()),
        "year": row.year,
        "status": row.status or None,
        "satisfaction": row.satisfaction,
        "interest": row.interest,
        "points_to_assistance": row.points_to_assistance,
        "extent": row.extent,
        "confidence": row.confidence,
        "url": row.url or None,
    }


class ReferralShape(serializers.Serializer[Any]):
    """One way in which an item speaks of assistance, or of cooperation."""

    id = serializers.UUIDField()
    item = serializers.CharField()
    country = serializers.CharField()
    topic = serializers.ChoiceField(Topic.values)
    way = serializers.ChoiceField(Way.values)
    mission = serializers.CharField(allow_null=True)


def referral(row: Referral) -> dict[str, Any]:
    """A referral as JSON."""
    return {
        "id": str(row.pk),
        "item": row.item_id,
        "country": row.item.country_id,
        "topic": row.topic,
        "way": row.way,
        "mission": row.mission or None,
    }


_ITEM_FILTERS: Final = {
    "country": equals("country"),
    "body": equals("body", Body.values),
    "year": Filter(lambda value: Q(year=int(value)) if value.isascii() and value.isdecimal() else Q(pk__in=[])),
    "instrument": equals("links__instrument"),
    "points_to_assistance": is_true("points_to_assistance"),
}

LISTS: Final = (
    Kept(
        "supervisory-items",
        "supervisory_item",
        SupervisoryItem,
        "key",
        SupervisoryItemShape,
        lambda: SupervisoryItem.objects.prefetch_related("links"),
        item,
        "What the supervisory bodies said.",
        _ITEM_FILTERS,
    ),
    Kept(
        "referrals",
        "referral",
        Referral,
        "id",
        ReferralShape,
        lambda: Referral.objects.select_related("item"),
        referral,
        "Where supervisory bodies pointed to assistance or cooperation.",
        {"country": equals("item__country"), "topic": equals("topic", Topic.values), "way": equals("way", Way.values)},
        single=False,
    ),
)
