"""The ways in which a change of a request is refused."""

from collections.abc import Sequence

from django.utils.functional import Promise

from base.refusals import Refused

__all__ = ["Incomplete", "NotNow", "NotPermitted", "Overtaken", "Refused"]


class NotPermitted(Refused):
    """This person may not do it, in whatever state the request is."""


class NotNow(Refused):
    """The request is not in a state for it any more, or not yet."""


class Incomplete(Refused):
    """Something is missing that the change needs: the ids of the questions or the names of the fields."""

    def __init__(self, sentence: str | Promise, missing: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.missing = tuple(missing)


class Overtaken(Refused):
    """Somebody else saved meanwhile; nothing was overwritten."""
