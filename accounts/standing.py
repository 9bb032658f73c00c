"""Where a person stands: the organizations and units that count today. Every wall of the portal starts here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Membership, Post, Unit, User
from base.compiled import MOMENT, made_up_id


@dataclass(frozen=True)
class Standing:
    """What counts today. An organization's administrator is also among its writers, a writer among its readers."""

    user_id: UUID | None = None
    reader_of: frozenset[UUID] = frozenset()
    writer_of: frozenset[UUID] = frozenset()
    administrator_of: frozenset[UUID] = frozenset()
    unit_ids: frozenset[UUID] = frozenset()
    unit_kinds: frozenset[str] = frozenset()
    is_branch: bool = False
    at: datetime | None = None  # the moment that counts; now without one

    @property
    def is_officer(self) -> bool:
        """Whether the person has any post that counts."""
        return bool(self.unit_ids)


NOBODY = Standing()


def standing_of(user: User | AnonymousUser) -> Standing:
    """Where this person stands now; two queries, kept on the object.

    Nobody for the anonymous and for a disabled account. Being a superuser adds nothing. Ended memberships and posts,
    and posts in the Branch that nobody confirmed, do not count.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    kept: Standing | None = user.__dict__.get("_standing")
    if kept is None:
        kept = _read(user)
        user.__dict__["_standing"] = kept
    return kept


def stand_in(who: Standing) -> tuple[Standing, dict[Any, Any]]:
    """A standing of the same kind as that of `who` with made-up ids, and the real value of each."""

    def rank(pk: UUID) -> tuple[bool, bool, UUID]:
        return pk not in who.administrator_of, pk not in who.writer_of, pk

    ids = [who.user_id, *sorted(who.reader_of, key=rank), *sorted(who.unit_ids)]
    made_up = {pk: made_up_id(number) for number, pk in enumerate(ids)}
    same = Standing(
        user_id=made_up[who.user_id],
        reader_of=frozenset(made_up[pk] for pk in who.reader_of),
        writer_of=frozenset(made_up[pk] for pk in who.writer_of),
        administrator_of=frozenset(made_up[pk] for pk in who.administrator_of),
        unit_ids=frozenset(made_up[pk] for pk in who.unit_ids),
        unit_kinds=who.unit_kinds,
        is_branch=who.is_branch,
        at=MOMENT,
    )
    return same, {**{stand_in: pk for pk, stand_in in made_up.items()}, MOMENT: who.at or timezone.now()}


def take_standing(user: User, *, role_in: tuple[UUID, str] | None = None, post_in: Unit | None = None) -> None:
    """Let `user` stand in one organization (its id and the role there) or one unit only, as a key of the API does."""
    user.__dict__["current_memberships"] = [_membership(user, *role_in)] if role_in else []
    user.__dict__["current_posts"] = [Post(user=user, unit=post_in)] if post_in else []
    user.__dict__.pop("_standing", None)


def _membership(user: User, organization: UUID, role: str) -> Membership:
    return Membership(user=user, organization_id=organization, role=role)


def _read(user: User) -> Standing:
    roles = {membership.organization_id: membership.role for membership in user.current_memberships}
    units = [post.unit for post in user.current_posts]
    kinds = frozenset(unit.kind for unit in units)
    writing = (Membership.Role.WRITER, Membership.Role.ADMINISTRATOR)
    return Standing(
        user_id=user.pk,
        reader_of=frozenset(roles),
        writer_of=frozenset(pk for pk, role in roles.items() if role in writing),
        administrator_of=frozenset(pk for pk, role in roles.items() if role == Membership.Role.ADMINISTRATOR),
        unit_ids=frozenset(unit.pk for unit in units),
        unit_kinds=kinds,
        is_branch="branch" in kinds,
    )
