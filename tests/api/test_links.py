"""Links of a request to the record, by the API: made once, read by who reads the request, ended under their ETag."""

import pytest

from tests.api.calls import caller_for
from tests.factories import a_draft, a_request, a_union, an_officer
from tests.gapmap.record import an_item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sent", [False, True])
def test_a_link_is_made_listed_and_ended(sent):
    union, officer, item = a_union(), an_officer(), an_item()
    request = a_request(by=union) if sent else a_draft(by=union)
    caller = caller_for(officer if sent else union)
    at = f"requests/{request.reference}/links/"
    made = caller.post(at, {"item": item.pk, "kind": "mentions"})
    assert made.status_code == 201, made.content
    assert caller.get(at).json()["results"] == [made.json()]
    assert caller.post(at, {"item": item.pk, "kind": "mentions"}).json() == made.json()
    one = f"{at}{made.json()['id']}/"
    assert [caller.delete(one, **{"If-Match": match}).status_code for match in ("", '"another"')] == [428, 412]
    assert caller.delete(one, **{"If-Match": f'"{made.json()["id"]}"'}).status_code == 204
    assert caller.get(at).json()["results"] == []


def test_of_what_was_sent_only_the_branch_links():
    union, item = a_union(), an_item()
    at = f"requests/{a_request(by=union).reference}/links/"
    assert caller_for(union).post(at, {"item": item.pk, "kind": "mentions"}).status_code == 403
    made = caller_for(an_officer()).post(at, {"item": item.pk, "kind": "mentions"}).json()
    assert caller_for(union).delete(f"{at}{made['id']}/", **{"If-Match": "*"}).status_code == 403
