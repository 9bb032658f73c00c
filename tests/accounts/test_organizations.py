"""Who verifies an organization, who admits its members, and who at the Office sees it."""

import pytest

from accounts.models import Membership, Organization
from accounts.organizations import (
    OrganizationRefused,
    admit,
    agree,
    end_membership,
    verify,
    visible_organizations,
)
from accounts.standing import standing_of
from tests.accounts.conftest import again


@pytest.fixture
def three(organization):
    """One organization of each group, with proof."""
    kinds = ("workers", "employers", "government")
    found = {kind: organization(f"The {kind}", kind) for kind in kinds}
    Organization.objects.update(proof="A letter with its heading.")
    return found


@pytest.mark.parametrize(
    ("kind", "bureau", "other"), [("workers", "actrav", "actemp"), ("employers", "actemp", "actrav")]
)
def test_the_branch_verifies_after_the_bureau_of_the_group_agreed(officer, three, kind, bureau, other):
    branch, right, wrong = officer(), officer("right@example.org", bureau), officer("wrong@example.org", other)
    with pytest.raises(OrganizationRefused):
        verify(three[kind], by=branch)
    for by in (branch, wrong):
        with pytest.raises(OrganizationRefused):
            agree(three[kind], by=by)
    agree(three[kind], by=right)
    with pytest.raises(OrganizationRefused):
        verify(three[kind], by=right)
    verified = verify(three[kind], by=branch)
    assert (verified.is_verified, verified.verified_by, verified.agreed_by) == (True, branch, right)


def test_a_ministry_is_verified_by_the_branch_alone(officer, three):
    assert verify(three["government"], by=officer()).is_verified
    with pytest.raises(OrganizationRefused):
        agree(three["government"], by=officer("actrav@example.org", "actrav"))


def test_nothing_is_verified_without_proof_or_twice(officer, three):
    Organization.objects.update(proof=" ")
    branch = officer()
    with pytest.raises(OrganizationRefused):
        verify(three["government"], by=branch)
    Organization.objects.update(proof="A letter.")
    verify(three["government"], by=branch)
    with pytest.raises(OrganizationRefused):
        verify(three["government"], by=branch)


def test_matrix_of_who_sees_which_organizations(officer, person, member, three):
    seen = {
        "branch": {"workers", "employers", "government"},
        "actrav": {"workers"},
        "actemp": {"employers"},
        "YAO": set(),
    }
    for key, kinds in seen.items():
        found = visible_organizations(officer(f"{key}@example.org".lower(), key))
        assert set(found.values_list("kind", flat=True)) == kinds, key
    assert visible_organizations(person("admin@example.org", is_superuser=True)).count() == 3
    assert not visible_organizations(member(of=three["workers"], role="administrator")).exists()


def test_the_administrator_admits_a_member_and_a_writer_does_not(member, organization, person):
    of = organization()
    administrator, writer = member("a@example.org", "administrator", of), member("w@example.org", "writer", of)
    with pytest.raises(OrganizationRefused):
        admit(user=person(), organization=of, role="reader", by=writer)
    admit(user=person("new@example.org"), organization=of, role="reader", by=administrator)
    assert Membership.objects.current().count() == 3


def test_an_administrator_admits_nobody_elsewhere_no_officer_and_nobody_twice(member, organization, officer, person):
    of, other = organization(), organization("Another union")
    administrator, writer = member("a@example.org", "administrator", of), member("w@example.org", "writer", of)
    with pytest.raises(OrganizationRefused):
        admit(user=person(), organization=other, role="reader", by=administrator)
    for user in (officer(), writer, administrator, person("off@example.org", is_active=False)):
        with pytest.raises(OrganizationRefused):
            admit(user=user, organization=of, role="reader", by=administrator)


def test_the_account_administrator_puts_in_an_administrator_only_where_there_is_none(organization, officer, person):
    of, admin, branch = organization(kind="government"), person("admin@example.org", is_superuser=True), officer()
    Organization.objects.update(proof="A letter.")
    verify(of, by=branch)
    with pytest.raises(OrganizationRefused):
        admit(user=person(), organization=of, role="writer", by=admin)
    with pytest.raises(OrganizationRefused):
        admit(user=admin, organization=of, role="administrator", by=admin)
    admit(user=person("first@example.org"), organization=of, role="administrator", by=admin)
    of.refresh_from_db()
    assert not of.is_verified
    with pytest.raises(OrganizationRefused):
        admit(user=person("second@example.org"), organization=of, role="administrator", by=admin)


def test_a_membership_is_ended_by_its_administrator_the_person_or_the_account_administrator(
    member, organization, person
):
    of, other = organization(), organization("Another union")
    stranger = member("s@example.org", "administrator", other)
    administrator = member("a@example.org", "administrator", of)
    writer = member("w@example.org", "writer", of)
    with pytest.raises(OrganizationRefused):
        end_membership(writer.memberships.get(), by=stranger)
    with pytest.raises(OrganizationRefused):
        end_membership(administrator.memberships.get(), by=writer)
    ended = end_membership(writer.memberships.get(), by=administrator)
    assert not standing_of(again(writer)).reader_of
    with pytest.raises(OrganizationRefused):
        end_membership(ended, by=administrator)
    second = member("b@example.org", "administrator", of)
    end_membership(administrator.memberships.get(), by=administrator)
    with pytest.raises(OrganizationRefused):
        end_membership(second.memberships.get(), by=second)
    end_membership(second.memberships.get(), by=person("admin2@example.org", is_superuser=True))
    end_membership(stranger.memberships.get(), by=person("admin@example.org", is_superuser=True))
    assert not Membership.objects.current().exists()
