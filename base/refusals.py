"""How a service says no: an exception with a sentence for its reader. Each door answers in its own way."""

from django.utils.functional import Promise


class Refused(Exception):
    """The change was not made, and nothing of it was stored. `sentence` says why and what can be done."""

    def __init__(self, sentence: str | Promise) -> None:
        self.sentence = str(sentence)
        super().__init__(self.sentence)
