"""One request by its reference: the statement that is made once finds what `visible_to` and `readable_by` find."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership
from base import compiled
from requests_app.models import Request
from requests_app.models.finding import one_known
from tests.factories import a_draft, a_member, a_ministry, a_person, a_request, a_union, an_officer

pytestmark = pytest.mark.django_db


def people():
    others = [a_member(role=role, email=f"{role}@example.org") for role in ("reader", "administrator")]
    office = [an_officer(unit) for unit in ("branch", "actrav", "actemp", "YAO")]
    return [AnonymousUser(), a_person(), a_union(), *others, a_union("Another Union"), a_ministry(), *office]


@pytest.mark.parametrize("full", [False, True])
def test_everybody_finds_what_he_may_and_no_more_also_the_second_time(full):
    requests, wall = [a_draft(), a_request()], Request.objects.readable_by if full else Request.objects.visible_to
    found = 0
    for person in people() * 2:
        may = {row.pk: row.sight for row in wall(person)}
        for request in requests:
            one = one_known(person, request.reference, full=full)
            assert (one and one.sight) == may.get(request.pk)
            found += one is not None
        assert one_known(person, "TA-2026-9999", full=full) is None
    assert found


def test_of_one_statement_each_of_two_of_a_kind_finds_his_own(monkeypatch):
    monkeypatch.setattr(compiled, "_kept", {})
    one, two = a_union(), a_union("Another Union")
    mine, theirs = a_draft(by=one, filled=False), a_draft(by=two, filled=False)
    assert one_known(one, mine.reference) == mine and one_known(two, theirs.reference) == theirs
    assert one_known(one, theirs.reference) is one_known(two, mine.reference) is None
    assert len([kind for kind in compiled._kept if kind[0] == "request"]) == 1


def test_who_has_left_finds_nothing_more(django_assert_num_queries):
    union = a_union()
    draft = a_draft(by=union)
    [found] = [one_known(union, draft.reference)]
    with django_assert_num_queries(0):
        assert found.organization.name and found.sections()
    Membership.objects.filter(user=union).update(until=draft.created_at)
    assert one_known(type(union).objects.get(pk=union.pk), draft.reference) is None
