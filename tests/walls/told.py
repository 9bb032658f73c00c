"""Requests whose every readable part holds a word of its own, so that a page tells which parts it shows."""

import secrets
from dataclasses import dataclass
from typing import Any

from accounts.models import Organization, User
from requests_app import states
from requests_app.models import People, PoliticalWill, Request, Seminar, Situation
from requests_app.services import filing, triage
from tests import factories as make
from tests.documents.files import a_document, a_pdf

# The parts of a request, in the words of the law's table.
TITLE, ORGANIZATION, ANSWER, SENSITIVE, CONTACT, DOCUMENT, LETTER, NOTE = (
    "title",
    "organization",
    "answers",
    "Q12",
    "contacts",
    "documents",
    "letters",
    "notes",
)
PARTS = (TITLE, ORGANIZATION, ANSWER, SENSITIVE, CONTACT, DOCUMENT, LETTER, NOTE)


def a_word() -> str:
    """A word that stands nowhere else."""
    return "w" + secrets.token_hex(8)


@dataclass(frozen=True)
class Told:
    """A request and the word that each of its parts holds."""

    request: Request
    words: dict[str, str]

    def parts_in(self, text: str) -> set[str]:
        """Which parts stand in a text."""
        return {part for part, word in self.words.items() if word in text}


def own_words(organization: Organization, words: dict[str, str]) -> dict[type, dict[str, Any]]:
    """Answers that hold the words."""
    words[ORGANIZATION] = organization.name.split()[-1]
    return {
        Situation: {"happening": f"Registration of three unions was refused: {words[ANSWER]}."},
        PoliticalWill: {"objections": words[SENSITIVE]},
        People: {"email": "ada@example.org", "second_name": words[CONTACT], "may_know": "only_office"},
    }


def tell_draft(by: User, kind: str = "seminar", country: str = "CM", **sections: dict[str, Any]) -> Told:
    """A draft of `by`; `sections` (seminar, people) replace single answers."""
    words = {part: a_word() for part in PARTS}
    answers = own_words(make.organization_of(by), words)
    for model in (Seminar, People):
        if model in answers or model.__name__.lower() in sections:
            answers[model] = {**answers.get(model, {}), **sections.get(model.__name__.lower(), {})}
    draft = make.a_draft(kind, by=by, title=words[TITLE], country=country, answers=answers, filled=False)
    a_document(draft, by, f"{words[DOCUMENT]}.pdf", a_pdf(words[DOCUMENT]))
    del words[LETTER], words[NOTE]
    return Told(draft, words)


def tell(by: User, kind: str = "seminar", country: str = "CM", **sections: dict[str, Any]) -> Told:
    """A request of `by` that has a note and a letter, and waits for the requester's answer."""
    return sent_on(tell_draft(by, kind, country, **sections), by)


def sent_on(told: Told, by: User, *, both: bool = False) -> Told:
    """The draft once `by` has sent it and the Office has asked; `both`: asked the organizations that signed too."""
    told.words.update({LETTER: a_word(), NOTE: a_word()})
    officer = make.an_officer(email="taker@example.org")
    filing.send(told.request, by=by, declared=True)
    triage.take(told.request, by=officer)
    triage.note(told.request, told.words[NOTE], by=officer)
    triage.ask(told.request, told.words[LETTER], ["Q1"], by=officer, both=both)
    request = Request.objects.get(pk=told.request.pk)
    assert request.status == states.QUESTION_OUT
    return Told(request, told.words)
