"""What every section is: a small model with a one-to-one to the request, and the questions declared beside it."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db import models

from requests_app.models.fields import Answer
from requests_app.models.question import Question, Wording


class Answered(models.Model):
    """Answers to questions, and beside them (`raw`, by field name) what was typed but cannot be understood.

    A field is either valid or in `raw`, never both.
    """

    slug: ClassVar[str]
    heading: ClassVar[Wording]
    about: ClassVar[Wording] = ""
    questions: ClassVar[tuple[Question, ...]] = ()

    raw = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def answer(cls, name: str) -> Answer:
        """The field called `name`."""
        return cast(Answer, cls._meta.get_field(name))

    def answer_field(self, name: str, errors: Mapping[str, Wording]) -> forms.Field:
        """The form field that parses what was typed into `name`; a section may know more about it than the field."""
        return self.answer(name).answer_field(errors)

    @classmethod
    def answer_names(cls) -> list[str]:
        """Every field that a question of this section fills, in order."""
        return [name for question in cls.questions for name in question.fields]

    def answered_beside(self, question: Question) -> bool:
        """Whether something beside the fields answers `question`, such as a document that was added."""
        return False

    def answers(self) -> dict[str, Any]:
        """The answers by field name."""
        return {name: self.answer(name).read(self) for name in self.answer_names()}


class Section(Answered):
    """A section of a request. Its row is made at the first save; a missing row and an empty one read alike."""

    request = models.OneToOneField("requests.Request", models.CASCADE, related_name="%(class)s_section")
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.request)

    @classmethod
    def accessor(cls) -> str:
        """The name under which a request knows its row of this section."""
        return f"{cls._meta.model_name}_section"


def asked(section: Answered, kind: str, unasked: frozenset[str] = frozenset()) -> list[Question]:
    """The questions of `section` that count for this kind of help and these answers.

    `unasked` are ids that facts outside the section rule out, such as Q6 where every Convention is ratified.
    """
    answers = section.answers()
    return [
        question
        for question in shown(section, kind, unasked)
        if question.follows is None or question.follows.asked(answers)
    ]


def shown(section: type[Answered] | Answered, kind: str, unasked: frozenset[str] = frozenset()) -> list[Question]:
    """The questions that stand on the page of `section`; follow-ups stand there too ("If yes, …")."""
    return [q for q in section.questions if q.id not in unasked and (not q.kinds or kind in q.kinds)]


def left_open(section: Answered, kind: str, unasked: frozenset[str] = frozenset()) -> list[Question]:
    """The questions that count, are not optional and are not answered; what was not understood is not answered."""
    return [q for q in asked(section, kind, unasked) if not q.optional and not is_answered(section, q)]


def is_answered(section: Answered, question: Question) -> bool:
    """Whether the needed fields of `question` are filled (any or all of them), or it is answered beside them."""
    filled = [is_filled(section, name) for name in question.needed_fields()]
    return (any(filled) if question.any_of else all(filled)) or section.answered_beside(question)


def is_filled(section: Answered, name: str) -> bool:
    """Whether the field `name` holds an answer that can be read and is long enough."""
    field = section.answer(name)
    return name not in section.raw and field.is_filled(field.read(section))


def missing_to_send(section: Answered) -> list[Question]:
    """The questions of `section` that keep the request from being sent."""
    return [q for q in section.questions if not all(is_filled(section, name) for name in q.blocks)]
