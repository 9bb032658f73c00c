"""Log-in by e-mail and password, and permissions computed from posts: no permission is stored anywhere."""

from typing import Any, Final
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet

from accounts.models import User
from accounts.roles import grants, patterns_for
from accounts.standing import standing_of
from base.compiled import compiled, made_up_id
from outbox.health import last_outcome

BACKEND = "accounts.backends.RoleBackend"
_ID: Final = made_up_id(0)


class RoleBackend(AuthenticationBackend):
    """The only backend. A technical administrator gets what his role names, and nothing for being a superuser."""

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        """Whether a current post, or the technical role, opens this model. Says no for any single object."""
        return obj is None and grants(self._patterns(user_obj), perm)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Whether anything of this app is open."""
        return any(pattern.partition(".")[0] == app_label for pattern in self._patterns(user_obj))

    def get_all_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        """The patterns themselves; Django's stored permissions are not used."""
        return set(self._patterns(user_obj)) if obj is None else set()

    def get_user_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        """None: nothing is granted to a person."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        """None: there are no groups."""
        return set()

    def get_user(self, user_id: Any) -> User | None:
        """Who is signed in; with the same query, whether mail to the address arrives, which every page says."""
        [signed_in] = compiled("signed in", lambda: [_signed_in(_ID)], [_ID])
        rows: list[User] = signed_in.rows({_ID: User._meta.pk.to_python(user_id)})
        return rows[0] if rows else None

    @staticmethod
    def _patterns(user: User | AnonymousUser) -> frozenset[str]:
        if not isinstance(user, User) or not user.is_active:
            return frozenset()
        return patterns_for(standing_of(user).unit_kinds, technical=user.is_superuser)

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> AbstractBaseUser | None:
        # The library keeps a disabled account here to tell its owner so. Nobody learns that an account exists.
        return None


def _signed_in(pk: UUID) -> QuerySet[User]:
    """The open account of this id, and how the last mail to its address went."""
    return User.objects.annotate(last_mail=last_outcome(OuterRef("email"))).filter(pk=pk, is_active=True)
