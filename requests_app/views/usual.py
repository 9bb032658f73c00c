"""How long it usually takes, for the status page: from the quarterly figures, or nothing."""

from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from requests_app import states
from requests_app.models import Request, Snapshot
from requests_app.snapshot import days

# What is waited for in a status, by its name among the figures. Of other statuses nothing is measured.
WAITED_FOR: Final = {states.SENT: "first_reply", states.IN_EXAMINATION: "decision"}


@dataclass(frozen=True)
class UsualTime:
    """Calendar days from sending within which half and nine of ten were served; `late`: these have passed."""

    what: str
    half: int
    nine_of_ten: int
    late: bool


def usual_time(request: Request) -> UsualTime | None:
    """The usual time of what `request` waits for; None where there is too little to tell. One query at most."""
    what = WAITED_FOR.get(request.status)
    if what is None or request.sent_at is None:
        return None
    snapshot = Snapshot.objects.order_by("-quarter").first()
    told = snapshot.figures["times"].get(what) if snapshot else None
    if not told:
        return None
    late = days(request.sent_at, timezone.now()) > told["nine_of_ten"]
    return UsualTime(what, told["half"], told["nine_of_ten"], late)
