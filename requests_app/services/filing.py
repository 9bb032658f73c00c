"""What a constituent does: make a draft, save sections, send, answer, write, withdraw."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from base.form_fields import TOO_LONG
from base.text import clean_text
from requests_app import permissions
from requests_app.models import Conventions, Event, Letter, Part, People, Request
from requests_app.models import examination as causes
from requests_app.models.exchange import ANSWER, LETTER, QUESTION
from requests_app.progress import still_needed
from requests_app.refusals import Incomplete, NotPermitted, Overtaken
from requests_app.services import cosigning, documents, examination, links, notices, routing
from requests_app.services.search import keep_words
from requests_app.services.transition import apply, lock
from supervisory.models import SupervisoryItem

LETTER_LIMIT = 8000


@transaction.atomic(savepoint=False)
def create_draft(
    *,
    by: User,
    organization: Organization,
    kind: str,
    country: str,
    title: str,
    key: uuid.UUID | None = None,
    because_of: SupervisoryItem | None = None,
) -> Request:
    """Make a draft; the same `key` of a form gives its author the draft that it made before. Raises NotPermitted.

    `because_of` is the item from which it starts: when it is about the same country, the Conventions, Q7 and Q8 are
    answered from it.
    """
    if organization.pk not in permissions.may_draft_for(by):
        raise NotPermitted(_("You do not write for this organization."))
    now = timezone.now()
    draft = Request(
        form_key=key or uuid.uuid4(),
        author=by,
        organization=organization,
        kind=kind,
        country_id=country,
        title=title,
        language=get_language() or by.language,
        created_at=now,
        saved_at=now,
    )
    if (first := _store(draft, may_be_there=key is not None)) is not draft:
        return first
    keep_words([draft])
    if because_of and because_of.country_id == country:
        write_answers(draft, Conventions, links.first_answers(because_of), {}, by=by)
    return draft


def _store(draft: Request, *, may_be_there: bool) -> Request:
    """Store a new draft; the first one of the same author and form where it is there already."""
    if not may_be_there:
        draft.save(force_insert=True)
        return draft
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        if first := Request.objects.filter(form_key=draft.form_key, author=draft.author).first():
            return first
        draft.form_key = uuid.uuid4()  # somebody else's key, forged: it neither finds his draft nor stands in the way
        draft.save(force_insert=True)
    return draft


@transaction.atomic
def save_answers(
    part: Part, answers: Mapping[str, Any], raw: Mapping[str, Any], *, by: User, version: int | None = None
) -> Part:
    """Save the answers of one section of a draft, and beside them in `raw` what could not be understood.

    `version` is the one that the writer had before him: Overtaken when somebody else saved meanwhile.
    Raises NotPermitted or NotNow.
    """
    request = lock(part if isinstance(part, Request) else part.request, by=by)
    permissions.check(request, "edit")
    return write_answers(request, type(part), answers, raw, by=by, version=version)


def write_answers(
    request: Request,
    model: type[Part],
    answers: Mapping[str, Any],
    raw: Mapping[str, Any],
    *,
    by: User,
    version: int | None = None,
) -> Part:
    """Put answers into a section of a locked request. A field is either valid or in `raw`, never both.

    Items that `by` ticked become links of the request, and those that he unticked are no links any more.
    """
    part = request.part(model)
    if version is not None and version != part.version:
        if _stands(part, answers, raw):
            return part  # a second click: what it brings is what the first one stored
        raise Overtaken(_("Somebody else saved this section meanwhile. Nothing was overwritten."))
    ticked = set(part.recorded) if isinstance(part, Conventions) else set()
    for name, value in answers.items():
        part.answer(name).write(part, value)
        part.raw.pop(name, None)
    for name, typed in raw.items():
        part.answer(name).write(part, part.answer(name).blank_value())
        part.raw[name] = typed
    now = timezone.now()
    part.version += 1
    part.saved_at = now
    part.save()
    if isinstance(part, Request):
        keep_words([part])
    if isinstance(part, Conventions):
        links.follow(request, ticked, set(part.recorded), by=by)
    if isinstance(part, People) and part.language:
        request.language = part.language  # the letters follow P1, whatever the account speaks
    Request.objects.filter(pk=request.pk).update(saved_at=now, language=request.language)
    cosigning.follow_change(request, by=by)
    return part


def _stands(part: Part, answers: Mapping[str, Any], raw: Mapping[str, Any]) -> bool:
    """Whether exactly this is stored already."""
    kept = {name: part.raw[name] for name in {*answers, *raw} if name in part.raw}
    return kept == raw and not _changed(part, answers)


def _changed(part: Part, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `answers` that differ from what is stored; an answer that could not be read differs from none."""
    return {name: value for name, value in answers.items() if name in part.raw or part.answer(name).read(part) != value}


@transaction.atomic
def show_to_office(request: Request, show: bool, *, by: User) -> None:
    """Let officers of the Branch read a draft, or take that back. Raises NotPermitted or NotNow."""
    request = lock(request, by=by)
    permissions.check(request, "share")
    request.shown_to_office_at = timezone.now() if show else None
    request.save(update_fields=["shown_to_office_at"])


