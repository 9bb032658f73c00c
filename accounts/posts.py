"""Giving, confirming and ending a place in a unit. Nobody gives a role that he does not hold."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Post, Unit, User
from accounts.standing import standing_of
from base.refusals import Refused

FIRST_OFFICERS = 2  # so that the second can confirm the third


class PostRefused(Refused):
    """A place is not given, confirmed or ended."""


def propose(*, user: User, unit: Unit, by: User) -> Post:
    """Gives `user` a place in `unit`. In the Branch it counts only once a second Branch officer confirmed it.

    PostRefused: `by` does not stand in that unit, or gives it to himself, or the person is there already or disabled.
    """
    if unit.pk not in standing_of(by).unit_ids:
        raise PostRefused(_("Only an officer of that unit can give a place in it."))
    if user.pk == by.pk:
        raise PostRefused(_("Nobody gives a place to himself."))
    if not user.is_active:
        raise PostRefused(_("This account is switched off."))
    with transaction.atomic():
        _lock(unit)
        if Post.objects.current().filter(user=user, unit=unit).exists():
            raise PostRefused(_("This person already has a place in that unit."))
        return Post.objects.create(user=user, unit=unit, granted_by=by)


def confirm(post: Post, *, by: User) -> Post:
    """Makes a place in the Branch count. PostRefused unless `by` is another Branch officer than who gave it."""
    with transaction.atomic():
        post = _locked(post)
        if post.unit.kind != Unit.Kind.BRANCH or post.confirmed_at is not None:
            raise PostRefused(_("There is nothing to confirm."))
        if post.until is not None:
            raise PostRefused(_("This place has ended."))
        if not standing_of(by).is_branch:
            raise PostRefused(_("Only an officer of the Branch can confirm a place in it."))
        if by.pk in (post.granted_by_id, post.user_id):
            raise PostRefused(_("A second officer of the Branch must confirm it."))
        post.confirmed_at, post.confirmed_by = timezone.now(), by
        post.save(update_fields=["confirmed_at", "confirmed_by"])
    return post


def end(post: Post, *, by: User) -> Post:
    """Ends a place from now on. PostRefused unless `by` stands in that unit, or is the technical administrator."""
    with transaction.atomic():
        post = _locked(post)
        if post.until is not None:
            raise PostRefused(_("This place has ended."))
        if post.unit_id not in standing_of(by).unit_ids and not (by.is_active and by.is_superuser):
            raise PostRefused(_("Only an officer of that unit can end a place in it."))
        post.until, post.ended_by = timezone.now(), by
        post.save(update_fields=["until", "ended_by"])
    return post


def set_in(*, user: User, unit: Unit) -> Post:
    """One of a unit's first officers, put there on the server, where nobody is yet who could give the place.

    It counts at once. PostRefused when the unit already has its first officers. The same person twice: the same post.
    """
    with transaction.atomic():
        _lock(unit)
        standing = Post.objects.current().filter(user=user, unit=unit).first()
        if standing is not None:
            return standing
        if Post.objects.counting().filter(unit=unit, user__is_active=True).count() >= FIRST_OFFICERS:
            raise PostRefused(_("This unit has its first officers; they give further places."))
        return Post.objects.create(user=user, unit=unit, confirmed_at=timezone.now())


def _lock(unit: Unit) -> None:
    """Two people who give places in one unit wait for each other."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)


def _locked(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
