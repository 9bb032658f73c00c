"""Every question of a kind of help as it can be read before there is a request: wording, hint, limits, options.

Made from the declarations, so that it never says anything else than the form.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.labels import labelled
from requests_app.catalogue import places
from requests_app.kinds import Kind
from requests_app.models import Part
from requests_app.models.fields import (
    Amount,
    Answer,
    CountryKey,
    Day,
    Email,
    Line,
    Link,
    Month,
    Number,
    One,
    Range,
    Some,
    Telephone,
)
from requests_app.models.on_record import OnRecord
from requests_app.models.question import Question, Wording

# What the form asks beside its sections: which organization, and the declaration with the sending.
ORGANIZATION = gettext_lazy("Which organization do you write for?")
DECLARATION = gettext_lazy("I may send this for my organization and the answers are true to my knowledge")
_PLAIN: dict[type[Answer], Promise] = {
    CountryKey: gettext_lazy("One country, from a list of the member States"),
    OnRecord: gettext_lazy("The form lists the comments and cases on record for the country; choose all that apply"),
    Email: gettext_lazy("An e-mail address"),
    Telephone: gettext_lazy("A telephone number with the country code"),
    Link: gettext_lazy("A link"),
    Day: gettext_lazy("A date: day, month and year"),
    Month: gettext_lazy("Month and year"),
    Amount: gettext_lazy("An amount of money"),
}


@dataclass(frozen=True)
class Asked:
    """One box of a question: its own label where it has one, what is written into it, the choices it offers."""

    label: Wording
    how: Wording
    options: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class Printed:
    """A question with its boxes; `needed`: the request cannot be sent without it."""

    question: Question
    boxes: tuple[Asked, ...]

    @property
    def needed(self) -> bool:
        return bool(self.question.blocks)


@dataclass(frozen=True)
class Sheet:
    """A section: its heading, what it says above its questions, and the questions."""

    heading: Wording
    about: Wording
    questions: tuple[Printed, ...]


def sheets(kind: Kind) -> list[Sheet]:
    """Every section of this kind of help, in the order of the form. No query."""
    by_part: dict[type[Part], list[Question]] = {}
    for place in places(kind.slug).values():
        by_part.setdefault(place.section, []).append(place.question)
    return [
        Sheet(part.heading, part.about, tuple(_printed(part, question) for question in questions))
        for part, questions in by_part.items()
    ]


def _printed(part: type[Part], question: Question) -> Printed:
    boxes = ((question.labels.get(name, ""), part.answer(name)) for name in question.fields)
    return Printed(question, tuple(Asked(label, *_how(field)) for label, field in boxes))


def _how(field: Answer) -> tuple[Wording, tuple[Wording, ...]]:
    """What is written into a field, and its options."""
    for kind, words in _PLAIN.items():
        if isinstance(field, kind):
            return words, ()
    if isinstance(field, Some):
        most = _("Choose up to %(most)s:") % {"most": field.most} if field.most else _("Choose all that apply:")
        return most, tuple(label for _code, label in field.options)
    if isinstance(field, One):
        return _("Choose one:"), tuple(label for _code, label in field.options)
    if isinstance(field, Number):
        return _("A whole number from %(low)s to %(high)s") % {"low": field.low, "high": field.high}, ()
    if isinstance(field, Range):
        return _("A number, or a range such as 30–40"), ()
    if isinstance(field, Line):
        return _("Up to %(limit)s characters") % {"limit": field.limit}, ()
    raise TypeError(f"no words for {type(field).__name__}")


def as_text(kind: Kind) -> str:
    """The same as a plain text, for a colleague who answers in another program."""
    lines = [str(kind.label).upper(), "", str(kind.explained), "", str(ORGANIZATION)]
    for number, sheet in enumerate(sheets(kind), 1):
        lines += ["", "", f"{number}. {sheet.heading}", *([str(sheet.about)] if sheet.about else [])]
        for printed in sheet.questions:
            lines += ["", *_question_lines(printed)]
    return "\n".join([*lines, "", "", f"[ ] {DECLARATION}", ""])


def _question_lines(printed: Printed) -> Iterable[str]:
    mark = _("(needed to send)") if printed.needed else _("(optional)") if printed.question.optional else ""
    yield f"{printed.question.wording} {mark}".rstrip()
    if printed.question.hint:
        yield f"  {printed.question.hint}"
    for box in printed.boxes:
        yield f"  {labelled(box.label, box.how)}" if box.label else f"  {box.how}"
        yield from (f"    [ ] {option}" for option in box.options)
