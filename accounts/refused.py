"""What an act on accounts answers when it is not allowed."""


class Refused(Exception):
    """Its text is a sentence for the person who tried; nothing was changed."""
