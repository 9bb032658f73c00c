"""How the API says no: problem+json (RFC 9457), with a stable type, the fields, and what to do.

The table of kinds is printed for integrators (/api/problems/); an answer of no other kind leaves the API.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.refusals import Refused

MEDIA_TYPE: Final = "application/problem+json"
ADDRESS: Final = "/api/problems/"


@dataclass(frozen=True)
class Kind:
    """A kind of refusal: its name for machines, its status, what it means, and what to do about it."""

    code: str
    status: int
    title: Promise
    todo: Promise


_KINDS: Final = (
    Kind("malformed", 400, _("The call could not be read"), _("Send one JSON object in UTF-8, each name once.")),
    Kind(
        "wrong-parameter",
        400,
        _("A parameter of the address is unknown or cannot be read"),
        _("Look up the parameters of this address in the description; take a cursor from an answer, unchanged."),
    ),
    Kind(
        "idempotency-key-missing",
        400,
        _("The header Idempotency-Key is missing or cannot be used"),
        _("Send a new random key of 16 to 255 letters, digits, - or _ with each new act, and the same with a retry."),
    ),
    Kind(
        "not-authenticated",
        401,
        _("Nobody is known by this key"),
        _("Send “Authorization: Bearer” with a key that is not over. Keys are made in the account."),
    ),
    Kind("not-permitted", 403, _("You may not do this"), _("“allowed_actions” names what you may do.")),
    Kind(
        "missing-scope",
        403,
        _("This key may not do this"),
        _("Make a key with the scope that is named; what its person may not do, no key may."),
    ),
    Kind(
        "csrf-failed",
        403,
        _("The browser’s token is missing"),
        _("Send the header X-CSRFToken, or use a key instead of the session."),
    ),
    Kind(
        "not-found",
        404,
        _("There is nothing at this address"),
        _("Check the address. What you may not know of answers in the same way."),
    ),
    Kind("method-not-allowed", 405, _("This address does not know the method"), _("The header Allow names those.")),
    Kind(
        "not-acceptable",
        406,
        _("This address does not answer in that format"),
        _("Accept application/json; text/csv for an address that ends in .csv, text/xml for .xml."),
    ),
    Kind(
        "not-now",
        409,
        _("Its state does not allow this now"),
        _("Read it again: “allowed_actions” names what is possible now."),
    ),
    Kind(
        "still-running",
        409,
        _("The first call with this Idempotency-Key is still running"),
        _("Send the same call again after a few seconds; nothing is done twice."),
    ),
    Kind(
        "changed-meanwhile",
        412,
        _("It was changed since you read it"),
        _("Read it again, apply your change to what it is now, and send that with the new ETag."),
    ),
    Kind("too-large", 413, _("The call is too large"), _("Send less at once; the limits stand in the description.")),
    Kind(
        "unsupported-media-type",
        415,
        _("This media type cannot be read here"),
        _("Send application/json; a document as multipart/form-data."),
    ),
    Kind("invalid", 422, _("Some of what was sent cannot be accepted"), _("Correct the fields that are named.")),
    Kind(
        "incomplete",
        422,
        _("Something is missing that this act needs"),
        _("Give what is named, then send again. Findings never keep a request from being sent."),
    ),
    Kind(
        "idempotency-key-reused",
        422,
        _("This Idempotency-Key belongs to another call"),
        _("Use a new key for a new act; a retry repeats method, address and content."),
    ),
    Kind(
        "if-match-missing",
        428,
        _("The header If-Match is missing"),
        _("Read first, and send the ETag of what you read as If-Match."),
    ),
    Kind("too-many", 429, _("Too many calls"), _("Wait as many seconds as the header Retry-After says.")),
    Kind("server-error", 500, _("The portal failed"), _("Send the same call again later; name the request_id to us.")),
)
KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in _KINDS}
BY_STATUS: Final[Mapping[int, Kind]] = {kind.status: kind for kind in reversed(_KINDS)}  # the first of each status


@dataclass(frozen=True)
class Wrong:
    """One field that cannot be accepted: its name or the id of its question, a code, and a sentence."""

    field: str
    code: str
    detail: str


@dataclass
class Problem(Exception):
    """A refusal. `detail` is a sentence about this very call; `more` are headers of the answer."""

    code: str
    detail: str = ""
    errors: Sequence[Wrong] = ()
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """Its row of the table."""
        return KINDS[self.code]


# How the refusals of services are told: filled by the apps above, whose services raise them.
REFUSALS: dict[type[Refused], str] = {}


def told_as(refused: Refused) -> Problem:
    """The problem that a service's refusal is."""
    code = next((REFUSALS[cls] for cls in type(refused).__mro__ if cls in REFUSALS), "invalid")
    missing = getattr(refused, "missing", ())
    return Problem(code, refused.sentence, [Wrong(name, "missing", refused.sentence) for name in missing])


def body_of(problem: Problem, request_id: str = "") -> dict[str, Any]:
    """The JSON of a problem in the active language."""
    kind = problem.kind
    return {
        "type": f"{settings.PORTAL_URL}{ADDRESS}{kind.code}/",
        "code": kind.code,
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(problem.detail or kind.title),
        "todo": str(kind.todo),
        "errors": [{"field": wrong.field, "code": wrong.code, "detail": wrong.detail} for wrong in problem.errors],
        "request_id": request_id,
    }


def answer(problem: Problem, request_id: str = "") -> JsonResponse:
    """The whole answer, for what is refused before any view of the API."""
    return JsonResponse(
        body_of(problem, request_id), status=problem.kind.status, content_type=MEDIA_TYPE, headers=dict(problem.more)
    )
