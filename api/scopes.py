"""What a key may do, by the method of the call. What its person may not do, no key may."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiKey
from accounts.models.api_key import Scope
from api.problems import Problem


class SignedIn(BasePermission):
    """A key that may do this, or somebody signed in. An address can say `reads_only`: its POST changes nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """False for nobody (401); Problem missing-scope for a key without the scope."""
        if not request.user.is_authenticated:
            return False
        if isinstance(request.auth, ApiKey):
            reads = request.method in SAFE_METHODS or getattr(view, "reads_only", False)
            need_scope(request.auth, Scope.READ if reads else changing_scope(request.auth))
        return True


def changing_scope(key: ApiKey) -> Scope:
    """The scope that a change needs where the key stands."""
    return Scope.OFFICER if key.unit_id else Scope.WRITE


def need_scope(key: ApiKey, scope: Scope) -> None:
    """Pass, or raise Problem missing-scope. To write includes to read."""
    if scope not in key.scopes and not (scope == Scope.READ and key.scopes):
        raise Problem("missing-scope", f"scope: {scope.value}")


def may_change(auth: object) -> bool:
    """Whether who calls may change anything at all: a session, or a key with the scope for it."""
    return not isinstance(auth, ApiKey) or changing_scope(auth) in auth.scopes
