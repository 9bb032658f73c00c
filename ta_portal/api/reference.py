"""Countries, instruments, ratifications, stations, specialists; the record, referrals, published figures."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch, Q
from rest_framework import serializers

from accounts.models import Specialist
from accounts.models.specialist import Duty
from standards.models import Country, Coverage, Instrument, Ratification, Region, Station, StationRegion
from standards.models.instrument import Category, InstrumentKind
from standards.models.ratification import RatificationStatus
from supervisory.models import Body, Referral, Statistic, SupervisoryItem
from supervisory.models.statistic import Population
from supervisory.models.words import Topic, Way
from ta_portal.api.records import Filter, Kept, equals, is_true

SURE: Final = "How sure this is: high, medium or low; empty where nobody said."


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


class ItemShape(serializers.Serializer[Any]):
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


class FigureShape(serializers.Serializer[Any]):
    """A figure that the Office published, with what it counts. Figures of two populations do not add up."""

    key = serializers.CharField()
    body = serializers.CharField()
    period_start = serializers.CharField(allow_null=True)
    period_end = serializers.CharField(allow_null=True)
    measure = serializers.CharField()
    count = serializers.IntegerField()
    unit = serializers.CharField()
    population = serializers.ChoiceField(Population.values)
    document = serializers.CharField()
    paragraph = serializers.IntegerField(allow_null=True)
    inconsistent = serializers.BooleanField(help_text="The source contradicts itself; the note says how.")
    note = serializers.CharField(allow_null=True)


def figure(row: Statistic) -> dict[str, Any]:
    """A published figure as JSON."""
    return {
        "key": row.key,
        "body": row.body,
        "period_start": row.period_start or None,
        "period_end": row.period_end or None,
        "measure": row.measure,
        "count": row.count,
        "unit": row.unit,
        "population": row.population,
        "document": row.document,
        "paragraph": row.paragraph,
        "inconsistent": row.inconsistent,
        "note": row.note or None,
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
    Kept(
        "supervisory-items",
        "supervisory_item",
        SupervisoryItem,
        "key",
        ItemShape,
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
    Kept(
        "statistics",
        "figure",
        Statistic,
        "key",
        FigureShape,
        Statistic.objects.all,
        figure,
        "The figures that the Office published, each with its population and source.",
        {"document": equals("document"), "population": equals("population", Population.values)},
    ),
)
