"""What the systems of the filing organization are told of its requests: the steps of the timeline, by type.

Only who files is told; whoever signs with it is not. What no requester reads (notes, assignments, links) is no event
here. The version is the one that the API shows its requester after this step.
"""

from typing import Final
from uuid import UUID

from requests_app import states
from requests_app.models import Event, Request
from requests_app.models.record import CO_SIGNED, CO_VOIDED, CO_WITHDRAWN, RESULT_ASKED
from webhooks import knowing
from webhooks.queueing import owe

# Action → type. The keys are those of the timeline.
TYPES: Final = {
    "send": "request.sent",
    "take": "request.taken",
    "ask": "request.question",
    "answer": "request.answered",
    "accept": "request.accepted",
    "decline": "request.declined",
    "no_means": "request.no_means",
    "prepare": "request.in_preparation",
    "give": "request.given",
    RESULT_ASKED: "request.result_asked",
    "result": "request.result",
    "close": "request.closed",
    "reopen": "request.reopened",
    "withdraw": "request.withdrawn",
    "write": "request.letter",
    "add_document": "request.document",
    CO_SIGNED: "request.co_signed",
    CO_WITHDRAWN: "request.co_withdrawn",
    CO_VOIDED: "request.co_voided",
    "ask_to_publish": "request.publication_asked",
    "consent": "request.publication_agreed",
    "refuse": "request.publication_refused",
    "publish": "request.published",
    "take_off": "request.taken_off",
}


def owe_event(request: Request, event: Event) -> None:
    """Owe the filing organization's addresses this event, in its transaction. One query where there is no address."""
    if event.action in TYPES:
        owe(
            request.organization_id,
            TYPES[event.action],
            reference=request.reference,
            version=event.version,
            event=event.uid,
            at=event.at,
        )


def files(organization: UUID, reference: str) -> bool:
    """Whether the organization is still the one that files this request, and has sent it."""
    found = Request.objects.filter(reference=reference, organization=organization)
    return bool(found.exclude(status=states.DRAFT).exists())


knowing.register(files)