@transaction.atomic
def delete_draft(request: Request, *, by: User) -> None:
    """Delete a draft with its sections and documents; what was sent stays. Raises NotPermitted or NotNow."""
    request = lock(request, by=by)
    permissions.check_removal(request, "delete")
    documents.drop(request.documents.all())
    request.delete()


@transaction.atomic
def send(request: Request, *, by: User, declared: bool) -> Request:
    """Send a draft: examine, store the findings, route, queue the notices, in one transaction.

    Sending what was sent already is no error and changes nothing: a double click sends once.
    Raises NotPermitted, NotNow, or Incomplete with the ids of the questions that are missing.
    """
    request = lock(request, by=by)
    if not request.is_draft and request.sight.full:
        return request
    permissions.check(request, "send")
    if not request.organization.is_verified:
        raise NotPermitted(
            _("The Office has not verified your organization yet. Your draft is kept; send it after the verification.")
        )
    missing = [needed.question.id for needed in still_needed(request)]
    if missing or not declared:
        raise Incomplete(_("Answer what is listed here, then send."), [*missing, *([] if declared else ["P5"])])
    request.sent_at = timezone.now()
    examination.store(request, causes.SENT)
    event = apply(request, "send", by=by, revised=True)
    routing.route(request)
    notices.tell("received", request, notices.requester(request), event)
    notices.tell("new", request, notices.units(notices.routed(request)), event)
    return request


def open_question(request: Request) -> Letter | None:
    """The letter that waits for the requester's answer, if one does."""
    return request.letters.filter(kind=QUESTION, answered_by=None).order_by("-id").first()


@transaction.atomic
def answer(
    request: Request,
    letter: Letter,
    text: str,
    changes: Mapping[type[Part], tuple[Mapping[str, Any], Mapping[str, Any]]],
    *,
    by: User,
) -> Request:
    """Answer the Office's letter: a text, and new answers to the questions that it opened, by section.

    What could not be understood is refused before anything is stored; the findings are made anew.
    Raises NotPermitted, NotNow, Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, "answer")
    waiting = open_question(request)
    if waiting is None or waiting.pk != letter.pk:
        raise Overtaken(_("This letter has been answered already. Nothing was changed."))
    new: dict[type[Part], dict[str, Any]] = {}
    for model, (answers, raw) in changes.items():
        allowed = {name for q in model.questions if q.id in letter.questions for name in q.fields}
        if raw or set(answers) - allowed:
            raise Incomplete(_("Some answers cannot be read. Correct them, then send."), sorted(raw))
        if changed := _changed(request.part(model), answers):
            new[model] = changed
    text = written(text, needed=not new)
    for model, changed in new.items():
        write_answers(request, model, changed, {}, by=by)
    fields = [f"{model.slug}.{name}" for model, changed in new.items() for name in changed]
    request.refresh_from_db(fields=["saved_at"])
    _letter(request, ANSWER, text, by, answers=letter)
    examination.store(request, causes.ANSWERED)
    event = apply(request, "answer", by=by, fields=fields, revised=True)
    notices.tell("new", request, notices.units(routing.route(request)), event)
    notices.tell("answered", request, notices.branch(request), event)
    notices.tell("answer_received", request, notices.requester(request), event)
    return request


@transaction.atomic
def write(request: Request, text: str, *, by: User, key: uuid.UUID | None = None) -> Event | None:
    """Write a letter to the Office in any open state; None when the same `key` has sent it already.

    Raises NotPermitted, NotNow, Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, "write")
    text = written(text)
    if key and (sent := Letter.objects.filter(uid=key).first()):
        if (sent.request_id, sent.author_id, sent.text) == (request.pk, by.pk, text):
            return None
        key = None
    _letter(request, LETTER, text, by, key=key)
    event = apply(request, "write", by=by)
    notices.tell("letter", request, notices.branch(request), event)
    return event


@transaction.atomic
def withdraw(request: Request, reason: str, *, by: User) -> Event:
    """Take a request back, with or without a reason. Raises NotPermitted, NotNow, Incomplete."""
    request = lock(request, by=by)
    permissions.check(request, "withdraw")
    if reason := written(reason, needed=False):
        _letter(request, LETTER, reason, by)
    cosigning.end_all(request)
    event = apply(request, "withdraw", by=by)
    notices.tell("withdrawn", request, notices.units(notices.routed(request)), event)
    return event


def written(text: str, *, needed: bool = True) -> str:
    """A letter's text, cleaned. Raises Incomplete when it is empty though needed, or too long."""
    text = clean_text(text)
    if needed and not text:
        raise Incomplete(_("Write a text"), ["text"])
    if len(text) > LETTER_LIMIT:
        raise Incomplete(TOO_LONG % {"limit": LETTER_LIMIT, "excess": len(text) - LETTER_LIMIT}, ["text"])
    return text


def _letter(
    request: Request, kind: str, text: str, by: User, *, answers: Letter | None = None, key: uuid.UUID | None = None
) -> Letter:
    return Letter.objects.create(
        uid=key or uuid.uuid4(),
        request=request,
        kind=kind,
        from_office=False,
        author=by,
        language=request.language,
        text=text,
        sent_at=timezone.now(),
        answers=answers,
    )
