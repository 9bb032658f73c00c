"""Finding a question by its id: in which section it stands and where on the page."""

from dataclasses import dataclass

from requests_app.models import Part, Request
from requests_app.models.question import Question
from requests_app.models.sections.base import shown
from requests_app.models.sections.registry import sections_of


@dataclass(frozen=True)
class Place:
    """A question and the section in which it stands."""

    section: type[Part]
    question: Question

    @property
    def anchor(self) -> str:
        """The id of its first control, or of the group that holds its choices."""
        return f"id_{self.question.fields[0]}"


def places(kind: str) -> dict[str, Place]:
    """Every question that a request of this kind can be asked, by id, in the order of the form."""
    parts: tuple[type[Part], ...] = (Request, *sections_of(kind))
    return {question.id: Place(part, question) for part in parts for question in shown(part, kind)}
