"""How a service says no: an exception with a sentence for its reader. Each door answers in its own way."""

from collections.abc import Sequence

from django.utils.functional import Promise


class Refused(Exception):
    """The change was not made, and nothing of it was stored. `sentence` says why and what can be done."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


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
