"""Keys in the account: made after the password was asked again, shown once, ended by their person alone."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import api_keys
from accounts.models import ApiKey
from tests.api.calls import Caller
from tests.factories import PASSWORD, a_union, an_officer, organization_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in() -> Client:
    client = Client()
    client.force_login(a_union())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def make(client: Client, **typed: object):
    place = api_keys.places_of(a_union())[0].value
    sent = {"place": place, "scope": ["read", "write"], "name": "Case system", **typed}
    return client.post(reverse("account_key_new"), sent)


def test_a_key_is_shown_once_and_opens_the_api(signed_in):
    made = make(signed_in)
    word = re.search(r"fa_[\w-]+", made.content.decode())[0]
    assert Caller(word).get("requests/").status_code == 200
    page = signed_in.get(reverse("account_keys")).content.decode()
    assert ApiKey.objects.get().prefix in page
    assert word not in page


def test_without_the_password_of_this_hour_no_key_is_made():
    client = Client()
    client.force_login(a_union())
    assert make(client).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("typed", [{"place": "unit-1"}, {"scope": []}, {"scope": ["officer"]}, {"name": ""}])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(signed_in, typed):
    page = make(signed_in, **{"name": "Case system", **typed}).content.decode()
    assert "There is one thing to correct" in page
    assert ("Case system" in page) == ("name" not in typed)
    assert not ApiKey.objects.exists()


def test_a_key_is_ended_by_its_person_alone(signed_in):
    mine, _word = api_keys.issue(a_union(), api_keys.places_of(a_union())[0], ["read"], name="mine")
    officer = an_officer()
    theirs, _word = api_keys.issue(officer, api_keys.places_of(officer)[0], ["read"], name="theirs")
    for key in (mine, theirs):
        signed_in.post(reverse("account_key_end", args=[key.pk]))
    assert list(ApiKey.objects.open()) == [theirs]


def test_the_command_prints_a_key_that_opens_the_api(capsys):
    call_command("issue_api_key", user=a_union().email, scopes="read,write")
    out = capsys.readouterr()
    assert Caller(out.out.strip()).get("requests/").status_code == 200
    assert organization_of(a_union()).name in out.err


@pytest.mark.parametrize(
    "wrong",
    [{"user": "x@example.org"}, {"scopes": "officer"}, {"scopes": ""}, {"place": "nowhere"}, {"days": 400}],
)
def test_the_command_says_what_is_wrong(wrong):
    with pytest.raises(CommandError):
        call_command("issue_api_key", **{"user": a_union().email, "scopes": "read", **wrong})
    assert not ApiKey.objects.exists()
