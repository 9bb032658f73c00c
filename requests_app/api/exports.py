"""The list of requests as a file."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F
from django.http import HttpResponseBase
from rest_framework.request import Request as Call

from accounts.standing import standing_of
from api.exports import Export, Rows, columns_of, described_file, in_chunks
from requests_app.api import shapes
from requests_app.api.found import changes, person
from requests_app.api.listing import FILTERS, REFERENCE, all_of, narrowed
from requests_app.api.representation import of_row
from requests_app.api.requests import QUERY
from requests_app.services.access_log import note_file

COLUMNS: Final = columns_of(shapes.RequestLine)


class RequestsFile(Export):
    """The requests of which the caller may know."""

    parameters = FILTERS
    file = "requests.csv"
    columns = COLUMNS

    @described_file("export_requests", COLUMNS, QUERY)
    def get(self, call: Call) -> HttpResponseBase:
        """Every request that the filters find, as a file. An officer's reading is recorded, request by request."""
        return super().get(call)

    def chunks(self, call: Call) -> Iterator[Rows]:
        """The rows of the list, with all its walls and filters."""
        return self.read(call, all_of(standing_of(person(call)), narrowed(call.query_params)))

    def read(self, call: Call, found: Any) -> Iterator[Rows]:
        """What was found, as JSON; recorded before it leaves."""
        may_change = changes(call)
        # For the record, not for the file.
        listed = found.annotate(row=F("pk"), asked_by=F("organization"))
        for chunk in in_chunks(listed, REFERENCE):
            shown = [of_row(row, may_change=may_change) for row in chunk]
            read = {
                row["row"]: row["asked_by"] for row, line in zip(chunk, shown, strict=True) if line["sight"] == "full"
            }
            note_file(read, person(call))
            yield shown
