"""Instruments, and what is known of who ratified them."""

from typing import Any, Final

from rest_framework import serializers

from standards.models import Instrument, Ratification
from standards.models.instrument import Category, InstrumentKind
from standards.models.ratification import RatificationStatus
from ta_portal.api.records import SURE, Kept, equals, is_true


class InstrumentShape(serializers.Serializer[Any]):
    """A Convention, a Protocol or a Recommendation."""

    code = serializers.CharField(help_text="C087, P029, R113.")
    kind = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the call, else in English.")
    year_adopted = serializers.IntegerField()
    in_force_on = serializers.DateField(allow_null=True)
    status = serializers.CharField(allow_null=True, help_text="Null is not known, not “in force”.")
    status_confidence = serializers.CharField(allow_null=True, help_text=SURE)
    category = serializers.CharField(allow_null=True)
    freedom_of_association = serializers.BooleanField()


def instrument(row: Instrument) -> dict[str, Any]:
    """An instrument as JSON."""
    return {
        "code": row.code,
        "kind": row.kind,
        "title": row.title,
        "year_adopted": row.year_adopted,
        "in_force_on": row.in_force_on.isoformat() if row.in_force_on else None,
        "status": row.status or None,
        "status_confidence": row.status_confidence or None,
        "category": row.category or None,
        "freedom_of_association": row.freedom_of_association,
    }


class RatificationShape(serializers.Serializer[Any]):
    """What is known of one State and one instrument."""

    id = serializers.CharField()
    country = serializers.CharField()
    instrument = serializers.CharField()
    status = serializers.ChoiceField(RatificationStatus.values, help_text="“unknown” never means “not ratified”.")
    date = serializers.DateField(allow_null=True)
    year = serializers.IntegerField(allow_null=True)
    confidence = serializers.CharField(help_text=SURE)
    source_text = serializers.CharField()
    as_of = serializers.CharField(allow_null=True, help_text="The date of the list.")


def ratification(row: Ratification) -> dict[str, Any]:
    """A ratification as JSON."""
    return {
        "id": row.id,
        "country": row.country_id,
        "instrument": row.instrument_id,
        "status": row.status,
        "date": row.date.isoformat() if row.date else None,
        "year": row.year,
        "confidence": row.confidence,
        "source_text": row.source,
        "as_of": row.as_of or None,
    }


LISTS: Final = (
    Kept(
        "instruments",
        "instrument",
        Instrument,
        "code",
        InstrumentShape,
        Instrument.objects.all,
        instrument,
        "Conventions, Protocols and Recommendations.",
        {
            "kind": equals("kind", InstrumentKind.values),
            "category": equals("category", Category.values),
            "freedom_of_association": is_true("freedom_of_association"),
        },
    ),
    Kept(
        "ratifications",
        "ratification",
        Ratification,
        "id",
        RatificationShape,
        Ratification.objects.all,
        ratification,
        "What is known of States and instruments.",
        {
            "country": equals("country"),
            "instrument": equals("instrument"),
            "status": equals("status", RatificationStatus.values),
        },
    ),
)
