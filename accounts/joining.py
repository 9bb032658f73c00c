"""Asking for an account: written down, confirmed from the mailbox, agreed to, verified, admitted or declined.

What the page answers never depends on who exists already: that is looked up when the mail leaves, for its recipient.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import join_mails as mails
from accounts import links, organizations
from accounts.models import JoinRequest, JoinStep, Membership, Organization, Unit, User
from accounts.models.joining import LASTS
from accounts.organizations import BUREAU_OF, visible_organizations
from accounts.standing import standing_of
from base.refusals import Refused

PURPOSE = "join"
What = JoinStep.What
# Who takes which step at the desk.
AGREE, VERIFY, PASS_ON, DECLINE = "agree", "verify", "pass-on", "decline"


class JoinRefused(Refused):
    """A step is not taken."""


def ask(given: Mapping[str, Any], *, language: str, write: bool = True) -> None:
    """Keeps what somebody wrote and owes the mail to that address; the same two rows whoever it is.

    Without `write` no mail is owed: the address was written to often enough.
    """
    with transaction.atomic():
        join = JoinRequest(**given, language=language, expires_at=timezone.now() + LASTS)
        join.digest = links.digest_of(links.word_of(PURPOSE, join.pk))
        join.save()
        if write:
            mails.confirm_join(join)


def find(word: str) -> JoinRequest | None:
    """The request that this link confirms now."""
    found = JoinRequest.objects.open().filter(digest=links.digest_of(word))
    return found.select_related("country").first()


def account_of(join: JoinRequest) -> User | None:
    """The account of the address, if there is one."""
    return User.objects.filter(email__iexact=join.address).first()


def confirm(join: JoinRequest, *, by: User) -> Organization:
    """The person of that address makes the organization, unverified, as its administrator. JoinRefused else."""
    with transaction.atomic():
        join = _locked(join)
        if join.confirmed_at is not None or join.expires_at <= timezone.now() or by.email != join.address:
            raise JoinRefused(_("This link does not work here."))
        if not by.is_active or by.is_superuser or standing_of(by).is_officer:
            raise JoinRefused(_("This person cannot become a member."))
        organization = Organization.objects.create(
            name=join.organization_name, kind=join.kind, country=join.country, proof=join.proof
        )
        Membership.objects.create(user=by, organization=organization, role=Membership.Role.ADMINISTRATOR)
        join.confirmed_at, join.person, join.organization = timezone.now(), by, organization
        join.save()
        _step(join, What.CONFIRMED, by)
        mails.tell_join_came(join, _units(BUREAU_OF.get(Organization.Kind(join.kind), "branch")))
    return organization


def confirm_as_new(join: JoinRequest, password: str) -> User:
    """Makes the account of the address and confirms. JoinRefused when there is one by now."""
    with transaction.atomic():
        if account_of(_locked(join)) is not None:
            raise JoinRefused(_("This link does not work here."))
        user = User.objects.create_user(
            join.address, password, name=join.name, function=join.function, language=join.language
        )
        confirm(join, by=user)
    return user


def visible_joins(user: User | AnonymousUser) -> QuerySet[JoinRequest]:
    """Confirmed ones: all for the Branch and the account administrator, its group's for a Bureau."""
    return JoinRequest.objects.filter(organization__in=visible_organizations(user))


def acts_of(join: JoinRequest, user: User) -> tuple[str, ...]:
    """The steps that are this person's; whether one can be taken now is said when it is tried."""
    standing = standing_of(user)
    own = [AGREE] if BUREAU_OF.get(Organization.Kind(join.kind)) in standing.unit_kinds else []
    return (*own, *((VERIFY, PASS_ON, DECLINE) if standing.is_branch else ()))


def known(join: JoinRequest) -> QuerySet[Organization]:
    """The verified organizations of the same group and country: is it one of them? For the Office only."""
    same = Organization.objects.filter(kind=join.kind, country=join.country, verified_at__isnull=False)
    return same.exclude(join=join).order_by("name")


