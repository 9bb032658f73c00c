"""The pages of an organization's administrator: name an address, read its secret once, try it, see what came of it."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.accounts.test_second_step import confirm
from tests.factories import a_member, a_request, organization_of
from tests.pages.markup import faults
from tests.walls.pages import everything
from tests.webhooks.test_delivery import signed_with
from webhooks import endpoints
from webhooks.delivery import sweep
from webhooks.models import State, WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"<code[^>]*>(whsec_[^<]+)</code>")
ALL = WebhookDelivery.objects


@pytest.fixture(autouse=True)
def fresh_throttles() -> None:
    cache.clear()


@pytest.fixture
def browser(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def at(name: str, administrator: User, *more: object) -> str:
    return reverse(f"organization_{name}", args=[organization_of(administrator).pk, *more])


def shown(client: Client, address: str) -> str:
    """The text of a page that opens, is well-formed and needs no script."""
    answer = client.get(address)
    assert (answer.status_code, faults(answer)) == (200, [])
    return answer.content.decode()


def test_from_naming_an_address_to_the_first_event(browser, administrator, receiver):
    start = shown(browser, at("webhooks", administrator))
    adding = at("webhook_add", administrator)
    assert adding in start
    assert browser.get(adding).url.startswith(reverse("account_reauthenticate"))
    confirm(browser)
    shown(browser, adding)
    answer = browser.post(adding, {"url": receiver.url, "description": "Case system"})
    assert (answer.status_code, faults(answer)) == (200, [])
    secret = SECRET.search(answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.url, endpoint.description, endpoint.made_by) == (receiver.url, "Case system", administrator)

    page = at("webhook", administrator, endpoint.pk)
    assert page in answer.content.decode() and page in shown(browser, at("webhooks", administrator))
    assert "Nothing has happened yet." in shown(browser, page)
    assert browser.post(at("webhook_act", administrator, endpoint.pk, "test")).url == page
    sweep()
    [got] = receiver.got
    assert got.headers["webhook-signature"] == signed_with(got, secret)
    text = shown(browser, page)
    assert "webhook.test" in text and "delivered" in text and "204" in text
    for address in (page, at("webhooks", administrator)):
        assert secret.removeprefix("whsec_") not in shown(browser, address)


def test_loading_the_page_of_the_secret_anew_names_no_second_address(browser, administrator, receiver):
    confirm(browser)
    for _ in range(2):
        answer = browser.post(at("webhook_add", administrator), {"url": receiver.url})
    assert "already" in answer.content.decode() and "whsec_" not in answer.content.decode()
    assert faults(answer) == []
    assert WebhookEndpoint.objects.count() == 1


@pytest.mark.parametrize("url", ["", "example.org", "http://10.0.0.1/", "https://localhost/", "https://a@b.org/"])
def test_a_refused_address_is_said_and_what_was_typed_is_kept(browser, administrator, settings, url):
    settings.WEBHOOK_LOCAL_HOSTS = frozenset()
    confirm(browser)
    answer = browser.post(at("webhook_add", administrator), {"url": url, "description": "Our words"})
    text = answer.content.decode()
    assert faults(answer) == [] and "errsum" in text
    assert f'value="{url}"' in text or not url
    assert 'value="Our words"' in text
    assert not WebhookEndpoint.objects.exists()


def test_another_secret_is_shown_once_after_the_password_and_not_made_twice(browser, administrator, named, receiver):
    endpoint, former = named()
    page, secret = at("webhook", administrator, endpoint.pk), at("webhook_secret", administrator, endpoint.pk)
    assert secret in shown(browser, page)
    assert browser.get(secret).url.startswith(reverse("account_reauthenticate"))
    assert browser.post(secret, {"seen": endpoint.mark}).url.startswith(reverse("account_reauthenticate"))
    confirm(browser)
    seen = re.search(r'name="seen" value="(\w+)"', shown(browser, secret))[1]
    answer = browser.post(secret, {"seen": seen})
    new = SECRET.search(answer.content.decode())[1]
    assert new != former and faults(answer) == []
    assert browser.post(secret, {"seen": seen}).url == page
    endpoints.test(endpoint, by=administrator)
    sweep()
    [got] = receiver.got
    assert got.headers["webhook-signature"] == f"{signed_with(got, new)} {signed_with(got, former)}"
    assert "The former secret signs too until" in shown(browser, page)


def test_what_failed_is_seen_and_sent_again_one_by_one_or_all(browser, administrator, endpoint, receiver):
    request = a_request(status="accepted", by=administrator)
    receiver.status = 503
    sweep()
    ALL.update(state=State.PARKED)
    page, again = at("webhook", administrator, endpoint.pk), at("webhook_act", administrator, endpoint.pk, "again")
    text = shown(browser, page)
    assert text.count("parked</span>") == 3 and "503" in text and "request.taken" in text
    assert reverse("requests:detail", args=[request.reference]) in text
    chosen = ALL.get(type="request.taken")
    assert str(chosen.pk) in text
    browser.post(again, {"delivery": str(chosen.pk)})
    assert list(ALL.filter(state=State.QUEUED)) == [chosen]
    browser.post(again)
    assert ALL.filter(state=State.QUEUED).count() == 3


def test_an_address_is_ended(browser, administrator, endpoint):
    assert browser.post(at("webhook_act", administrator, endpoint.pk, "end")).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.ended_by) == (False, administrator)
    text = shown(browser, at("webhook", administrator, endpoint.pk))
    assert "ended by an administrator" in text
    assert at("webhook_act", administrator, endpoint.pk, "test") not in text
    assert endpoint.url in shown(browser, at("webhooks", administrator))
    confirm(browser)
    secret = at("webhook_secret", administrator, endpoint.pk)
    assert browser.get(secret).url == at("webhook", administrator, endpoint.pk)


def test_only_an_administrator_finds_the_link_on_the_page_of_the_organization(browser, administrator):
    page = reverse("organization", args=[organization_of(administrator).pk])
    assert at("webhooks", administrator) in shown(browser, page)
    writer = Client()
    writer.force_login(a_member(email="writer@example.org"))
    assert at("webhooks", administrator) not in shown(writer, page)


def addresses(administrator: User, endpoint: WebhookEndpoint) -> list[tuple[str, str]]:
    """Everything that can be asked of an organization's webhooks: method and address."""
    found = [("get", at("webhooks", administrator))]
    for name, more in (("webhook_add", ()), ("webhook", (endpoint.pk,)), ("webhook_secret", (endpoint.pk,))):
        found += [("get", at(name, administrator, *more))]
        found += [("post", at(name, administrator, *more))] if name != "webhook" else []
    acts = ("test", "again", "end", "other")
    return found + [("post", at("webhook_act", administrator, endpoint.pk, act)) for act in acts]


