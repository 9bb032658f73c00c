"""Choosing a specialist, publishing with the requester's agreement, and what has changed since: by API alone."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from requests_app.models import Access, Event, Note, People, Publication, Request, Result
from requests_app.published import assistance_in
from requests_app.services.results import ask, follow_up
from requests_app.states import CLOSED, GIVEN
from tests.api.calls import Caller, caller_for
from tests.api.test_description import fits
from tests.factories import (
    a_member,
    a_request,
    a_specialist,
    a_station,
    a_union,
    an_employer,
    an_officer,
    organization_of,
)

pytestmark = pytest.mark.django_db
TEXT = "A seminar on registration was held for forty union officers."
ONE = "requests/{reference}/"


@pytest.fixture
def branch() -> Caller:
    return caller_for(an_officer())


@pytest.fixture
def union() -> Caller:
    return caller_for(a_union())


def allowed(caller: Caller, request: Request) -> set[str]:
    return set(caller.get(f"requests/{request.reference}/").json()["allowed_actions"])


def given(may_know: str = "others") -> Request:
    return a_request(status=GIVEN, answers={People: {"may_know": may_know}})


def test_the_branch_gives_a_request_to_a_specialist_and_takes_it_back(branch):
    first = a_specialist("YAO")
    a_station("DKR", "Dakar", serves="SN")
    other = a_specialist("DKR")
    request = a_request()
    at = f"requests/{request.reference}/"
    ranked = fits(branch, f"{ONE}specialists/", f"{at}specialists/")["results"]
    assert [row["specialist"] for row in ranked] == [str(first.pk), str(other.pk)]
    assert not any(row["assigned"] for row in ranked)
    assert "assign" in allowed(branch, request) and "unassign" not in allowed(branch, request)

    refused = branch.post(f"{at}assign/", {"specialist": str(other.pk)})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "text")
    done = branch.post(f"{at}assign/", {"specialist": str(other.pk), "text": "Speaks the language."})
    assert done.status_code == 200 and "unassign" in done.json()["allowed_actions"]
    assert [row["assigned"] for row in branch.get(f"{at}specialists/").json()["results"]] == [False, True]
    assert caller_for(other.user).get(at).status_code == 200
    assert caller_for(first.user).get(at).status_code == 404
    assert Note.objects.get().text == "Speaks the language."

    assert branch.post(f"{at}unassign/", {"text": "He is ill."}).status_code == 200
    assert "unassign" not in allowed(branch, request)
    assert branch.post(f"{at}unassign/", {"text": "He is ill."}).json()["code"] == "not-now"
    actions = list(Event.objects.filter(request=request, action__contains="assign").values_list("action", flat=True))
    assert actions == ["assign", "unassign"]


def test_somebody_who_is_not_on_the_list_is_refused_by_name_of_the_field(branch):
    request = a_request()
    refused = branch.post(f"requests/{request.reference}/assign/", {"specialist": str(organization_of(a_union()).pk)})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "specialist")


@pytest.mark.parametrize("who", ["union", "actrav", "YAO"])
def test_matrix_the_list_of_specialists_is_for_the_branch_alone(who):
    a_specialist("YAO")
    request = a_request()
    caller = caller_for(a_union() if who == "union" else an_officer(who))
    assert caller.get(f"requests/{request.reference}/").json()["sight"] == "full"
    assert caller.get(f"requests/{request.reference}/specialists/").status_code == 404
    refused = caller.post(f"requests/{request.reference}/assign/", {"specialist": str(request.organization.pk)})
    assert refused.json()["code"] in ("not-permitted", "missing-scope")


def test_assistance_is_published_with_the_agreement_to_that_very_text(branch, union):
    request = given()
    at = f"requests/{request.reference}/"
    assert "ask_to_publish" in allowed(branch, request) and "publish" not in allowed(branch, request)
    assert not {"consent", "refuse"} & allowed(union, request)
    assert union.get(f"{at}publication/").status_code == 404

    assert branch.post(f"{at}ask_to_publish/", {"text": TEXT}).status_code == 200
    held = fits(union, f"{ONE}publication/", f"{at}publication/")
    assert (held["state"], held["text"], held["names_organization"]) == ("asked", TEXT, False)
    assert {"consent", "refuse"} <= allowed(union, request)
    assert branch.post(f"{at}publish/").json()["code"] == "not-now"
    wrong = union.post(f"{at}consent/", {"publication": str(request.organization.pk)})
    assert (wrong.status_code, wrong.json()["code"]) == (412, "changed-meanwhile")
    assert union.post(f"{at}consent/", {"publication": held["id"]}).status_code == 200
    assert assistance_in("CM") == []

    assert branch.post(f"{at}publish/").status_code == 200
    assert [row.text for row in assistance_in("CM")] == [TEXT]
    assert fits(branch, f"{ONE}publication/", f"{at}publication/")["state"] == "published"
    assert union.post(f"{at}refuse/").status_code == 200
    assert assistance_in("CM") == []
    assert union.get(f"{at}publication/").status_code == 404


@pytest.mark.parametrize("status", ["accepted", GIVEN])
def test_a_request_costs_six_statements_at_most_whatever_hangs_on_it(
    status, branch, union, django_assert_max_num_queries
):
    request = a_request(status=status, answers={People: {"may_know": "others"}})
    at = f"requests/{request.reference}/"
    if status == GIVEN:
        branch.post(f"{at}ask_to_publish/", {"text": TEXT})
    else:
        branch.post(f"{at}assign/", {"specialist": str(a_specialist("YAO").pk)})
    for caller in (branch, union):
        caller.get(at)  # the first call notes the hour of use
        with django_assert_max_num_queries(6):
            assert caller.get(at).status_code == 200


def test_a_text_is_taken_off_for_a_reason(branch):
    request = given()
    at = f"requests/{request.reference}/"
    branch.post(f"{at}ask_to_publish/", {"text": TEXT})
    assert branch.post(f"{at}take_off/", {}).status_code == 422
    assert branch.post(f"{at}take_off/", {"text": "A mistake."}).status_code == 200
    assert Publication.objects.get().state == "taken_off"


def test_nothing_is_asked_while_only_the_office_may_know(branch):
    refused = branch.post(f"requests/{given('only_office').reference}/ask_to_publish/", {"text": TEXT})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    assert not Publication.objects.exists()


@pytest.mark.parametrize("path", ["publication/", "result/"])
def test_matrix_text_and_result_are_read_by_who_reads_the_request_and_looks_are_recorded(branch, union, path):
    request = answered()
    branch.post(f"requests/{request.reference}/ask_to_publish/", {"text": TEXT})
    at = f"requests/{request.reference}/{path}"
    unknown = caller_for(an_employer()).get("requests/FA-0000-0000/" + path)
    for stranger in (an_employer(), an_officer("actemp")):
        assert caller_for(stranger).get(at).status_code == unknown.status_code == 404
    reader = a_member(role="reader", email="reader@example.org")
    for caller, records in ((union, 0), (caller_for(reader), 0), (branch, 1), (caller_for(an_officer("actrav")), 1)):
        before = Access.objects.count()
        assert caller.get(at).status_code == 200
        assert Access.objects.count() - before == records


@pytest.mark.parametrize("act", ["ask_to_publish", "publish", "take_off", "consent", "refuse", "result"])
def test_matrix_each_side_does_its_own_part_alone(branch, union, act):
    request = given()
    office = act in ("ask_to_publish", "publish", "take_off")
    others = [union] if office else [branch]
    others += [caller_for(an_officer("actrav")), caller_for(an_officer("YAO"))]
    sent = {"text": TEXT, "publication": str(request.organization.pk), "changed": "better"}
    for caller in others:
        assert caller.post(f"requests/{request.reference}/{act}/", sent).json()["code"] == "not-permitted"
    reader = caller_for(a_member(role="reader", email="reader@example.org"))
    assert reader.post(f"requests/{request.reference}/{act}/", sent).json()["code"] == "missing-scope"


def answered() -> Request:
    """A request whose result was asked for."""
    request = given()
    later = timezone.now() + timedelta(days=200)
    for reference in follow_up(later, 10):
        assert ask(Result.objects.get(request__reference=reference).pk, later)
    return request


def test_what_has_changed_is_asked_for_later_and_said_once(union, branch):
    early = given()
    refused = union.post(f"requests/{early.reference}/result/", {"changed": "better"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not-now")
    assert "result" not in allowed(union, early)
    assert union.get(f"requests/{early.reference}/result/").status_code == 404

    request = answered()
    at = f"requests/{request.reference}/result/"
    assert "result" in allowed(union, request)
    assert fits(union, f"{ONE}result/", at)["changed"] is None
    assert union.post(at, {"changed": "wonderful"}).json()["errors"][0]["field"] == "changed"
    done = union.post(at, {"changed": "better", "text": "Registered in ten days."})
    assert done.status_code == 200 and "result" not in done.json()["allowed_actions"]
    assert fits(branch, f"{ONE}result/", at)["text"] == "Registered in ten days."
    assert union.post(at, {"changed": "worse"}).json()["code"] == "changed-meanwhile"
    assert Event.objects.filter(request=request, action="result").count() == 1


def test_a_result_is_read_after_the_request_was_closed(union):
    request = answered()
    at = f"requests/{request.reference}/result/"
    union.post(at, {"changed": "settled"})
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        caller = caller_for(an_officer())
        assert caller.post(f"requests/{request.reference}/close/").json()["status"] == CLOSED
        assert caller.get(at).json()["changed"] == "settled"
