"""Keys: shown once, stored as a digest, bound to one place, cut by scopes, dead from the next call on."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import api_keys
from accounts.models import ApiKey, Membership
from base.refusals import Refused
from tests.api.calls import Caller, caller_for, key_for
from tests.factories import a_draft, a_member, a_person, a_request, a_union, an_officer, organization_of

pytestmark = pytest.mark.django_db


def status(caller: Caller) -> int:
    return caller.get("requests/").status_code


def test_what_is_stored_opens_nothing():
    word = key_for(a_union())
    row = ApiKey.objects.get()
    assert word.startswith(row.prefix)
    assert len(word) > 40
    assert word not in str(vars(row))
    assert status(Caller(row.digest)) == status(Caller(row.prefix)) == 401


@pytest.mark.parametrize(
    "header", ["", "fa_nothing", "Bearer", "Bearer ", "Bearer fa_x", "Basic dXNlcjpwYXNz", "Bearer é"]
)
def test_nobody_is_known_by_anything_else(client, header):
    a_union()
    answer = client.get("/api/v1/requests/", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json()["code"] == "not-authenticated"


def test_a_password_is_no_key(client):
    user = a_union()
    import base64  # noqa: PLC0415

    word = base64.b64encode(f"{user.email}:a long test password".encode()).decode()
    assert client.get("/api/v1/requests/", headers={"Authorization": f"Basic {word}"}).status_code == 401


def test_an_ended_key_is_dead_at_the_next_call():
    user = a_union()
    caller = caller_for(user)
    assert status(caller) == 200
    assert api_keys.end(user, ApiKey.objects.get().pk)
    assert status(caller) == 401
    assert not api_keys.end(user, ApiKey.objects.get().pk)


def test_nobody_ends_the_key_of_somebody_else():
    key_for(a_union())
    assert not api_keys.end(a_union("Another union"), ApiKey.objects.get().pk)
    assert ApiKey.objects.open().exists()


def test_a_key_is_over_when_its_time_is():
    caller = caller_for(a_union())
    with time_machine.travel(timezone.now() + timedelta(days=api_keys.DAYS - 1)):
        assert status(caller) == 200
    with time_machine.travel(timezone.now() + timedelta(days=api_keys.DAYS + 1)):
        assert status(caller) == 401


def test_the_key_of_a_former_member_is_dead_at_the_next_call():
    user = a_union()
    caller = caller_for(user)
    Membership.objects.filter(user=user).update(until=timezone.now())
    assert status(caller) == 401


def test_the_key_of_a_disabled_account_is_dead():
    user = a_union()
    caller = caller_for(user)
    user.is_active = False
    user.save()
    assert status(caller) == 401


def test_the_key_of_an_officer_whose_post_ended_is_dead():
    user = an_officer()
    caller = caller_for(user)
    user.posts.update(until=timezone.now())
    assert status(caller) == 401


def test_a_key_sees_its_one_organization_and_no_other_of_the_person():
    user = a_union()
    here = a_request(by=user)
    other = a_union("Another union")
    there = a_request(by=other)
    Membership.objects.create(user=user, organization=organization_of(other), role="writer")
    user = type(user).objects.get(pk=user.pk)
    places = {place.name: number for number, place in enumerate(api_keys.places_of(user))}
    caller = Caller(key_for(user, place=places["Union of Test Workers (fictional)"]))
    assert [row["reference"] for row in caller.get("requests/").json()["results"]] == [here.reference]
    assert caller.get(f"requests/{there.reference}/").status_code == 404


def test_the_key_of_a_unit_sees_nothing_of_the_organizations_of_its_person():
    officer = an_officer("actemp")
    union = a_union()
    Membership.objects.create(user=officer, organization=organization_of(union), role="writer")
    request = a_request(by=union)
    officer = type(officer).objects.get(pk=officer.pk)
    unit = next(number for number, place in enumerate(api_keys.places_of(officer)) if place.unit)
    caller = Caller(key_for(officer, place=unit))
    assert caller.get("requests/").json()["results"] == []
    assert caller.get(f"requests/{request.reference}/").status_code == 404


def test_a_key_that_reads_changes_nothing():
    user = a_union()
    draft = a_draft(by=user)
    caller = caller_for(user, "read")
    read = caller.get(f"requests/{draft.reference}/")
    assert read.json()["sight"] == "full"
    assert read.json()["allowed_actions"] == []
    answers = [
        caller.post("requests/", {"kind": "visit", "country": "CM"}),
        caller.post(f"requests/{draft.reference}/send/", {"declared": True}),
        caller.patch(f"requests/{draft.reference}/sections/situation/", {}, **{"If-Match": "*"}),
        caller.delete(f"requests/{draft.reference}/", **{"If-Match": "*"}),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "missing-scope")}
    assert caller.post("triage/preview/", {"kind": "visit", "country": "CM"}).status_code == 200


def test_no_scope_is_given_that_the_place_does_not_have():
    reader = a_member(role="reader")
    with pytest.raises(Refused):
        api_keys.issue(reader, api_keys.places_of(reader)[0], ["read", "write"], name="test")
    with pytest.raises(Refused):
        api_keys.issue(reader, api_keys.places_of(reader)[0], [], name="test")


def test_no_key_for_a_place_of_others():
    theirs = api_keys.places_of(a_union())[0]
    with pytest.raises(Refused):
        api_keys.issue(a_person("nobody@example.org"), theirs, ["read"], name="test")


def test_the_hour_of_use_is_written_once_an_hour(django_assert_num_queries):
    caller = caller_for(a_union())
    status(caller)
    first = ApiKey.objects.get().used_at
    assert first is not None
    with django_assert_num_queries(3):  # the key, the list from two sources
        status(caller)
    assert ApiKey.objects.get().used_at == first
