"""The form of a section, made from its questions. It refuses nothing but what cannot be understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from base.form_fields import AnswerField, SomeField
from requests_app.models import Answered
from requests_app.models.question import Question, Wording

CHOICES = ("one", "some")


@dataclass(frozen=True)
class Choice:
    """One radio button or tick box; `remark` stands beside it, `explained` below."""

    id: str
    code: str
    label: Wording
    chosen: bool
    remark: Wording = ""


@dataclass(frozen=True)
class Control:
    """One control as the template writes it. `template` is the file that draws it."""

    name: str
    kind: str
    label: Wording
    typed: Any
    limit: int
    choices: tuple[Choice, ...]
    errors: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def template(self) -> str:
        return f"requests/controls/{self.kind}.html"

    @property
    def described_by(self) -> str:
        """The ids of error and hint texts, for assistive technology."""
        return f"err_{self.name}" if self.errors else ""


@dataclass(frozen=True)
class Asked:
    """A question as the template writes it. `is_group`: several controls or choices under one legend."""

    question: Question
    controls: tuple[Control, ...]

    @property
    def is_group(self) -> bool:
        return len(self.controls) > 1 or self.controls[0].kind in CHOICES

    @property
    def errors(self) -> tuple[str, ...]:
        return tuple(error for control in self.controls for error in control.errors)


@dataclass(frozen=True)
class Problem:
    """A line of the error summary: its sentence and the control to which it leads."""

    sentence: str
    anchor: str


@dataclass
class Outcome:
    """What was typed, divided: answers that can be stored, and by field name what could not be understood."""

    answers: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)


class AnswerForm(forms.Form):
    """Controls for `questions` of `part`. Without `data` it shows what is stored, errors of unfinished work included.

    `remarks` are words beside a choice, by field name and code; `initial` fills a section that was never saved;
    `prefix` keeps the controls of several sections on one page apart.
    """

    data: MultiValueDict[str, Any]

    def __init__(
        self,
        part: Answered,
        questions: Iterable[Question],
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        remarks: Mapping[str, Mapping[str, Wording]] | None = None,
        prefix: str | None = None,
    ) -> None:
        self.part, self.questions, self.remarks, self.prefix = part, tuple(questions), remarks or {}, prefix
        self.names = [name for question in self.questions for name in question.fields]
        super().__init__(data if data is not None else self._stored(initial or {}), prefix=prefix)
        for question in self.questions:
            for name in question.fields:
                self.fields[name] = part.answer(name).answer_field(question.errors)

    def outcome(self) -> Outcome:
        """Divide what was typed. A text control that is not in the data at all was not shown and stays as it is."""
        self.full_clean()
        outcome = Outcome()
        for name in self.names:
            if self.add_prefix(name) not in self.data and self._field(name).control not in CHOICES:
                continue
            if name not in self.errors:
                outcome.answers[name] = self.cleaned_data[name]
            elif self.part.answer(name).keeps_typed_text:
                outcome.raw[name] = self._typed(name)
        return outcome

    def asked(self) -> list[Asked]:
        """The questions for the template."""
        return [Asked(q, tuple(self._control(q, name) for name in q.fields)) for q in self.questions]

    def problems(self) -> list[Problem]:
        """The error summary, in the order of the page."""
        return [
            Problem(error, control.choices[0].id if control.choices else control.id)
            for asked in self.asked()
            for control in asked.controls
            for error in control.errors
        ]

    def _field(self, name: str) -> AnswerField:
        found = self.fields[name]
        assert isinstance(found, AnswerField)  # noqa: S101 - made by answer_field
        return found

    def _typed(self, name: str) -> Any:
        many = isinstance(self._field(name), SomeField)
        key = self.add_prefix(name)
        return self.data.getlist(key) if many else self.data.get(key, "")

    def _stored(self, initial: Mapping[str, Any]) -> MultiValueDict[str, Any]:
        data: MultiValueDict[str, Any] = MultiValueDict()
        for name in self.names:
            answer = self.part.answer(name)
            held = initial.get(name, answer.read(self.part))
            typed = self.part.raw[name] if name in self.part.raw else answer.to_form(held)
            data.setlist(self.add_prefix(name), typed if isinstance(typed, list) else [typed])
        return data

    def _control(self, question: Question, name: str) -> Control:
        shape, typed = self._field(name), self._typed(name)
        chosen = set(typed) if isinstance(typed, list) else {typed}
        remarks = self.remarks.get(name, {})
        return Control(
            name=self.add_prefix(name),
            kind=shape.control,
            label=question.labels.get(name, question.wording),
            typed=typed,
            limit=getattr(shape, "limit", 0),
            choices=tuple(
                Choice(f"id_{self.add_prefix(name)}_{number}", code, label, code in chosen, remarks.get(code, ""))
                for number, (code, label) in enumerate(getattr(shape, "options", ()))
            ),
            errors=tuple(str(error) for error in self.errors.get(name, ())),
        )
