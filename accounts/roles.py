"""What a post lets an officer open at the desk, model by model. Which rows he sees there is decided by the walls."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

# "*" stands for any name; no role may delete anything. Acts (verify, confirm, end) have rules of their own beside this.
EVERY_OFFICER = frozenset({"requests.view_*", "standards.view_*", "supervisory.view_*"})

OFFICE_ROLES: dict[str, frozenset[str]] = {
    "branch": EVERY_OFFICER
    | {
        "requests.change_request",
        "accounts.view_organization",
        "accounts.view_membership",
        "accounts.view_joinrequest",
        "accounts.view_unit",
        "accounts.view_post",
        "accounts.add_post",
        "accounts.view_specialist",
        "accounts.add_specialist",
        "accounts.change_specialist",
    },
    "actrav": EVERY_OFFICER
    | {
        "accounts.view_organization",
        "accounts.view_membership",
        "accounts.view_joinrequest",
        "accounts.view_post",
        "accounts.add_post",
    },
    "actemp": EVERY_OFFICER
    | {
        "accounts.view_organization",
        "accounts.view_membership",
        "accounts.view_joinrequest",
        "accounts.view_post",
        "accounts.add_post",
    },
    "station": EVERY_OFFICER | {"accounts.view_post", "accounts.add_post"},
}

# Accounts, reference data and parked notices; no post, hence no request.
TECHNICAL_ADMINISTRATOR = frozenset(
    {
        "accounts.view_*",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.add_organization",
        "accounts.change_organization",
        "accounts.add_membership",
        "accounts.change_unit",
        "accounts.add_specialist",
        "accounts.change_specialist",
        "standards.view_*",
        "standards.add_*",
        "standards.change_*",
        "supervisory.view_*",
        "supervisory.add_*",
        "supervisory.change_*",
        "outbox.view_*",
        "outbox.change_*",
        "webhooks.view_webhookdelivery",
        "webhooks.change_webhookdelivery",
    }
)


def patterns_for(unit_kinds: Iterable[str], *, technical: bool) -> frozenset[str]:
    """The permission patterns of these units' officers, and of the technical administrator; a person may be both."""
    granted = frozenset[str]().union(*(OFFICE_ROLES[kind] for kind in unit_kinds))
    return granted | TECHNICAL_ADMINISTRATOR if technical else granted


def grants(patterns: Iterable[str], permission: str) -> bool:
    """Whether one of the patterns covers the permission "app.action_model"."""
    return any(fnmatchcase(permission, pattern) for pattern in patterns)
