"""What a section shows before its first save: what the portal knows already."""

from typing import Any

from accounts.models import User
from requests_app.kinds import DRAFT_LAW, OPINION
from requests_app.models import Funding, People, Request, Section, Seminar, Situation


def prefilled(request: Request, section: type[Section], user: User) -> dict[str, Any]:
    """First answers of a section that was never saved, by field name."""
    if request.section(section).version:
        return {}
    if section is People:
        return {
            "name": user.name,
            "function": user.function,
            "email": user.email,
            "telephone": user.telephone,
            "language": user.language or request.language,
        }
    if section is Seminar:
        return {"issues": request.section(Situation).issues}
    if section is Funding and request.kind in (DRAFT_LAW, OPINION):
        return {"costs": ["time_only"]}
    return {}
