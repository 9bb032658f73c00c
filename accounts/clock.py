"""How long a session lasts, and under which names its own data says since when, and where."""

from dataclasses import dataclass

OWN_DEVICE_KEY = "own_device"
STARTED_KEY = "clock_started"
SEEN_KEY = "clock_seen"
DEVICE_KEY = "device"
UID_KEY = "uid"  # by which its owner names it; the key itself never leaves the cookie

MINUTE, HOUR, DAY = 60, 3600, 86_400
WRITE_EVERY = MINUTE  # the session is one row; it is not written at every click


@dataclass(frozen=True)
class Limits:
    """How long a session lasts, in seconds: without a click, and altogether."""

    idle: int
    absolute: int


# How long a session lasts.
CONSTITUENT = Limits(idle=2 * HOUR, absolute=12 * HOUR)
OWN_DEVICE = Limits(idle=14 * DAY, absolute=14 * DAY)
OFFICER = Limits(idle=30 * MINUTE, absolute=12 * HOUR)


def limits_for(*, officer: bool, own_device: bool) -> Limits:
    """An officer's clock is the same on every device."""
    if officer:
        return OFFICER
    return OWN_DEVICE if own_device else CONSTITUENT


def is_over(limits: Limits, *, started: int, seen: int, now: int) -> bool:
    """Whether a session that began at `started` and was last used at `seen` has ended (seconds since the epoch)."""
    return now - seen > limits.idle or now - started > limits.absolute
