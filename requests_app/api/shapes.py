"""The shapes of what is sent and answered, declared for reading calls and for the description.

Answers are made as plain dicts; a test compares each of them with its shape here.
"""

from typing import Any, Final

from rest_framework import serializers

from api.shapes import Code, Sent, Strict, Text, Truth
from requests_app import states
from requests_app.api.section_shapes import Sections
from requests_app.kinds import KINDS
from requests_app.models import LinkKind
from requests_app.models.publication import TEXT_LIMIT
from requests_app.rules.finding import LEVELS
from requests_app.services.filing import LETTER_LIMIT

SIGHTS: Final = ("full", "signed", "summary", "invitation", "line")
STATUSES: Final = tuple(states.STATUSES)
KINDS_OF_HELP: Final = tuple(KINDS)
LINK_KINDS: Final = tuple(LinkKind.values)
LETTER_KINDS: Final = ("question", "answer", "decision", "letter")
LEVELS_OF_FINDINGS: Final = tuple(LEVELS)
DOCUMENT_STATES: Final = ("ready", "being_checked", "refused")
GROUPS: Final = ("government", "employers", "workers")


ALLOWED: Final = (
    "What the caller may do now. In a list, what the status allows; one request names only what has its object: "
    "a text that stands, a specialist who has it, a result that is asked for."
)
TO_SIGNERS: Final = "Whether the letter goes to the organizations that signed, too."


class RequestLine(serializers.Serializer[Any]):
    """A request in a list. What the caller may not see is null."""

    reference = serializers.CharField()
    sight = serializers.ChoiceField(SIGHTS, help_text="How much of it the caller sees.")
    status = serializers.ChoiceField(STATUSES, allow_null=True)
    kind = serializers.ChoiceField(KINDS_OF_HELP, allow_null=True)
    country = serializers.CharField(allow_null=True, help_text="ISO 3166-1 alpha-2.")
    group = serializers.ChoiceField(GROUPS, allow_null=True, help_text="The group of the organization that asks.")
    organization = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    language = serializers.CharField(allow_null=True, help_text="Of the letters.")
    created_at = serializers.DateTimeField(allow_null=True)
    saved_at = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text="Grows with each step that the caller sees.")
    allowed_actions = serializers.ListField(child=serializers.CharField(), help_text=ALLOWED)


class WholeRequest(RequestLine):
    """A request with its sections."""

    sections = Sections()


class RequestPage(serializers.Serializer[Any]):
    """A page of requests."""

    results = RequestLine(many=True)
    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")


class NewRequest(Strict):
    """What makes a draft."""

    kind = Code(KINDS_OF_HELP)
    country = serializers.RegexField(r"^[A-Z]{2}$", help_text="ISO 3166-1 alpha-2 of a member State.")
    title = Text(required=False, allow_blank=True, default="", max_length=120)
    organization = serializers.UUIDField(
        required=False, help_text="With a session of somebody who writes for several; a key has its own."
    )
    because_of = serializers.RegexField(
        r"^[a-z]{1,20}-[0-9a-z]{1,24}$", required=False, help_text="The supervisory item from which it starts."
    )


class Send(Strict):
    """The declaration (P5)."""

    declared = Truth(help_text="That the organization has decided to ask, and what is said is true to its knowledge.")


class Answer(Strict):
    """An answer to the letter that waits for one: a text, or answers to the questions that it opened, or both."""

    letter = serializers.UUIDField()
    text = Text(required=False, allow_blank=True, default="", max_length=LETTER_LIMIT)
    answers = Sections(required=False, default=dict)


class Written(Strict):
    """A text that the act needs."""

    text = Text(max_length=LETTER_LIMIT)


class MaybeWritten(Strict):
    """A text that may be empty."""

    text = Text(required=False, allow_blank=True, default="", max_length=LETTER_LIMIT)


class Decision(Written):
    """The letter of a decision."""

    to_signers = Truth(required=False, default=False, help_text=TO_SIGNERS)


class MaybeDecision(MaybeWritten):
    """The letter of a decision, which may be empty unless it goes to the organizations that signed, too."""

    to_signers = Truth(required=False, default=False, help_text=TO_SIGNERS)


class Asked(Strict):
    """A letter to the requester, and the ids of the questions that it opens."""

    text = Text(max_length=LETTER_LIMIT)
    to_signers = Truth(required=False, default=False, help_text=TO_SIGNERS)
    questions = serializers.ListField(child=Text(max_length=4), required=False, default=list, max_length=60)


