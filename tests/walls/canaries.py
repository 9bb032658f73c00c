"""A request in whose every field stands a word that stands nowhere else, and its life through the pages."""

import secrets
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from requests_app import states
from requests_app.models import People, Request, Result, Situation
from requests_app.models.fields import Email, Line, Link, Range, Telephone, Text
from requests_app.models.sections.base import Section
from requests_app.models.sections.registry import ALL_SECTIONS
from requests_app.services import filing
from requests_app.tasks import follow_up_results
from tests import factories as make
from tests.documents.files import a_pdf
from tests.walls.told import a_word

# Fields without which nothing is sent: their words stand inside an answer that is valid.
VALID = {(People, "may_know"): "others"}


class Canaries:
    """Every word with the place where it was put."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def new(self, place: str) -> str:
        """A new word for a place."""
        self.words[place] = a_word()
        return self.words[place]

    def digits(self, place: str) -> str:
        """A telephone number."""
        self.words[place] = str(secrets.randbelow(9 * 10**11) + 10**11)
        return "+" + self.words[place]

    def found_in(self, text: str, *, allowed: tuple[str, ...] = ()) -> set[str]:
        """The places whose words stand in a text, also where the text is written as part of an address."""
        written = text + quote(text) if "%" in text else text
        return {place for place, word in self.words.items() if word in written and not place.startswith(allowed)}


def a_union_with_canaries(words: Canaries, union: str) -> User:
    """A writer of the union; name, function, telephone and address of the account are words."""
    words.words["organization.name"] = union.split()[-1]
    email = f"{words.new('member.email')}@example.org"
    person = make.a_member(name=union, email=email)
    User.objects.filter(pk=person.pk).update(
        name=words.new("member.name"),
        function=words.new("member.function"),
        telephone=words.digits("member.telephone"),
    )
    return User.objects.get(pk=person.pk)


def fill(draft: Request, words: Canaries, *, by: User, said: str) -> None:
    """Every field of every section: a text holds its word; where no text fits, the word stands as what was typed."""
    for model in ALL_SECTIONS:
        answers: dict[str, Any] = {}
        raw: dict[str, Any] = {}
        for name in model.answer_names():
            fill_one(model, name, words, f"{said}.{model.slug}.{name}", answers, raw)
        filing.save_answers(draft.section(model), answers, raw, by=by)


def fill_one(
    model: type[Section], name: str, words: Canaries, place: str, answers: dict[str, Any], raw: dict[str, Any]
) -> None:
    """One field."""
    field = model.answer(name)
    if (model, name) in VALID:
        answers[name] = VALID[model, name]
    elif isinstance(field, Telephone):
        answers[name] = words.digits(place)
    elif isinstance(field, Email):
        answers[name] = f"{words.new(place)}@example.org"
    elif isinstance(field, Link):
        answers[name] = f"https://example.org/{words.new(place)}"
    elif isinstance(field, Text):
        answers[name] = f"What is written here is the word {words.new(place)}."
    elif isinstance(field, Line) and not isinstance(field, Range):
        answers[name] = words.new(place)
    else:
        raw[name] = words.new(place)


def a_draft_with_canaries(words: Canaries, *, by: User, union: Client, said: str, reference: str) -> Request:
    """A draft of every kind at once (the last is a seminar), with this reference; a part is typed on its page."""
    draft = make.a_draft(by=by, title=words.new(f"{said}.title"), filled=False)
    draft.reference = reference
    draft.save(update_fields=["reference"])
    draft = make.seen_by(by, draft)
    page = reverse("requests:section", args=[draft.reference, Situation.slug])
    union.post(page, {"happening": f"Three unions wait for registration, {words.new(f'{said}.typed')}."})
    draft = make.seen_by(by, draft)
    fill(draft, words, by=by, said=said)
    return make.seen_by(by, draft)


def add_document(request: Request, words: Canaries, *, union: Client, said: str) -> None:
    """A document through its page; its name and its content hold words."""
    file = SimpleUploadedFile(f"{words.new(f'{said}.document.name')}.pdf", a_pdf(words.new(f"{said}.document.content")))
    answer = union.post(reverse("requests:documents", args=[request.reference]), {"file": file})
    assert answer.status_code == 302 and request.documents.exists()


def live(request: Request, words: Canaries, *, union: Client, desk: Client) -> None:
    """Through its whole life up to the result, and a text to publish that is agreed to. Texts hold words."""
    ref = request.reference
    union.post(reverse("requests:check", args=[ref]), {"declared": "yes"})
    act(desk, ref, "take")
    act(desk, ref, "note", text=words.new("note"))
    act(desk, ref, "ask", text=words.new("letter.question"), question=["Q1"])
    letter = request.letters.get(from_office=True)
    answer = {
        "text": words.new("letter.answer"),
        "situation-happening": f"It is still so: {words.new('answered')}, alas.",
    }
    union.post(reverse("requests:answer", args=[ref, letter.uid]), answer)
    union.post(reverse("requests:letters", args=[ref]), {"text": words.new("letter.letter")})
    act(desk, ref, "accept", text=words.new("letter.decision"))
    act(desk, ref, "prepare")
    act(desk, ref, "give", text=words.new("letter.given"))
    act(desk, ref, "ask_to_publish", text=words.new("publication"))
    held = request.publications.get()
    union.post(reverse("requests:publishing", args=[ref]), {"text": held.uid, "decision": "consent"})
    held.refresh_from_db()
    assert held.state == "agreed"
    later(request)
    union.post(reverse("requests:result", args=[ref]), {"changed": "better", "text": words.new("result")})
    request.refresh_from_db()
    assert request.status == states.GIVEN and request.result.text
    assert request.letters.count() == 5


def later(request: Request) -> None:
    """Half a year passes, and the clock asks what has changed."""
    Result.objects.filter(request=request).update(ask_at=timezone.now())
    assert follow_up_results() == 1


def act(desk: Client, reference: str, action: str, **typed: Any) -> None:
    """One action at the desk."""
    answer = desk.post(reverse("admin:requests_request_act", args=[reference, action]), typed)
    assert answer.status_code == 302, (action, answer.status_code)
