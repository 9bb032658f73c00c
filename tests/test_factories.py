"""What the other tests are made of: every kind, every status, every side."""

import pytest

from requests_app import states
from requests_app.models import Request
from requests_app.rules.finding import MISSING
from tests.factories import KINDS, PATHS, a_request, an_employer, an_officer, seen_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_request_of_every_kind_is_sent_and_nothing_is_missing(kind):
    request = a_request(kind)
    missing = request.examination.findings.filter(level=MISSING).exclude(rule__startswith="TYPE")
    assert request.status == states.SENT
    assert list(missing.values_list("rule", flat=True)) == []


@pytest.mark.parametrize("status", PATHS)
def test_a_request_comes_to_every_status(status):
    assert a_request(status=status).status == status


def test_what_is_made_twice_is_found_the_second_time():
    first, second = a_request(), a_request()
    assert first.organization_id == second.organization_id
    assert first.author_id == second.author_id


def test_every_unit_has_an_officer_who_sees_what_he_may():
    request = a_request(by=an_employer())
    assert seen_by(an_officer("branch"), request).sight.full
    assert seen_by(an_officer("YAO"), request).sight.full
    assert seen_by(an_officer("actemp"), request).sight.full
    assert not seen_by(an_officer("actrav"), request).sight.full
    assert Request.objects.count() == 1
