"""Verifying organizations and admitting their members, and who at the Office sees them."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import mails
from accounts.models import Membership, Organization, User
from accounts.standing import standing_of
from base.refusals import Refused

# The Bureau that works with a group, and whose word comes before the Branch's. Governments have none.
BUREAU_OF = {Organization.Kind.WORKERS: "actrav", Organization.Kind.EMPLOYERS: "actemp"}


class OrganizationRefused(Refused):
    """An organization is not verified, or a member not admitted."""


def visible_organizations(user: User | AnonymousUser) -> QuerySet[Organization]:
    """All for the Branch and the account administrator, its group's for a Bureau, none for anybody else."""
    standing = standing_of(user)
    if standing.is_branch or (user.is_active and user.is_superuser):
        return Organization.objects.all()
    kinds = [kind for kind, bureau in BUREAU_OF.items() if bureau in standing.unit_kinds]
    return Organization.objects.filter(kind__in=kinds)


def agree(organization: Organization, *, by: User) -> Organization:
    """The word of the Bureau of its group. OrganizationRefused for anybody else, and a second time."""
    with transaction.atomic():
        organization = _locked(organization)
        bureau = BUREAU_OF.get(Organization.Kind(organization.kind))
        if bureau is None or organization.agreed_at is not None:
            raise OrganizationRefused(_("There is nothing to agree to."))
        if bureau not in standing_of(by).unit_kinds:
            raise OrganizationRefused(_("Only the Bureau that works with this group can agree."))
        organization.agreed_at, organization.agreed_by = timezone.now(), by
        organization.save(update_fields=["agreed_at", "agreed_by"])
    return organization


def verify(organization: Organization, *, by: User) -> Organization:
    """Lets it send requests. OrganizationRefused unless a Branch officer does it, with proof, after the Bureau."""
    with transaction.atomic():
        organization = _locked(organization)
        if organization.is_verified:
            raise OrganizationRefused(_("This organization is verified."))
        if not standing_of(by).is_branch:
            raise OrganizationRefused(_("Only an officer of the Branch can verify an organization."))
        if organization.kind in BUREAU_OF and organization.agreed_at is None:
            raise OrganizationRefused(_("The Bureau that works with this group has not agreed yet."))
        if not organization.proof.strip():
            raise OrganizationRefused(_("There is no proof yet."))
        organization.verified_at, organization.verified_by = timezone.now(), by
        organization.save(update_fields=["verified_at", "verified_by"])
    return organization


def admit(*, user: User, organization: Organization, role: str, by: User) -> Membership:
    """Makes `user` a member. By the organization's administrator; where there is none, by the account administrator,
    who can make an administrator only, and then the organization is verified anew.

    OrganizationRefused otherwise, for a disabled account, for an officer, for oneself and for who is a member already.
    """
    with transaction.atomic():
        organization = _locked(organization)
        headless = not administrators(organization).exists()
        first = by.is_active and by.is_superuser and headless and role == Membership.Role.ADMINISTRATOR
        if not first and organization.pk not in standing_of(by).administrator_of:
            raise OrganizationRefused(_("Only the administrator of the organization admits a member."))
        if user.pk == by.pk or not user.is_active or user.is_superuser or standing_of(user).is_officer:
            raise OrganizationRefused(_("This person cannot become a member."))
        if _current(organization).filter(user=user).exists():
            raise OrganizationRefused(_("This person is a member already."))
        if first:
            _unverify(organization)
        told = [membership.user for membership in administrators(organization).select_related("user")]
        membership = Membership.objects.create(user=user, organization=organization, role=role)
        mails.tell_joined(membership, told)
        return membership


def end_membership(membership: Membership, *, by: User) -> Membership:
    """Ends it from now on. By its organization's administrator, the person, or the account administrator.

    Only the account administrator ends the last administrator's.
    """
    with transaction.atomic():
        _locked(membership.organization)  # two administrators who leave at once wait for each other
        membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if membership.until is not None:
            raise OrganizationRefused(_("This membership has ended."))
        administers = membership.organization_id in standing_of(by).administrator_of
        if not (administers or membership.user_id == by.pk or by.is_superuser) or not by.is_active:
            raise OrganizationRefused(_("Only the administrator of the organization ends a membership."))
        if not by.is_superuser:
            _leave_an_administrator(membership)
        membership.until = timezone.now()
        membership.save(update_fields=["until"])
    return membership


def change_role(membership: Membership, role: str, *, by: User) -> Membership:
    """Gives a member another role: the membership ends and another begins, so that the record keeps both.

    OrganizationRefused unless by an administrator of the organization, and for its last administrator.
    """
    with transaction.atomic():
        _locked(membership.organization)
        membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if membership.organization_id not in standing_of(by).administrator_of:
            raise OrganizationRefused(_("Only the administrator of the organization changes a role."))
        if membership.until is not None:
            raise OrganizationRefused(_("This membership has ended."))
        if role not in Membership.Role.values:
            raise OrganizationRefused(_("Choose a role from the list."))
        if role == membership.role:
            return membership
        _leave_an_administrator(membership)
        now = timezone.now()
        Membership.objects.filter(pk=membership.pk).update(until=now)
        return Membership.objects.create(
            user_id=membership.user_id, organization_id=membership.organization_id, role=role, since=now
        )


def administrators(organization: Organization) -> QuerySet[Membership]:
    """The memberships of those who look after the organization's account now."""
    return _current(organization).filter(role=Membership.Role.ADMINISTRATOR, user__is_active=True)


def _leave_an_administrator(membership: Membership) -> None:
    """OrganizationRefused when this is the organization's last administrator."""
    if membership.role != Membership.Role.ADMINISTRATOR:
        return
    if not administrators(membership.organization).exclude(pk=membership.pk).exists():
        raise OrganizationRefused(
            _("The organization would have no administrator. Give this role to another member first, or write to us.")
        )


def _current(organization: Organization) -> QuerySet[Membership]:
    return Membership.objects.current().filter(organization=organization)


def _unverify(organization: Organization) -> None:
    organization.verified_at = organization.verified_by = None
    organization.agreed_at = organization.agreed_by = None
    organization.save(update_fields=["verified_at", "verified_by", "agreed_at", "agreed_by"])


def _locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
