"""What came of a delivery, in words for the people of an organization."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ERRORS: Final[dict[str, Promise]] = {
    "TimeoutError": _("no answer within five seconds"),
    "ConnectionRefusedError": _("nobody answers there"),
    "SSLCertVerificationError": _("the certificate is not one for this name"),
    "SSLError": _("no secure connection could be made"),
    "AddressRefused": _("the name leads nowhere, or into a private network"),
    "AnswerTooLong": _("the answer was too long"),
    "SecretLost": _("the secret cannot be read any more: give the address another one"),
}
_OTHER: Final = _("the connection failed")


def outcome(status: int | None, error: str) -> str | Promise:
    """What an attempt came to: the status of the answer, or what failed; empty before the first."""
    if status is not None:
        return str(status)
    return ERRORS.get(error, _OTHER) if error else ""
