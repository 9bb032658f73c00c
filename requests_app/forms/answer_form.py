"""The form of a section, made from its questions. It refuses nothing but what cannot be understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from base.form_fields import AnswerField, SomeField
from base.text import clean_text
from requests_app.help_topics import BY_QUESTION, Topic
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
    hinted: bool = False  # the hint of the question describes this control, as it is the only one

    @property
    def id(self) -> str:
        """The id of the control, or of the group that holds its choices."""
        return f"id_{self.name}"

    @property
    def template(self) -> str:
        return f"requests/controls/{self.kind}.html"

    @property
    def is_choice(self) -> bool:
        """Radio buttons or tick boxes: several inputs under one legend."""
        return self.kind in CHOICES

    @property
    def described_by(self) -> str:
        """The ids of hint, error and limit, for assistive technology."""
        told = {"hint": self.hinted, "err": self.errors, "count": self.kind == "text"}
        return " ".join(f"{word}_{self.name}" for word, is_told in told.items() if is_told)


@dataclass(frozen=True)
class Asked:
    """A question as the template writes it. `is_group`: several controls or choices under one legend."""

    question: Question
    controls: tuple[Control, ...]

    @property
    def lead(self) -> Control:
        return self.controls[0]

    @property
    def is_group(self) -> bool:
        return len(self.controls) > 1 or self.lead.is_choice

    @property
    def help(self) -> Topic | None:
        """The page of help that this question leads to."""
        return BY_QUESTION.get(self.question.id)

    def name_of(self, control: Control) -> str:
        """What `control` is called among all controls of the page."""
        own = [] if control.label == self.question.wording else [str(control.label)]
        return ", ".join([str(self.question.wording), *own])

    @property
    def described_by(self) -> str:
        """The ids of the texts that describe the group: its hint, and the error of its own choices."""
        told = {"hint": self.question.hint, "err": self.lead.errors if self.lead.is_choice else ()}
        return " ".join(f"{word}_{self.lead.name}" for word, is_told in told.items() if is_told)

    @property
    def errors(self) -> tuple[str, ...]:
        return tuple(error for control in self.controls for error in control.errors)


@dataclass(frozen=True)
class Problem:
    """A line of the error summary: its sentence and the control to which it leads.

    `about` tells two lines with the same sentence apart.
    """

    sentence: str
    anchor: str
    about: str = ""


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
        # What was never typed, or was understood when it was saved, is not found fault with at the next look.
        self.judged = set(self.names) if data is not None else set(part.raw)
        stored = self._stored(initial or {})
        super().__init__(stored if data is None else data.copy(), prefix=prefix)
        for question in self.questions:
            for name in question.fields:
                self.fields[name] = part.answer_field(name, question.errors)
                key = self.add_prefix(name)
                # A browser sends every text control that it shows; one that is missing was not shown and stays.
                if key not in self.data and self._field(name).control not in CHOICES:
                    self.data.setlist(key, stored.getlist(key))

    def outcome(self) -> Outcome:
        """Divide what was typed into what can be stored as an answer and what is kept as it was typed."""
        self.full_clean()
        outcome = Outcome()
        for name in self.names:
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
        found = [
            (asked, control, error) for asked in self.asked() for control in asked.controls for error in control.errors
        ]
        sentences = [error for _asked, _control, error in found]
        return [
            Problem(
                error,
                control.choices[0].id if control.is_choice and control.choices else control.id,
                asked.name_of(control) if sentences.count(error) > 1 else "",
            )
            for asked, control, error in found
        ]

    def _field(self, name: str) -> AnswerField:
        found = self.fields[name]
        assert isinstance(found, AnswerField)  # noqa: S101 - made by answer_field
        return found

    def _typed(self, name: str) -> Any:
        """What was typed, without the signs that no reader sees and no database stores."""
        typed = [held if not isinstance(held, str) else clean_text(held) for held in self._held(name)]
        return typed if isinstance(self._field(name), SomeField) else typed[-1] if typed else ""

    def _held(self, name: str) -> list[Any]:
        return self.data.getlist(self.add_prefix(name))

    def _stored(self, initial: Mapping[str, Any]) -> MultiValueDict[str, Any]:
        data: MultiValueDict[str, Any] = MultiValueDict()
        for name in self.names:
            answer = self.part.answer(name)
            held = initial.get(name, answer.read(self.part))
            typed = self.part.raw[name] if name in self.part.raw else answer.to_form(held)
            data.setlist(self.add_prefix(name), typed if isinstance(typed, list) else [typed])
        return data

    def _control(self, question: Question, name: str) -> Control:
        """The control for one field."""
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
            errors=tuple(str(error) for error in self.errors.get(name, ()) if name in self.judged),
            hinted=bool(question.hint) and len(question.fields) == 1,
        )