@pytest.mark.parametrize(
    ("kind", "name", "role"),
    [
        ("workers", "", "writer"),
        ("workers", "", "reader"),
        ("workers", "Another union (fictional)", "administrator"),
        ("government", "", "administrator"),
    ],
)
def test_matrix_for_others_an_organizations_webhooks_do_not_exist(administrator, endpoint, kind, name, role):
    client = Client()
    client.force_login(a_member(kind, name=name, role=role, email="other@example.org"))
    confirm(client)
    theirs, nobodys = str(organization_of(administrator).pk), "00000000-0000-4000-8000-000000000000"
    for method, address in addresses(administrator, endpoint):
        answer, missing = getattr(client, method)(address), getattr(client, method)(address.replace(theirs, nobodys))
        assert answer.status_code == missing.status_code == 404, (method, address)
        assert everything(answer).replace(theirs, nobodys) == everything(missing)
    endpoint.refresh_from_db()
    assert endpoint.is_active and not endpoint.is_rotating and not ALL.exists()


def test_matrix_an_administrator_of_two_organizations_does_not_mix_them(administrator, endpoint, receiver):
    other = a_member("employers", role="administrator", email="second@example.org")
    client = Client()
    client.force_login(other)
    confirm(client)
    for name, more in (("webhook", ()), ("webhook_secret", ())):
        assert client.get(at(name, other, endpoint.pk, *more)).status_code == 404
    for act in ("test", "again", "end"):
        assert client.post(at("webhook_act", other, endpoint.pk, act)).status_code == 404


def test_canary_a_foreign_delivery_is_not_sent_again(browser, administrator, endpoint, receiver):
    other = a_member("employers", role="administrator", email="second@example.org")
    theirs, _secret = endpoints.add(organization_of(other), f"{receiver.url}/theirs", "", by=other)
    endpoints.test(theirs, by=other)
    ALL.update(state=State.PARKED)
    again = at("webhook_act", administrator, endpoint.pk, "again")
    browser.post(again, {"delivery": str(ALL.get().pk)})
    browser.post(again)
    assert ALL.get().state == State.PARKED
    assert browser.post(again, {"delivery": "x"}).status_code == 404


def test_nobody_tries_addresses_without_end(browser, administrator, settings):
    settings.WEBHOOK_LOCAL_HOSTS = frozenset()
    confirm(browser)
    adding = at("webhook_add", administrator)
    codes = [browser.post(adding, {"url": "https://localhost/"}).status_code for _ in range(31)]
    assert (codes[0], codes[29], codes[30]) == (200, 200, 429)


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_pages_cost_the_same_for_one_and_for_many(browser, administrator, named, receiver):
    endpoint, _secret = named()
    pages = [at("webhooks", administrator), at("webhook", administrator, endpoint.pk)]
    endpoints.test(endpoint, by=administrator)
    sweep()
    once = [cost(browser, page) for page in pages]
    named(f"{receiver.url}/2")
    a_request(status="closed", by=administrator)
    sweep()
    assert [cost(browser, page) for page in pages] == once
    assert max(once) <= 12
