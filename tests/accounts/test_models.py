"""What must always hold about people and places is held by the database."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Membership, Organization, Post, Unit, User


def refused(make) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_an_address_has_one_account_however_it_is_written(person):
    person("amina@example.org")
    refused(lambda: User.objects.create(email="Amina@Example.org", name="Another"))


def test_an_address_is_kept_in_lower_case(person):
    assert person(" Amina@Example.org ").email == "amina@example.org"


def test_an_account_needs_an_address(db):
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_a_person_has_one_open_membership_of_an_organization(member):
    user = member()
    of = Organization.objects.get()
    refused(lambda: Membership.objects.create(user=user, organization=of))
    user.memberships.update(until=timezone.now())
    Membership.objects.create(user=user, organization=of)


def test_who_verified_an_organization_is_known(organization):
    found = organization()
    refused(lambda: Organization.objects.filter(pk=found.pk).update(verified_at=timezone.now()))


def test_only_a_station_unit_has_a_station(unit):
    refused(lambda: Unit.objects.filter(kind="branch").update(station="YAO"))
    refused(lambda: Unit.objects.filter(station="YAO").update(station=None))


def test_there_is_one_unit_of_each_kind_and_station(unit):
    refused(lambda: Unit.objects.create(kind="branch"))
    refused(lambda: Unit.objects.create(kind="station", station_id="YAO"))


def test_a_station_unit_is_called_by_its_city(unit):
    assert unit("YAO").label == "Specialists in Yaoundé"


def test_nobody_confirms_a_place_that_he_gave_or_got(unit, person):
    giver, taker = person("giver@example.org"), person("taker@example.org")
    post = Post.objects.create(user=taker, unit=unit("branch"), granted_by=giver)
    for by in (giver, taker):
        found = Post.objects.filter(pk=post.pk)
        refused(lambda found=found, by=by: found.update(confirmed_by=by, confirmed_at=timezone.now()))


def test_nobody_gives_a_place_to_himself(unit, person):
    user = person()
    refused(lambda: Post.objects.create(user=user, unit=unit("actrav"), granted_by=user))


def test_a_place_that_somebody_gave_is_not_confirmed_by_nobody(unit, person):
    giver, taker = person("giver@example.org"), person("taker@example.org")
    refused(lambda: Post.objects.create(user=taker, unit=unit("branch"), granted_by=giver, confirmed_at=timezone.now()))
