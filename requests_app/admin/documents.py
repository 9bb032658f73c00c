"""Handing a document of a request to an officer who reads it in full."""

from uuid import UUID

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from base.attachments import attachment
from requests_app.admin.found import found_or_404, officer_of
from requests_app.reading import readable_documents
from requests_app.services.access_log import note_reading


@require_safe
def document(http: HttpRequest, reference: str, document: UUID, *, desk: ModelAdmin) -> HttpResponseBase:
    """The document as an attachment; 404 for one of another request, one that was refused, or is not checked yet."""
    request = found_or_404(http, reference)
    for found in readable_documents(request):
        if found.uid == document and found.can_be_read:
            note_reading(request, officer_of(http))
            return attachment(found.path, found.name, found.media_type)
    raise Http404
