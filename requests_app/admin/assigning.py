"""What the page "Assign a specialist" shows. Only an officer of the Branch comes here."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from requests_app import providers
from requests_app.kinds import SEMINAR
from requests_app.models import Request

# Other providers (R094, R095): the officer writes to them, the portal does not.
TURIN: Final = _(
    "International Training Centre in Turin: standards for judges, lawyers and teachers of law; reporting; freedom of "
    "association; maritime labour."
)
OTHERS: Final = (
    _("Headquarters: the Branch itself, or another technical unit for its own subject."),
    _("Experts from outside the ILO, with proven knowledge of standards, tripartism and the role of both sides."),
)


def specialists(request: Request, officer: User) -> dict[str, Any]:
    """The ranked list, who has the request now, what the team lacks, and who else could do it."""
    return {
        "places": providers.ranked(request, by=officer),
        "assigned": providers.assigned(request),
        "lacking": providers.lacking(request),
        "turin": TURIN,
        "turin_first": request.kind == SEMINAR,
        "courses": providers.courses(request),
        "other_providers": OTHERS,
    }
