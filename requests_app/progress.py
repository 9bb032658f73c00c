"""How far a draft has come: the words of the task list and what still keeps it from being sent."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.models import Part, Request
from requests_app.models.question import Question
from requests_app.models.sections.base import left_open, missing_to_send
from requests_app.models.sections.registry import GROUPS, group_sections
from requests_app.rules.facts import Facts

NOT_STARTED: Final = "not_started"
IN_PROGRESS: Final = "in_progress"
COMPLETE: Final = "complete"
PROBLEM: Final = "problem"

WORDS: Final = {
    NOT_STARTED: _("Not started"),
    IN_PROGRESS: _("In progress"),
    COMPLETE: _("Complete"),
    PROBLEM: _("There is a problem"),
}
LOOKS: Final = {NOT_STARTED: "warn", IN_PROGRESS: "", COMPLETE: "none", PROBLEM: "bad"}


@dataclass(frozen=True)
class Task:
    """A row of the task list."""

    part: Part
    status: str
    open: tuple[Question, ...]

    @property
    def word(self) -> Promise:
        return WORDS[self.status]

    @property
    def look(self) -> str:
        """The class of its tag."""
        return LOOKS[self.status]


@dataclass(frozen=True)
class TaskGroup:
    """A heading of the task list with its rows."""

    title: Promise
    tasks: tuple[Task, ...]


def task(part: Part, facts: Facts) -> Task:
    """How far one section has come: what cannot be understood is a problem, whatever else is there."""
    still_open = tuple(left_open(part, facts.kind, facts.unasked))
    if part.raw:
        status = PROBLEM
    elif not still_open:
        status = COMPLETE
    else:
        started = any(value not in ("", None, []) for value in part.answers().values())
        status = IN_PROGRESS if started else NOT_STARTED
    return Task(part, status, still_open)


def task_list(request: Request, facts: Facts) -> list[TaskGroup]:
    """The task list of a draft; the request itself (kind, country, title) is its first row."""
    groups = []
    for number, group in enumerate(GROUPS):
        parts: list[Part] = [request] if number == 0 else []
        parts += [request.section(model) for model in group_sections(group, request.kind)]
        groups.append(TaskGroup(group.title, tuple(task(part, facts) for part in parts)))
    return groups


@dataclass(frozen=True)
class Needed:
    """A question without which the request cannot be sent, and where it stands."""

    part: Part
    question: Question


def still_needed(request: Request) -> list[Needed]:
    """What is missing of the answers that sending needs; the declaration is asked for with the sending itself."""
    return [Needed(part, question) for part in request.answered() for question in missing_to_send(part)]
