"""Who is who: people, organizations and their members, the Office's units and who stands in them."""

from accounts.models.address_change import AddressChange
from accounts.models.api_key import ApiKey
from accounts.models.invitation import Invitation
from accounts.models.joining import JoinRequest, JoinStep
from accounts.models.membership import Membership
from accounts.models.notice_choice import DigestLine, NoticeChoice
from accounts.models.organization import Organization
from accounts.models.post import Post
from accounts.models.session import Session
from accounts.models.specialist import Duty, Specialist
from accounts.models.unit import Unit
from accounts.models.user import User

__all__ = [
    "AddressChange",
    "ApiKey",
    "DigestLine",
    "Duty",
    "Invitation",
    "JoinRequest",
    "JoinStep",
    "Membership",
    "NoticeChoice",
    "Organization",
    "Post",
    "Session",
    "Specialist",
    "Unit",
    "User",
]
