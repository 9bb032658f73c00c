"""Lists: what is seen and no more, in a stable order, by a cursor, with a constant number of queries."""

import json

import pytest
from django.utils import timezone

from requests_app import states
from requests_app.models import Request
from tests.api.calls import caller_for
from tests.factories import a_draft, a_member, a_ministry, a_request, a_union, an_employer, an_officer

pytestmark = pytest.mark.django_db


def references(caller, query: str = "") -> list[str]:
    return [row["reference"] for row in caller.get(f"requests/{query}").json()["results"]]


def test_each_sees_what_he_may_know_of():
    union = a_union()
    sent, draft = a_request(by=union), a_draft(by=union)
    assert set(references(caller_for(union))) == {sent.reference, draft.reference}
    assert references(caller_for(an_officer())) == [sent.reference]
    for stranger in (a_ministry(), an_employer(), a_union("Another union"), an_officer("actemp")):
        assert references(caller_for(stranger)) == []


def test_pages_hold_every_row_once_whatever_is_added_meanwhile():
    union = a_union()
    made = [a_draft(by=union, filled=False).reference for _ in range(7)]
    Request.objects.update(created_at=timezone.now())  # all at one moment: the reference decides
    caller = caller_for(union)
    first = caller.get("requests/?limit=3").json()
    late = a_draft(by=union, filled=False).reference
    second = caller.get(first["next"]).json()
    third = caller.get(second["next"]).json()
    seen = [row["reference"] for page in (first, second, third) for row in page["results"]]
    assert sorted(seen) == sorted(made)
    assert late not in seen
    assert third["next"] is None


def test_the_cursor_of_one_order_is_none_of_another():
    union = a_union()
    for _ in range(2):
        a_draft(by=union, filled=False)
    caller = caller_for(union)
    further = caller.get("requests/?limit=1").json()["next"]
    assert caller.get(further + "&ordering=created_at").status_code == 400


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    union = a_union()
    caller = caller_for(union)
    for _ in range(6):
        a_request(by=union)
    caller.get("requests/?limit=2")
    further = caller.get("requests/?limit=2").json()["next"]
    for asked in ("requests/", further, "requests/?status=sent&kind=visit&country=CM", "requests/?q=visit"):
        with django_assert_max_num_queries(4):
            caller.get(asked)
    officer = caller_for(an_officer())
    officer.get("requests/")
    with django_assert_max_num_queries(4):
        officer.get("requests/")


def test_one_request_costs_at_most_six_queries_and_a_draft_at_most_nine(django_assert_max_num_queries):
    union = a_union()
    request, caller, officer = a_request(by=union), caller_for(union), caller_for(an_officer())
    for reader in (caller, officer):
        reader.get(f"requests/{request.reference}/")
        with django_assert_max_num_queries(6):
            assert reader.get(f"requests/{request.reference}/").status_code == 200
    with django_assert_max_num_queries(9):
        assert caller.post("requests/", {"kind": "visit", "country": "CM", "title": "A visit"}).status_code == 201


def test_filters_narrow():
    union = a_union()
    visit = a_request("visit", by=union, title="A visit to the ports")
    seminar = a_request("seminar", by=union, status=states.WITHDRAWN)
    caller = caller_for(union)
    assert references(caller, "?kind=visit") == [visit.reference]
    assert references(caller, "?status=withdrawn,given") == [seminar.reference]
    assert set(references(caller, "?country=CM&group=workers")) == {visit.reference, seminar.reference}
    assert references(caller, "?country=FR") == []
    assert references(caller, "?q=ports") == [visit.reference]
    assert references(caller, f"?q={seminar.reference.lower()}") == [seminar.reference]


def test_what_moved_since_a_time_withdrawn_ones_included():
    union = a_union()
    old = a_request(by=union)
    between = timezone.now().isoformat().replace("+00:00", "Z")
    new = a_request(by=union, status=states.WITHDRAWN)
    caller = caller_for(union)
    assert references(caller, f"?changed_since={between}") == [new.reference]
    officer = caller_for(an_officer())
    officer.post(f"requests/{old.reference}/note/", {"text": "A note among officers."})
    assert references(caller, f"?changed_since={between}") == [new.reference]


@pytest.mark.parametrize(
    ("since", "status"),
    [("0807-06-19T22:41:48-22:45", 200), ("9999-12-31T23:59:59-23:00", 400), ("0001-01-01T00:00:00%2B01:00", 400)],
)
def test_a_moment_of_any_zone_is_read(since, status):
    union = a_union()
    a_request(by=union)
    for name in ("changed_since", "sent_since"):
        answer = caller_for(union).get(f"requests/?{name}={since}")
        assert (answer.status_code, len(answer.json().get("results", []))) == (status, int(status == 200))


def test_a_summary_holds_no_name_and_no_title_and_no_filter_finds_them():
    request = a_request(by=an_employer(), title="A very peculiar title")
    actrav = caller_for(an_officer("actrav"))
    row = actrav.get("requests/").json()["results"][0]
    assert row["sight"] == "summary"
    assert "peculiar" not in json.dumps(row)
    assert "Federation" not in json.dumps(row)
    shown = {name for name, value in row.items() if value not in (None, [])}
    assert shown == {"reference", "sight", "status", "kind", "country", "group", "sent_at"}
    assert references(actrav, "?q=peculiar") == []
    assert references(actrav, f"?q={request.reference}") == [request.reference]


def test_of_a_draft_its_administrator_sees_a_line_that_no_filter_tells_more_of():
    draft = a_draft(by=a_union())
    administrator = caller_for(a_member(role="administrator"))
    row = administrator.get("requests/").json()["results"][0]
    assert (row["reference"], row["sight"], row["kind"], row["title"]) == (draft.reference, "line", None, None)
    assert references(administrator, "?kind=seminar") == []
    assert administrator.get(f"requests/{draft.reference}/").json()["sections"] == {}
    assert administrator.get(f"requests/{draft.reference}/sections/situation/").status_code == 404
