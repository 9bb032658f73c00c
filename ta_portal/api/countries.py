"""The member States."""

from typing import Any, Final

from rest_framework import serializers

from standards.models import Country, Region
from ta_portal.api.records import Kept, equals


class CountryShape(serializers.Serializer[Any]):
    """A member State."""

    code = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    iso3 = serializers.CharField()
    name = serializers.CharField(help_text="In the language of the call.")
    region = serializers.CharField()
    member_since = serializers.IntegerField(help_text="The year.")
    least_developed = serializers.BooleanField()


def country(row: Country) -> dict[str, Any]:
    """A country as JSON."""
    return {
        "code": row.code,
        "iso3": row.iso3,
        "name": row.name,
        "region": row.region,
        "member_since": row.member_since_year,
        "least_developed": row.least_developed,
    }


LISTS: Final = (
    Kept(
        "countries",
        "country",
        Country,
        "code",
        CountryShape,
        Country.objects.all,
        country,
        "The member States.",
        {"region": equals("region", Region.values)},
    ),
)
