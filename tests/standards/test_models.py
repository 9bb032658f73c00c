"""Names in the reader's language, and what the database holds whatever the code does."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from standards.models import Country, Coverage, Instrument, Ratification, RatificationList, Station

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Switzerland"), ("fr", "Suisse"), ("fr-ch", "Suisse"), ("es", "Suiza"), ("de", "Switzerland")],
)
def test_a_country_has_its_name_in_the_language_of_the_reader(loaded, language, name):
    with override(language):
        assert Country.objects.get(pk="CH").name == name


def test_an_instrument_without_a_title_in_the_language_has_the_english_one(loaded):
    with override("fr"):
        assert Instrument.objects.get(pk="C087").title.startswith("Convention (n° 87)")
        assert Instrument.objects.get(pk="R113").title.startswith("Consultation")


def test_the_short_form_of_an_instrument():
    assert Instrument(code="C087", number=87).short == "C.87"


def test_countries_stand_in_the_order_of_their_names_in_the_language(loaded):
    Country.objects.filter(pk="HU").update(name_fr="Élongrie")
    with override("fr"):
        names = [country.name for country in Country.objects.in_reading_order()]
        assert names[:3] == [
            "Cameroun",
            "Élongrie",
            "Fédération de Russie",
        ]
    with override("en"):
        assert Country.objects.in_reading_order()[0].name == "Cameroon"


def test_a_station_knows_its_languages(loaded):
    assert Station.objects.get(pk="YAO").language_codes == ("fr", "en")


@pytest.mark.parametrize(
    ("model", "key", "change"),
    [
        (Country, "CM", {"region": "Europe"}),
        (Country, "CM", {"iso3": "cmr"}),
        (Country, "CM", {"m49": "12"}),
        (Country, "CM", {"name_en": "Switzerland"}),
        (Instrument, "C087", {"kind": "protocol"}),
        (Instrument, "C087", {"number": 98}),
        (Instrument, "C087", {"status": "fine"}),
        (Instrument, "C087", {"status": ""}),
        (Instrument, "C087", {"category": "great"}),
        (Ratification, "CM-C087", {"status": "no"}),
        (Ratification, "CM-C087", {"confidence": ""}),
        (Ratification, "CM-C087", {"country_id": "GE"}),
        (Ratification, "CM-C087", {"id": "CM-C999"}),
        (Ratification, "CM-C098", {"status": "not_ratified"}),
        (Ratification, "CM-C098", {"year": 1963}),
        (RatificationList, "C087", {"as_of": ""}),
        (Station, "YAO", {"region": ""}),
        (Station, "YAO", {"region": "", "ilo_region": "", "is_headquarters": True}),
        (Station, "YAO", {"languages": "French"}),
        (Coverage, "GE-MOW", {"primary": True}),
        (Coverage, "GE-MOW", {"confidence": "sure"}),
    ],
)
def test_the_database_refuses(loaded, model, key, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=key).update(**change)


def test_the_database_refuses_the_ratification_of_a_recommendation(loaded):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ratification(country_id="CM", instrument_id="R113", status="unknown", confidence="low", source="-").save()


@pytest.mark.parametrize("code", ["cm", "CMR", "C1"])
def test_the_database_refuses_a_country_code_of_another_shape(code):
    with pytest.raises(Exception), transaction.atomic():  # noqa: B017
        Country.objects.create(
            code=code,
            iso3="ABC",
            m49="001",
            name_en="N",
            region="Africa",
            member_since_year=1960,
            least_developed=False,
            latitude=0,
            longitude=0,
        )
