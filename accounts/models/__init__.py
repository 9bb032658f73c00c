"""Who is who: people, organizations and their members, the Office's units and who stands in them."""

from accounts.models.membership import Membership
from accounts.models.organization import Organization
from accounts.models.post import Post
from accounts.models.specialist import Duty, Specialist
from accounts.models.unit import Unit
from accounts.models.user import User

__all__ = ["Duty", "Membership", "Organization", "Post", "Specialist", "Unit", "User"]
