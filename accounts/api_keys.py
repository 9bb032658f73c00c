"""Keys of the API: making, ending, and finding out for whom one speaks.

A key is 256 random bits, so that a plain digest is enough to store it by. What it may see is the standing of its
person in the one place to which it is bound, as it is at the moment of the call.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiKey, Membership, Organization, Post, Unit, User
from accounts.models.api_key import NAME_LIMIT, Scope
from accounts.standing import standing_of, take_standing
from base.compiled import MOMENT, compiled
from base.refusals import Refused
from base.text import one_line

MARK: Final = "fa_"
PREFIX_SIGNS: Final = 8
MOST_DAYS: Final = 366
DAYS: Final = 180
MOST_KEYS: Final = 20  # open ones of a person
WRITTEN_EVERY: Final = timedelta(hours=1)
_DIGEST: Final = "<digest>"


class KeyRefused(Refused):
    """No key is made; `field` is what has to be chosen or written differently: place, scope, name or days."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Place:
    """Where a key can be bound: an organization or a unit, and the scopes that make sense there."""

    value: str
    name: str
    scopes: tuple[Scope, ...]
    organization: Organization | None = None
    unit: Unit | None = None


def places_of(user: User) -> list[Place]:
    """The organizations and units in which `user` stands today."""
    standing = standing_of(user)
    found = []
    for organization in Organization.objects.filter(pk__in=standing.reader_of).order_by("name", "pk"):
        writes = organization.pk in standing.writer_of
        scopes = (Scope.READ, Scope.WRITE) if writes else (Scope.READ,)
        found.append(Place(f"organization-{organization.pk}", organization.name, scopes, organization=organization))
    for unit in Unit.objects.filter(pk__in=standing.unit_ids).select_related("station").order_by("kind", "pk"):
        found.append(Place(f"unit-{unit.pk}", unit.label, (Scope.READ, Scope.OFFICER), unit=unit))
    return found


def scopes_of(places: list[Place]) -> list[Scope]:
    """Every scope that makes sense at one of them, in the order of the scopes."""
    return [scope for scope in Scope if any(scope in place.scopes for place in places)]


def issue(
    user: User, place: Place | None, scopes: Collection[str], *, name: str, days: int = DAYS
) -> tuple[ApiKey, str]:
    """Make a key of `user` for one place; the row, and the key itself, which nobody can read again.

    Raises KeyRefused for a place where the person does not stand (any more), scopes that it does not have, a name that
    is empty or too long, too many keys, or a time that is too long.
    """
    mine = {here.value: here for here in places_of(user)}
    if place is None or place.value not in mine:
        raise KeyRefused("place", _("Choose where the key speaks for you."))
    wanted = [scope.value for scope in mine[place.value].scopes if scope.value in scopes]
    if not wanted or len(wanted) != len(set(scopes)):
        raise KeyRefused("scope", _("Choose what the key may do there."))
    name = one_line(name)
    if not name or len(name) > NAME_LIMIT:
        raise KeyRefused("name", _("Give the key a name of up to %(limit)s characters.") % {"limit": NAME_LIMIT})
    if not 1 <= days <= MOST_DAYS:
        raise KeyRefused("days", _("A key lasts from 1 to %(most)s days.") % {"most": MOST_DAYS})
    if user.api_keys.open().count() >= MOST_KEYS:
        raise KeyRefused(
            "name", _("End a key that you no longer need: a person can have %(most)s.") % {"most": MOST_KEYS}
        )
    word = MARK + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name,
        prefix=word[: len(MARK) + PREFIX_SIGNS],
        digest=digest_of(word),
        user=user,
        organization=place.organization,
        unit=place.unit,
        scopes=wanted,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return key, word


def end(user: User, key: UUID) -> bool:
    """End one of the own keys, from its next call on; False for one that is somebody else's, or over already."""
    return bool(user.api_keys.filter(pk=key, ended_at=None).update(ended_at=timezone.now()))


def digest_of(word: str) -> str:
    """What is stored of a key, and by which its row is found."""
    return hashlib.sha256(word.encode()).hexdigest()


def speaks_for(word: str) -> tuple[User, ApiKey] | None:
    """The person for whom a key speaks, standing in the key's one place and nowhere else; None where it does not count.

    One query; the hour of use is written at most once an hour.
    """
    now = timezone.now()
    [keys] = compiled("key", lambda: [_with_place(_DIGEST, MOMENT)], [_DIGEST, MOMENT])
    found = keys.rows({_DIGEST: digest_of(word), MOMENT: now})
    if not found:
        return None
    key = found[0]
    if key.organization_id and key.role_there:
        take_standing(key.user, role_in=(key.organization_id, key.role_there))
    elif key.unit and key.post_there:
        take_standing(key.user, post_in=key.unit)
    else:
        return None
    if key.used_at is None or now - key.used_at > WRITTEN_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(used_at=now)
    return key.user, key


def _with_place(digest: str, now: datetime) -> QuerySet[ApiKey]:
    """The key with this digest that counts now, with what makes its person belong to its place: role or post."""
    role = Membership.objects.current().filter(user=OuterRef("user"), organization=OuterRef("organization"))
    post = Post.objects.counting().filter(user=OuterRef("user"), unit=OuterRef("unit"))
    rows = (
        ApiKey.objects.open(now)
        .filter(digest=digest, user__is_active=True)
        .select_related("user", "organization", "unit")
    )
    return rows.order_by().annotate(
        role_there=Subquery(role.order_by().values("role")[:1]), post_there=Subquery(post.order_by().values("pk")[:1])
    )
