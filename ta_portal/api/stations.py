"""Where standards specialists work, and what they do."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch
from rest_framework import serializers

from accounts.models import Specialist
from accounts.models.specialist import Duty
from standards.models import Coverage, Station, StationRegion
from ta_portal.api.records import SURE, Kept, equals


class ServedShape(serializers.Serializer[Any]):
    """A country that a station serves."""

    country = serializers.CharField()
    primary = serializers.BooleanField(help_text="Whether requests go there.")
    confidence = serializers.CharField(help_text=SURE)
    disputed = serializers.BooleanField(help_text="Another source names another station.")


class StationShape(serializers.Serializer[Any]):
    """Where standards specialists work."""

    code = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField()
    headquarters = serializers.BooleanField()
    region = serializers.CharField(allow_null=True, help_text="One of the seven regions of stations.")
    languages = serializers.ListField(child=serializers.CharField())
    serves = ServedShape(many=True)


def stations() -> Any:
    """Stations with the countries that they serve, and of each whether another station claims it."""
    claims = Coverage.objects.annotate(others=_claims_of_others()).order_by("country")
    return Station.objects.prefetch_related(Prefetch("coverage", claims))


def _claims_of_others() -> Any:
    others = Coverage.objects.filter(country=OuterRef("country")).exclude(station=OuterRef("station"))
    return Exists(others)


def station(row: Station) -> dict[str, Any]:
    """A station as JSON."""
    return {
        "code": row.code,
        "city": row.city,
        "country": row.country_id,
        "headquarters": row.is_headquarters,
        "region": row.region or None,
        "languages": list(row.language_codes),
        "serves": [
            {
                "country": claim.country_id,
                "primary": claim.primary,
                "confidence": claim.confidence,
                "disputed": claim.others,  # type: ignore[attr-defined]
            }
            for claim in row.coverage.all()
        ],
    }


class SpecialistShape(serializers.Serializer[Any]):
    """What a specialist does, and where. Names, load and absence are the Office’s own."""

    id = serializers.UUIDField()
    unit = serializers.CharField(help_text="branch, or the code of the station.")
    kind = serializers.CharField()
    duties = serializers.ListField(child=serializers.ChoiceField(Duty.values))
    languages = serializers.ListField(child=serializers.CharField())


def specialist(row: Specialist) -> dict[str, Any]:
    """A specialist as JSON, without a name."""
    return {
        "id": str(row.pk),
        "unit": row.unit.station_id or row.unit.kind,
        "kind": row.kind,
        "duties": row.duties,
        "languages": list(row.language_codes),
    }


LISTS: Final = (
    Kept(
        "stations",
        "station",
        Station,
        "code",
        StationShape,
        stations,
        station,
        "Where the standards specialists work, and which countries they serve.",
        {"region": equals("region", StationRegion.values)},
    ),
    Kept(
        "specialists",
        "specialist",
        Specialist,
        "pk",
        SpecialistShape,
        lambda: Specialist.objects.current().select_related("unit"),
        specialist,
        "What the specialists do, without names.",
        {"station": equals("unit__station"), "kind": equals("kind", Specialist.Kind.values)},
        single=False,
    ),
)