def agree(join: JoinRequest, proof: str, *, by: User) -> None:
    """The Bureau's word, with what it rests on."""
    with transaction.atomic():
        join = _undecided(join)
        _needs(proof)
        organizations.agree(_organization(join), by=by)
        _step(join, What.AGREED, by, proof)
        mails.tell_join_came(join, _units("branch"))


def verify(join: JoinRequest, proof: str, *, by: User) -> None:
    """The organization can send from now on."""
    with transaction.atomic():
        join = _undecided(join)
        _needs(proof)
        organizations.verify(_organization(join), by=by)
        _step(join, What.VERIFIED, by, proof)
        _decide(join, JoinRequest.Outcome.VERIFIED)


def pass_on(join: JoinRequest, to: Organization, *, by: User) -> None:
    """Asks the administrators of an organization that is here already whether the person is one of theirs."""
    with transaction.atomic():
        join = _undecided(join)
        _branch(by)
        if not known(join).filter(pk=to.pk).exists():
            raise JoinRefused(_("Choose an organization from the list."))
        whom = [membership.user for membership in organizations.administrators(to).select_related("user")]
        if not whom:
            raise JoinRefused(
                _(
                    "This organization has no administrator. The account administrator puts the person in; "
                    "then it is verified anew."
                )
            )
        join.passed_to = to
        join.save(update_fields=["passed_to"])
        _step(join, What.PASSED, by)
        mails.tell_join_passed(join, whom)


def admit(join: JoinRequest, role: str, *, by: User) -> Membership:
    """An administrator of the organization that was asked lets the person in."""
    with transaction.atomic():
        join = _undecided(join)
        organization = _asked(join, by)
        membership = organizations.admit(user=cast(User, join.person), organization=organization, role=role, by=by)
        _step(join, What.ADMITTED, by)
        _decide(join, JoinRequest.Outcome.ADMITTED)
    return membership


def give_back(join: JoinRequest, *, by: User) -> None:
    """The administrator does not know the person: the Branch decides."""
    with transaction.atomic():
        join = _undecided(join)
        _asked(join, by)
        join.passed_to = None
        join.save(update_fields=["passed_to"])
        _step(join, What.RETURNED, by)
        mails.tell_join_came(join, _units("branch"))


def decline(join: JoinRequest, letter: str, *, by: User) -> None:
    """With a letter that the person reads on the account's page."""
    with transaction.atomic():
        join = _undecided(join)
        _branch(by)
        if not letter.strip():
            raise JoinRefused(_("Write the letter."))
        join.letter, join.passed_to = letter, None
        _step(join, What.DECLINED, by)
        _decide(join, JoinRequest.Outcome.DECLINED)


def forget() -> int:
    """Deletes what was never confirmed; how many."""
    return JoinRequest.objects.forgotten().delete()[0]


def _asked(join: JoinRequest, by: User) -> Organization:
    if join.passed_to is None or join.passed_to_id not in standing_of(by).administrator_of:
        raise JoinRefused(_("Only the administrator of the organization admits a member."))
    return join.passed_to


def _branch(by: User) -> None:
    if not standing_of(by).is_branch:
        raise JoinRefused(_("Only an officer of the Branch can do this."))


def _needs(proof: str) -> None:
    if not proof.strip():
        raise JoinRefused(_("Write what you have seen, for example: letter of 3 May 2027 with its heading."))


def _step(join: JoinRequest, what: str, by: User, proof: str = "") -> None:
    JoinStep.objects.create(join=join, what=what, by=by, proof=proof)


def _decide(join: JoinRequest, outcome: str) -> None:
    join.outcome, join.decided_at = outcome, timezone.now()
    join.save()
    mails.tell_join_decided(join)


def _organization(join: JoinRequest) -> Organization:
    return cast(Organization, join.organization)  # a confirmed one has made it


def _units(kind: str) -> list[Unit]:
    return list(Unit.objects.filter(kind=kind).exclude(address=""))


def _undecided(join: JoinRequest) -> JoinRequest:
    join = _locked(join)
    if join.decided_at is not None:
        raise JoinRefused(_("This request to join is decided."))
    return join


def _locked(join: JoinRequest) -> JoinRequest:
    return JoinRequest.objects.select_for_update(of=("self",)).get(pk=join.pk)
