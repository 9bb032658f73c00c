"""Adding documents to a request, taking them out of a draft, and erasing them.

A file lies in the store before its row is written, so no row is ever without its bytes; a file without a row is
deleted by the sweep. Bytes are deleted after the commit of the change that no longer needs them.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from base import store
from base.filekinds import kind_of
from base.text import one_line
from base.uploads import Received
from requests_app import permissions
from requests_app.kinds import DRAFT_LAW
from requests_app.models import Document, Request
from requests_app.models import examination as causes
from requests_app.models.document import ERASED, KEPT, MOST, NAME_LIMIT
from requests_app.refusals import Incomplete
from requests_app.services import cosigning, examination, notices
from requests_app.services.transition import apply, lock

FIELD: Final = "file"
ORPHAN_AGE: Final = timedelta(days=1)

EMPTY: Final = gettext_lazy("Choose another file: this one is empty")
WRONG_KIND: Final = gettext_lazy(
    "Save it as PDF and add it again: this kind of file cannot be read. PDF, Word, ODT, JPEG and PNG can."
)
LONG_NAME: Final = gettext_lazy("Give the file a shorter name, of up to %(limit)s characters, then add it again")
TOO_MANY: Final = gettext_lazy("Send further documents by post or e-mail: a request can hold %(most)s, and it has them")
LINE_BROKE: Final = gettext_lazy("Add the file again: the line broke. Nothing else was lost.")
ON_RECORD: Final = gettext_lazy("A document of a request that was sent stays on record.")


@transaction.atomic
def add_document(request: Request, received: Received, *, by: User) -> Document:
    """Add a file that lies in the store; the same file under the same name is there once, however often it is sent.

    Who edits a draft adds to it, without an event; to what was sent, writers add in every open state, and the Branch
    is told. The caller keeps the bytes only when this returns a document with their name in the store.
    Raises NotPermitted, NotNow, or Incomplete with the sentence on what is wrong with the file.
    """
    request = lock(request, by=by)
    permissions.check(request, "edit" if request.is_draft else "add_document")
    name = one_line(received.name)
    if len(name) > NAME_LIMIT:
        raise Incomplete(LONG_NAME % {"limit": NAME_LIMIT}, [FIELD])
    if not received.size:
        raise Incomplete(EMPTY, [FIELD])
    kind = kind_of(name, store.path_of(received.stored))
    if kind is None:
        raise Incomplete(WRONG_KIND, [FIELD])
    there = [document for document in request.documents_there if document.state == KEPT]
    for document in there:
        if (document.name, document.sha256) == (name, received.sha256):
            return document
    if len(there) >= MOST:
        raise Incomplete(TOO_MANY % {"most": MOST}, [FIELD])
    document = Document.objects.create(
        request=request,
        name=name,
        kind=kind.slug,
        size=received.size,
        sha256=received.sha256,
        stored=received.stored,
        author=by,
        at=timezone.now(),
    )
    _follow(request, by)
    return document


def _follow(request: Request, by: User) -> None:
    """What a new document of a locked request leads to."""
    del request.documents_there
    if request.is_draft:
        Request.objects.filter(pk=request.pk).update(saved_at=timezone.now())
        return
    examine_documents(request)
    event = apply(request, "add_document", by=by, fields=["documents"])
    notices.tell("document", request, notices.branch(request), event)


def examine_documents(request: Request) -> None:
    """Make the findings anew where a document answers a question. The caller saves the request."""
    if request.kind == DRAFT_LAW and request.is_open:
        examination.store(request, causes.CHANGED)


@transaction.atomic
def remove_document(document: Document, *, by: User) -> None:
    """Take a document out of a draft, with its bytes; one that is gone is no error.

    Raises NotPermitted, and NotNow once the request was sent: from then on nothing of it is deleted.
    """
    request = lock(document.request, by=by)
    permissions.check_removal(request, "edit", ON_RECORD)
    drop(request.documents.filter(pk=document.pk))
    cosigning.follow_change(request, by=by)
    Request.objects.filter(pk=request.pk).update(saved_at=timezone.now())


def drop(documents: Iterable[Document]) -> None:
    """Delete rows, and their bytes after the commit. Inside the transaction that deletes them from a draft."""
    for document in documents:
        document.delete()
        forget_bytes(document)


@transaction.atomic
def erase_documents(request: Request) -> int:
    """Blank the names and digests of all documents of a request and delete their bytes; how many there were.

    For the erasure of a request: the rows stay, as the record does.
    """
    Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    erased = list(request.documents.exclude(state=ERASED))
    for document in erased:
        document.state, document.name, document.sha256 = ERASED, "", ""
        document.save(update_fields=["state", "name", "sha256"])
        forget_bytes(document)
    return len(erased)


def forget_bytes(document: Document) -> None:
    """Delete the bytes once the change is committed; what a crash leaves behind, the sweep deletes."""
    transaction.on_commit(lambda: store.remove(document.stored))


def sweep_files() -> int:
    """Delete files older than a day that no document holds (any more); how many."""
    names = list(store.older_than(timezone.now() - ORPHAN_AGE))
    gone = 0
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        held = set(Document.objects.kept().filter(stored__in=some).values_list("stored", flat=True))
        for name in set(some) - held:
            store.remove(name)
            gone += 1
    return gone


def why_not_received(*, too_big: str, broken: bool, failed: bool, full: bool, limit: str) -> str:
    """The sentence on a file that did not come whole; empty when none was chosen."""
    if full:
        return TOO_MANY % {"most": MOST}
    if too_big:
        return _("Send a smaller copy, or post it: this file is %(size)s, the limit is %(limit)s") % {
            "size": too_big,
            "limit": limit,
        }
    if failed:
        return _("Add the file again later: the portal cannot store it at present. Nothing else was lost.")
    if broken:
        return str(LINE_BROKE)
    return _("Choose a file, then add it")
