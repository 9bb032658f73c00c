"""What of the possible actions there is something to do with: somebody to take it from, a text, a question.

The status alone does not tell (`permissions.available`). The desk and the API offer the same.
"""

from collections.abc import Collection

from accounts.models import Specialist
from requests_app import providers
from requests_app.models import Publication, Request, Result
from requests_app.services import publishing


def fits(action: str, *, specialist: Specialist | None, held: Publication | None, asked: bool) -> bool:
    """Whether the action has its object: who has the request, the text that stands, whether the result is open."""
    if action == "unassign":
        return specialist is not None
    if action == "result":
        return asked
    return action not in publishing.ACTIONS or action in publishing.possible(held)


def doable(request: Request, actions: Collection[str]) -> list[str]:
    """Those of `actions` that fit now. One query for each kind of object that they need, none for the others."""
    specialist = providers.assigned(request) if "unassign" in actions else None
    held = _standing(request) if publishing.ACTIONS & set(actions) else None
    asked = "result" in actions and is_asked(request)
    return [action for action in actions if fits(action, specialist=specialist, held=held, asked=asked)]


def _standing(request: Request) -> Publication | None:
    """The text that stands, without what is told beside it."""
    return Publication.objects.standing().filter(request=request).first()


def is_asked(request: Request) -> bool:
    """Whether the Office asked what has changed, and nobody has answered."""
    result = Result.objects.filter(request=request).first()
    return result is not None and result.is_open
