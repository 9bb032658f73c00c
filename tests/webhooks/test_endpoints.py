"""Addresses of an organization: by its administrators alone, five at most, with a secret that is shown once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Membership, User
from tests.factories import a_member, a_superuser, an_officer, organization_of
from webhooks import endpoints
from webhooks.addresses import AddressRefused
from webhooks.endpoints import MOST, MOST_TESTS, WebhookRefused
from webhooks.models import WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_the_organization_of_who_added_it(named, receiver, administrator):
    endpoint, secret = named()
    assert (endpoint.organization, endpoint.made_by) == (organization_of(administrator), administrator)
    assert (endpoint.url, endpoint.is_active) == (receiver.url, True)
    assert len(secret) == 6 + 44 and secret.startswith("whsec_")


def test_no_two_secrets_are_alike(named, receiver, administrator):
    one, secret = named()
    _other, second = named(f"{receiver.url}/2")
    _again, third = endpoints.rotate(one, by=administrator)
    assert len({secret, second, third}) == 3


@pytest.mark.parametrize(
    "who",
    [
        lambda: a_member(role="writer"),
        lambda: a_member(role="reader"),
        lambda: a_member("government", role="administrator"),
        lambda: a_member(name="Another union (fictional)", role="administrator"),
        lambda: an_officer(),
        lambda: a_superuser(),
    ],
    ids=["writer", "reader", "ministry", "other union", "Branch", "superuser"],
)
def test_matrix_nobody_but_an_administrator_touches_an_address(endpoint, administrator, receiver, who):
    other = who()
    with pytest.raises(WebhookRefused):
        endpoints.add(organization_of(administrator), f"{receiver.url}/2", "", by=other)
    for act in (endpoints.rotate, endpoints.test, endpoints.end):
        with pytest.raises(WebhookRefused):
            act(endpoint, by=other)
    endpoint.refresh_from_db()
    assert endpoint.is_active and not endpoint.is_rotating
    assert WebhookEndpoint.objects.count() == 1 and not WebhookDelivery.objects.exists()


def test_who_left_touches_no_address_but_the_address_stays(endpoint, administrator):
    Membership.objects.filter(user=administrator).update(until=endpoint.made_at, since=endpoint.made_at)
    with pytest.raises(WebhookRefused):
        endpoints.end(endpoint, by=User.objects.get(pk=administrator.pk))
    endpoint.refresh_from_db()
    assert endpoint.is_active


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "https://127.0.0.1:22/", "https://localhost/", "ftp://x.org/"])
def test_a_refused_address_is_not_saved(named, settings, url):
    settings.WEBHOOK_LOCAL_HOSTS = frozenset()
    with pytest.raises(AddressRefused):
        named(url)
    assert not WebhookEndpoint.objects.exists()


def test_an_address_stands_once_and_again_when_it_has_ended(named, administrator):
    endpoint, _secret = named()
    with pytest.raises(WebhookRefused, match="already"):
        named()
    endpoints.end(endpoint, by=administrator)
    assert named()[0].is_active


def test_five_addresses_and_no_more_until_one_ends(named, receiver, administrator):
    made = [named(f"{receiver.url}/{number}")[0] for number in range(MOST)]
    with pytest.raises(WebhookRefused, match="5"):
        named()
    endpoints.end(made[0], by=administrator)
    named()
    assert WebhookEndpoint.objects.active().count() == MOST == 5


@pytest.mark.django_db(transaction=True)
def test_ten_who_add_at_once_make_five(administrator, receiver):
    together, organization = threading.Barrier(10), organization_of(administrator)

    def work(number: int) -> bool:
        together.wait()
        try:
            endpoints.add(organization, f"{receiver.url}/{number}", "", by=User.objects.get(pk=administrator.pk))
            return True
        except WebhookRefused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        assert sorted(threads.map(work, range(10))) == [False] * 5 + [True] * 5
    assert WebhookEndpoint.objects.active().count() == MOST


def test_an_address_that_has_ended_stays_so(endpoint, administrator):
    endpoints.end(endpoint, by=administrator)
    for act in (endpoints.rotate, endpoints.test, endpoints.end):
        with pytest.raises(WebhookRefused, match="ended"):
            act(endpoint, by=administrator)


def test_test_events_do_not_pile_up(endpoint, administrator):
    for _ in range(MOST_TESTS):
        endpoints.test(endpoint, by=administrator)
    with pytest.raises(WebhookRefused, match="on their way"):
        endpoints.test(endpoint, by=administrator)


@pytest.mark.parametrize(
    "wrong",
    [{"former_secret": "x"}, {"ended_because": "gone"}, {"ended_because": "person", "ended_at": "2026-11-02T08:00Z"}],
)
def test_the_database_refuses_an_address_that_contradicts_itself(endpoint, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(**wrong)