class Assigned(Strict):
    """A specialist, and why it is another than the first of the list; the reason is kept as a note."""

    specialist = serializers.UUIDField(help_text="From the list of specialists for this request.")
    text = Text(required=False, allow_blank=True, default="", max_length=LETTER_LIMIT)


class ToPublish(Strict):
    """A text of its own on the assistance, without names."""

    text = Text(max_length=TEXT_LIMIT)


class Agreed(Strict):
    """The text to which the requester agrees, word by word."""

    publication = serializers.UUIDField(help_text="The id of the text that was read.")


class Nothing(Strict):
    """An empty object."""


class Link(Strict):
    """A supervisory item and what it is to the request."""

    item = serializers.RegexField(r"^[a-z]{1,20}-[0-9a-z]{1,24}$")
    kind = Code(LINK_KINDS)


class LinkLine(serializers.Serializer[Any]):
    """A link of a request to a supervisory item."""

    id = serializers.UUIDField()
    item = serializers.CharField()
    kind = serializers.ChoiceField(LINK_KINDS)


class LinkList(serializers.Serializer[Any]):
    """The links of a request."""

    results = LinkLine(many=True)


class Letter(serializers.Serializer[Any]):
    """A letter. The requester reads units, not officers’ names."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(LETTER_KINDS)
    from_office = serializers.BooleanField()
    language = serializers.CharField()
    text = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField(), help_text="The ids of the questions it opens.")
    answers = serializers.UUIDField(allow_null=True, help_text="The letter that it answers.")
    also_to = serializers.ListField(child=serializers.CharField(), help_text="The signers to whom it went, too.")
    sent_at = serializers.DateTimeField()


class LetterPage(serializers.Serializer[Any]):
    """A page of letters, oldest first."""

    results = Letter(many=True)
    next = serializers.URLField(allow_null=True)


class Event(serializers.Serializer[Any]):
    """A step in the life of a request."""

    id = serializers.UUIDField()
    action = serializers.CharField()
    word = serializers.CharField(help_text="In the language of the call.")
    status = serializers.ChoiceField(STATUSES, help_text="The status after it.")
    version = serializers.IntegerField()
    at = serializers.DateTimeField()


class EventPage(serializers.Serializer[Any]):
    """A page of events, oldest first."""

    results = Event(many=True)
    next = serializers.URLField(allow_null=True)


class Finding(serializers.Serializer[Any]):
    """What a rule found. It helps; it neither scores nor rejects."""

    rule = serializers.CharField()
    version = serializers.IntegerField()
    level = serializers.ChoiceField(LEVELS_OF_FINDINGS)
    sentence = serializers.CharField()
    ask = serializers.CharField(allow_blank=True)
    source = serializers.CharField(help_text="The document and the place in it.")  # type: ignore[assignment]
    question = serializers.CharField(allow_blank=True)
    section = serializers.CharField(allow_blank=True)


class Findings(serializers.Serializer[Any]):
    """What the rules find, the most pressing first."""

    examined_at = serializers.DateTimeField(allow_null=True, help_text="Null where the rules looked just now.")
    results = Finding(many=True)


class Preview(Strict):
    """A request as it would be sent; nothing of it is stored."""

    kind = Code(KINDS_OF_HELP)
    country = serializers.RegexField(r"^[A-Z]{2}$")
    group = Code(GROUPS, required=False, help_text="That of the key’s organization, unless named.")
    sections = Sections(required=False, default=dict)


class Document(serializers.Serializer[Any]):
    """A document of a request."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    state = serializers.ChoiceField(DOCUMENT_STATES)
    added_at = serializers.DateTimeField()


class DocumentList(serializers.Serializer[Any]):
    """The documents of a request, oldest first."""

    results = Document(many=True)


class Upload(Sent):
    """One file."""

    file = serializers.FileField()


class Rule(serializers.Serializer[Any]):
    """A rule with its source."""

    id = serializers.CharField()
    version = serializers.IntegerField()
    since = serializers.DateField()
    level = serializers.ChoiceField(LEVELS_OF_FINDINGS)
    source = serializers.CharField()  # type: ignore[assignment]
    question = serializers.CharField(allow_blank=True)
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Empty: every kind of help.")
    sentences = serializers.DictField(child=serializers.CharField())


class Rules(serializers.Serializer[Any]):
    """All rules."""

    results = Rule(many=True)
