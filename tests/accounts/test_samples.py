"""The try-out's units and cast."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organization, Post, Unit, User
from accounts.samples import PASSWORD, PEOPLE, load_samples
from accounts.standing import standing_of
from accounts.units import sync_units


def test_there_is_a_unit_for_each_station_but_headquarters(stations):
    assert sync_units().made == 4
    assert sorted(Unit.objects.values_list("kind", "station")) == sorted(
        [("branch", None), ("actrav", None), ("actemp", None), ("station", "YAO")],
    )


def test_units_are_made_once_and_addresses_follow_the_settings(stations, settings):
    sync_units()
    settings.UNIT_ADDRESSES = {"YAO": "yaounde@example.org"}
    assert sync_units().made == 0
    assert Unit.objects.get(station="YAO").address == "yaounde@example.org"


def test_in_production_an_address_that_nobody_set_stays_empty_and_is_said(stations, settings, capsys):
    settings.PRODUCTION = True
    settings.UNIT_ADDRESSES = {"branch": "branch@example.org"}
    call_command("sync_units")
    assert "no address in UNIT_ADDRESSES: actrav, actemp, YAO" in capsys.readouterr().out
    assert set(Unit.objects.values_list("address", flat=True)) == {"branch@example.org", ""}


def test_the_cast_is_loaded_once(stations):
    assert load_samples() == len(PEOPLE)
    before = [User.objects.count(), Organization.objects.count(), Post.objects.count()]
    call_command("load_samples")
    assert [User.objects.count(), Organization.objects.count(), Post.objects.count()] == before


def test_the_cast_stands_where_it_should(stations):
    load_samples()
    kinds = {user.email.partition("@")[0]: standing_of(user) for user in User.objects.all()}
    assert kinds["officer"].is_branch
    assert kinds["officer2"].is_branch
    assert kinds["specialist"].unit_kinds == {"station"}
    assert not kinds["admin"].is_officer
    assert len(kinds["workers"].administrator_of) == 1
    assert not kinds["workers"].reader_of & kinds["workers2"].reader_of
    assert all(organization.is_verified for organization in Organization.objects.all())
    assert User.objects.get(email="workers@example.org").check_password(PASSWORD)


def test_everybody_in_the_cast_is_plainly_fictional(stations):
    load_samples()
    for name in (*User.objects.values_list("name", flat=True), *Organization.objects.values_list("name", flat=True)):
        assert "(fictional)" in name


def test_production_refuses_the_cast(stations, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("load_samples")
    assert not User.objects.exists()
