"""Reference data and the record by the API: shapes, filters, pages, single rows; what is not known is null."""

import jsonschema
import pytest
from django.core.management import call_command

from standards.models import Country, Ratification
from supervisory import figures
from supervisory.models import SupervisoryItem
from supervisory.shipped import OWN_DATA
from ta_portal.api.reference import LISTS
from tests.api.calls import Caller, caller_for
from tests.api.test_description import committed
from tests.factories import a_request, a_specialist, a_union, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def union() -> Caller:
    call_command("load_reference", verbosity=0)
    call_command("import_supervisory", OWN_DATA / "cfa_cases.csv", verbosity=0)
    figures.store_figures(figures.read_figures((OWN_DATA / figures.FILE).read_bytes()))
    a_specialist()
    return caller_for(a_union())


def fits(path: str, body: object) -> None:
    content = committed()["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]
    schema = {**content["application/json"]["schema"], "components": committed()["components"]}
    jsonschema.Draft202012Validator(schema).validate(body)


def test_every_list_and_every_row_has_its_shape_in_few_queries(union, django_assert_max_num_queries):
    union.get("countries/")
    for kept in LISTS:
        with django_assert_max_num_queries(4):
            answer = union.get(f"{kept.address}/?limit=30")
        assert answer.status_code == 200, answer.content
        fits(f"{kept.address}/", answer.json())
        assert answer.json()["results"], kept.address
        if kept.single:
            row = answer.json()["results"][0]
            one = union.get(f"{kept.address}/{row['id' if kept.key == 'id' else kept.key]}/")
            assert one.json() == row
            fits(f"{kept.address}/{{key}}/", one.json())
            assert union.get(f"{kept.address}/nothing/").status_code == 404


def test_the_pages_of_a_list_hold_every_row_once(union):
    seen, at = [], "countries/?limit=100"
    while at:
        page = union.get(at).json()
        seen += [row["code"] for row in page["results"]]
        at = page["next"]
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == Country.objects.count() == 187


def test_a_cursor_is_of_one_list(union):
    for given, other in (("ratifications/", "referrals/"), ("countries/", "instruments/")):
        cursor = union.get(f"{given}?limit=1").json()["next"].partition("cursor=")[2]
        assert union.get(f"{given}?cursor={cursor}").status_code == 200
        assert union.get(f"{other}?cursor={cursor}").json()["code"] == "wrong-parameter"


def test_filters(union):
    named = union.get("ratifications/?country=CM&instrument=C087").json()["results"]
    assert [row["id"] for row in named] == ["CM-C087"]
    found = union.get("supervisory-items/?country=CO&body=cfa_case&limit=100").json()["results"]
    assert {row["country"] for row in found} == {"CO"}
    assert len(found) == SupervisoryItem.objects.filter(country="CO", body="cfa_case")[:100].count()
    assert union.get("ratifications/?status=perhaps").status_code == 400
    assert union.get("ratifications/?state=CM").status_code == 400


def test_what_is_not_known_is_never_no(union):
    unknown = Ratification.objects.filter(status="unknown").first()
    row = union.get(f"ratifications/{unknown.pk}/").json()
    assert (row["status"], row["date"], row["year"]) == ("unknown", None, None)


def test_texts_follow_the_call(union):
    assert union.get("countries/CM/", **{"Accept-Language": "fr"}).json()["name"] == "Cameroun"
    assert union.get("countries/CM/", **{"Accept-Language": "de, es;q=0.5"}).json()["name"] == "Camerún"
    assert union.get("countries/CM/").json()["name"] == "Cameroon"


def test_an_etag_saves_the_second_reading(union):
    first = union.get("countries/CM/")
    again = union.get("countries/CM/", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert union.get("countries/CM/", **{"If-None-Match": '"other"'}).status_code == 200


def test_specialists_have_no_names_and_nothing_of_their_load(union):
    text = union.get("specialists/").content.decode()
    assert "yao@example.org" not in text
    assert "Yao Test" not in text
    assert not {"busy", "full", "absent"} & set(text.split('"'))


def test_the_gap_map_joins_requests_for_officers_alone(union):
    a_request()
    public = union.get("gap-map/")
    fits("gap-map/", public.json())
    assert {row["never"] for row in public.json()["results"]} == {None}
    assert "CM" not in {row["country"] for row in public.json()["results"] if not row["referred"]}
    officer = caller_for(an_officer())
    joined = officer.get("gap-map/CM/").json()
    fits("gap-map/{key}/", joined)
    assert joined["unlinked"] == 1
    assert caller_for(an_officer("actemp")).get("gap-map/CM/").json()["unlinked"] == 0
    assert union.get("gap-map/CM/").json()["unlinked"] is None
    for query, status in (("region=Nowhere", 400), ("from=", 400), ("from=20", 400), ("from=0000", 200)):
        assert officer.get(f"gap-map/?{query}").status_code == status, query
