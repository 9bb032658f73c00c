"""Whoever runs the portal sees what no receiver took by id, and can let it try again; nothing of whose it is."""

import pytest
from django.urls import reverse

from tests.factories import a_superuser, organization_of
from tests.webhooks.test_delivery import REFERENCE, clock, known, owe, parked  # noqa: F401  (fixtures)
from webhooks.models import State, WebhookDelivery

pytestmark = pytest.mark.django_db
LIST = "admin:webhooks_webhookdelivery_changelist"


@pytest.fixture
def operator(client):
    client.force_login(a_superuser())
    return client


@pytest.fixture
def given_up(endpoint, clock, receiver):  # noqa: F811
    return parked(endpoint, clock, receiver)


def test_canary_the_pages_of_parked_webhooks_show_no_reference_and_nobodys_name(
    operator, given_up, endpoint, administrator
):
    for address in (reverse(LIST), reverse("admin:webhooks_webhookdelivery_change", args=[given_up.pk])):
        text = operator.get(address).text
        assert str(given_up.pk) in text and "500" in text
        organization = organization_of(administrator)
        hidden = (REFERENCE, endpoint.url, str(endpoint.pk), organization.name, str(organization.pk))
        assert not any(canary in text for canary in (*hidden, administrator.email, str(given_up.event)))


def test_only_parked_webhooks_are_listed(operator, endpoint):
    waiting = owe(endpoint)
    assert str(waiting.pk) not in operator.get(reverse(LIST)).text


@pytest.mark.parametrize("lookup", ["reference", "reference__startswith", "endpoint__organization__name", "event"])
def test_the_address_line_does_not_answer_guesses_at_what_is_hidden(operator, given_up, lookup):
    assert operator.get(reverse(LIST), {lookup: "FA-7"}).status_code == 400


def test_a_search_does_not_tell_whether_a_reference_was_guessed(operator, given_up):
    assert str(given_up.pk) in operator.get(reverse(LIST), {"q": "FA-0000-0000"}).text


def test_a_parked_webhook_is_sent_again_by_a_person(operator, given_up):
    operator.post(reverse(LIST), {"action": "send_again", "_selected_action": [str(given_up.pk)]})
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts) == (State.QUEUED, 0)


def test_all_that_is_parked_since_the_oldest_chosen_is_sent_again(operator, endpoint, clock, receiver):  # noqa: F811
    early, chosen, late = (parked(endpoint, clock, receiver) for _ in range(3))
    operator.post(reverse(LIST), {"action": "send_again_since", "_selected_action": [str(chosen.pk)]})
    states = [WebhookDelivery.objects.get(pk=row.pk).state for row in (early, chosen, late)]
    assert states == [State.PARKED, State.QUEUED, State.QUEUED]


def test_a_webhook_is_not_edited_added_or_deleted(operator, given_up):
    page = reverse("admin:webhooks_webhookdelivery_change", args=[given_up.pk])
    assert operator.post(page, {"state": State.DELIVERED}).status_code == 403
    assert operator.get(reverse("admin:webhooks_webhookdelivery_add")).status_code == 403
    delete = reverse("admin:webhooks_webhookdelivery_delete", args=[given_up.pk])
    assert operator.post(delete, {"post": "yes"}).status_code == 403
    given_up.refresh_from_db()
    assert given_up.state == State.PARKED
