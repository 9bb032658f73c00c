"""Documents of a request: the list, adding one file a form, removing from a draft, handing one out."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.languages import sent_on
from base.attachments import attachment
from base.filekinds import ENDINGS
from base.languages import switching
from base.uploads import OneFile, reads_its_body
from requests_app import permissions
from requests_app.forms.answer_form import AnswerForm, Problem
from requests_app.models import Document, People, Request
from requests_app.models.document import KEPT, LIMIT, MOST, minutes_on_a_slow_line
from requests_app.reading import readable_documents
from requests_app.refusals import Incomplete, Refused
from requests_app.services import documents as service
from requests_app.services import filing
from requests_app.views.found import looked_at, person, readable, signed_in

ANCHOR = "id_file"
BROKE = "upload_broke"  # in the session: of which request the line broke while a file came
OTHER_WAY = tuple(question for question in People.questions if question.id == "P4")


@signed_in
@reads_its_body  # `_posted` checks the form's token
@require_http_methods(["GET", "HEAD", "POST"])
def documents(http: HttpRequest, reference: str) -> HttpResponse:
    """List the documents; add one, take one out of a draft, or say by which other way more will come.

    Asked to switch the language, show that answer again; a file was not sent, and a browser cannot be given one back.
    """
    found = readable(http, reference)
    looked_at(http, found)
    if http.method != "POST":
        _tell_what_broke(http, found)
        return _page(http, found)
    with _receiving(http, take=_may_add(found) and _left(found) > 0) as upload:
        try:
            return _posted(http, found, upload)
        except (MultiPartParserError, UnreadablePostError):
            return _not_come(http, found, upload, broken=True)


@csrf_protect
def _posted(http: HttpRequest, found: Request, upload: OneFile) -> HttpResponse:
    if switching(http):
        return sent_on(http) or _page(http, found, typed=http.POST)
    try:
        if uid := http.POST.get("remove"):
            _remove(http, found, uid)
        elif "other_way" in http.POST:
            form = AnswerForm(found.section(People), OTHER_WAY, http.POST)
            filing.save_answers(found.section(People), form.outcome().answers, {}, by=person(http))
            messages.success(http, _("Your answer is saved."))
        elif not _may_add(found) or upload.received:
            _add(http, found, upload)
        else:
            return _not_come(http, found, upload, broken=upload.broken)
    except Incomplete as refused:
        return _page(http, readable(http, found.reference), refused.sentence)
    except Refused as refused:
        messages.error(http, refused.sentence)
    return redirect("requests:documents", found.reference)


def _add(http: HttpRequest, found: Request, upload: OneFile) -> None:
    if upload.received is None:
        permissions.check(found, "edit" if found.is_draft else "add_document")
        return
    document = service.add_document(found, upload.received, by=person(http))
    if document.stored == upload.received.stored:
        upload.keep()
    http.session.pop(BROKE, None)
    messages.success(http, _("The document has been added."))


def _remove(http: HttpRequest, found: Request, uid: str) -> None:
    document = next((document for document in found.documents_there if str(document.uid) == uid), None)
    if document is not None:
        service.remove_document(document, by=person(http))
        messages.success(http, _("The document has been removed."))


@contextmanager
def _receiving(http: HttpRequest, *, take: bool) -> Iterator[OneFile]:
    """Whatever file comes with the form goes through this handler, and stays only if it was kept."""
    upload = OneFile(service.FIELD, LIMIT, take=take)
    http.upload_handlers = [upload]
    try:
        yield upload
    finally:
        upload.discard()


def _may_add(found: Request) -> bool:
    return ("edit" if found.is_draft else "add_document") in permissions.available(found)


def _left(found: Request) -> int:
    """How many documents can still be added."""
    return max(0, MOST - sum(document.state == KEPT for document in found.documents_there))


def _not_come(http: HttpRequest, found: Request, upload: OneFile, *, broken: bool) -> HttpResponse:
    """Say why there is no file. Where the line broke this page may not arrive, so the next look says it once more."""
    why = service.why_not_received(
        too_big=filesizeformat(upload.too_big) if upload.too_big else "",
        broken=broken,
        failed=upload.failed,
        full=not _left(found),
        limit=filesizeformat(LIMIT),
    )
    if why == service.LINE_BROKE and _may_add(found):
        http.session[BROKE] = found.reference
    return _page(http, found, why)


def _tell_what_broke(http: HttpRequest, found: Request) -> None:
    if http.session.get(BROKE) == found.reference:
        del http.session[BROKE]
        messages.error(http, service.LINE_BROKE)


def _page(http: HttpRequest, found: Request, error: str = "", typed: QueryDict | None = None) -> HttpResponse:
    people = found.section(People)
    may_add, may_edit = _may_add(found), "edit" in permissions.available(found)
    error = error if may_add else ""
    context = {
        "filed": found,
        "documents": readable_documents(found),
        "may_add": may_add,
        "may_edit": may_edit,
        "left": _left(found),
        "most": MOST,
        "limit": filesizeformat(LIMIT),
        "slow": minutes_on_a_slow_line(LIMIT),
        "accepted": ",".join(ENDINGS),
        "error": error,
        "problems": [Problem(error, ANCHOR)] if error else [],
        "other_way": AnswerForm(people, OTHER_WAY, typed).asked() if may_edit else [],
    }
    return render(http, "requests/documents.html", context)


@signed_in
@require_safe
def document(http: HttpRequest, reference: str, document: UUID) -> HttpResponseBase:
    """Hand out one document. What is still being checked leads to the list, which says so."""
    found = readable(http, reference)
    wanted = document_of(found, document)
    if wanted.is_being_checked:
        return redirect("requests:documents", reference)
    looked_at(http, found)
    return attachment(wanted.path, wanted.name, wanted.media_type)


def document_of(found: Request, uid: UUID) -> Document:
    """The document of this request that its reader may have, now or once it is checked; else the 404 of an unknown."""
    for candidate in readable_documents(found):
        if candidate.uid == uid and candidate.state == KEPT:
            return candidate
    raise Http404
