"""Documents of a request: the list, one file a call, handing one out, taking one out of a draft."""

import json
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.defaultfilters import filesizeformat
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.authentication import KeyAuthentication
from api.description import described
from api.etags import check_match, lasting
from api.problems import Problem, Wrong
from api.views import Resource
from base.attachments import attachment
from base.filekinds import KINDS
from base.uploads import OneFile, Received
from requests_app import permissions
from requests_app.api import shapes
from requests_app.api.found import looked_at, person, readable, visible
from requests_app.api.representation import moment
from requests_app.models import Document, Request
from requests_app.models.document import KEPT, LIMIT, MOST
from requests_app.reading import readable_documents
from requests_app.services import documents as service

# As what a document is handed out; by the first, which none is, programs that make clients know a file.
FILES: Final = ("application/octet-stream", *(kind.media_type for kind in KINDS.values()))


class Documents(Resource):
    """The documents of a request. Its view reads the body itself, once it knows who sends it."""

    parser_classes = (MultiPartParser,)

    def get_authenticators(self) -> list[Any]:
        """Files come with a key alone: the check of a browser's token would read the whole body first."""
        files = self.request is not None and self.request.method == "POST"
        return [KeyAuthentication()] if files else super().get_authenticators()

    @described("list_documents", gives=shapes.DocumentList)
    def get(self, call: Call, reference: str) -> Response:
        """Read what is there, the oldest first."""
        found = readable(call, reference)
        looked_at(call, found)
        return Response({"results": [line(document) for document in readable_documents(found)]})

    @described("add_document", takes={"multipart/form-data": shapes.Upload}, gives=shapes.Document, status=201)
    def post(self, call: Call, reference: str) -> Any:
        """Add one file, up to 10 MB: PDF, Word, ODT, JPEG or PNG. The same file under the same name is there once."""
        found = visible(call, reference)
        action = "edit" if found.is_draft else "add_document"
        permissions.check(found, action)
        upload = OneFile(service.FIELD, LIMIT)
        call._request.upload_handlers = [upload]
        try:
            received = self.received(call, upload, found)
            content = json.dumps([received.name, received.size, received.sha256])
            return self.once(lambda: self.add(call, found, upload, received), about=reference, content=content)
        finally:
            upload.discard()

    def received(self, call: Call, upload: OneFile, found: Request) -> Received:
        """The file, in the store. Problem for one that did not come whole."""
        broken = False
        try:
            call.data  # noqa: B018 - reads the body
        except (MultiPartParserError, UnreadablePostError, ParseError):
            broken = True
        if upload.received is None:
            full = sum(document.state == KEPT for document in found.documents_there) >= MOST
            sentence = service.why_not_received(
                too_big=filesizeformat(upload.too_big) if upload.too_big else "",
                broken=broken or upload.broken,
                failed=upload.failed,
                full=full,
                limit=filesizeformat(LIMIT),
            )
            if upload.too_big:
                raise Problem("too-large", sentence)
            if broken or upload.broken:
                raise Problem("malformed", sentence)
            raise Problem("invalid", errors=[Wrong(service.FIELD, "missing", sentence)])
        return upload.received

    def add(self, call: Call, found: Request, upload: OneFile, received: Received) -> Response:
        """The document of this call."""
        try:
            document = service.add_document(found, received, by=person(call))
        except Request.DoesNotExist:
            raise Http404 from None
        if document.stored == received.stored:
            upload.keep()
        return Response(line(document), status=201)


class WhateverItIs(DefaultContentNegotiation):
    """A file is handed out as what it is, whatever the caller accepts; refusals stay JSON."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """JSON, for the refusals."""
        return renderers[0], renderers[0].media_type


class OneDocument(Resource):
    """One document."""

    content_negotiation_class = WhateverItIs

    @described("read_document", gives=OpenApiTypes.BINARY, media=FILES, refuses=[409])
    def get(self, call: Call, reference: str, document: UUID) -> HttpResponseBase:
        """Its bytes, as an attachment. One that is being checked for viruses is not handed out yet (409)."""
        found = readable(call, reference)
        row = _there(found, document)
        if not row.can_be_read:
            raise Problem("not-now")
        looked_at(call, found)
        answer = attachment(row.path, row.name, row.media_type)
        answer.headers["ETag"] = lasting(row.uid)
        return answer

    @described("remove_document", status=204)
    def delete(self, call: Call, reference: str, document: UUID) -> Response:
        """Take it out of a draft; what was sent stays. A document never changes: its ETag is its id in quotes."""
        found = readable(call, reference)
        row = _there(found, document)
        check_match(call, lasting(row.uid), needed=True)
        service.remove_document(row, by=person(call))
        return Response(status=204)


def _there(found: Request, document: UUID) -> Document:
    row = next((row for row in readable_documents(found) if row.uid == document), None)
    if row is None:
        raise Http404
    return row


def line(document: Document) -> dict[str, Any]:
    """A document as JSON."""
    state = "refused" if document.is_refused else "being_checked" if document.is_being_checked else "ready"
    return {
        "id": str(document.uid),
        "name": document.name,
        "media_type": document.media_type,
        "size": document.size,
        "sha256": document.sha256,
        "state": state,
        "added_at": moment(document.at),
    }
