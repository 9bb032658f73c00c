"""Answering a letter of the Office: the letter, the questions that it opened, and a text."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.languages import switching
from base.text import clean_text
from requests_app import permissions
from requests_app.catalogue import places
from requests_app.facts import filing_date
from requests_app.forms.answer_form import AnswerForm
from requests_app.forms.remarks import remarks
from requests_app.models import Letter, Part, Request
from requests_app.refusals import Incomplete, Refused
from requests_app.services import filing
from requests_app.views.found import person, readable, signed_in
from requests_app.views.section import part_of
from requests_app.views.words import words_context


@dataclass(frozen=True)
class Opened:
    """A section of which the letter opened questions, and their form."""

    part: Part
    form: AnswerForm


def opened(found: Request, letter: Letter, data: QueryDict | None) -> list[Opened]:
    """The questions that the letter opened, by section, with what is stored or what was typed."""
    known = places(found.kind)
    asked = [known[question] for question in letter.questions if question in known]
    sections = dict.fromkeys(place.section for place in asked)
    forms = []
    for model in sections:
        part = part_of(found, model.slug)
        questions = [place.question for place in asked if place.section is model]
        words = remarks(part, found.country_id, filing_date(found))
        forms.append(Opened(part, AnswerForm(part, questions, data, remarks=words, prefix=model.slug)))
    return forms


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer(http: HttpRequest, reference: str, letter: uuid.UUID) -> HttpResponse:
    """Show the letter, send the answer. A letter answered or closed meanwhile says so and keeps the text."""
    found = readable(http, reference)
    asked = found.letters.filter(uid=letter, from_office=True).first()
    if asked is None or "answer" not in found.sight.actions:
        raise Http404
    if http.method != "POST":
        return _page(http, found, asked, opened(found, asked, None))
    parts, text, error = opened(found, asked, http.POST), clean_text(http.POST.get("text", "")), ""
    if not switching(http) and not any(part.form.problems() for part in parts):
        outcomes = [(type(part.part), part.form.outcome()) for part in parts]
        changes = {model: (outcome.answers, outcome.raw) for model, outcome in outcomes}
        try:
            filing.answer(found, asked, text, changes, by=person(http))
        except Incomplete as refused:
            error = refused.sentence if text else _("Write your answer, or change one of the answers above it")
        except Refused as refused:
            if text and found.letters.filter(answers=asked, author=person(http), text=text).exists():
                return redirect("requests:detail", reference)  # a second click
            messages.error(http, refused.sentence)
            found = readable(http, reference)
        else:
            messages.success(http, _("Your answer has been sent."))
            return redirect("requests:detail", reference)
    return _page(http, found, asked, parts, text, error)


def _page(
    http: HttpRequest, found: Request, asked: Letter, parts: Sequence[Opened], text: str = "", error: str = ""
) -> HttpResponse:
    words = words_context(text, error)
    context = {
        "filed": found,
        "letter": asked,
        "parts": parts,
        "is_open": "answer" in permissions.available(found) and filing.open_question(found) == asked,
        **words,
        "problems": [problem for part in parts for problem in part.form.problems()] + words["problems"],
    }
    return render(http, "requests/answer.html", context)
