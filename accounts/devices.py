"""Where somebody is signed in: two words for a device, the list of the own sessions, and ending them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.clock import DEVICE_KEY, OWN_DEVICE_KEY, SEEN_KEY, STARTED_KEY, UID_KEY, is_over, limits_for
from accounts.models import Session, User

# The first that stands in what a browser calls itself; the order matters: Edge and Opera call themselves Chrome too.
BROWSERS: tuple[tuple[str, str], ...] = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: tuple[tuple[str, str], ...] = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignIn:
    """One session as its owner reads it."""

    uid: str
    device: str
    started: datetime
    seen: datetime
    own_device: bool
    current: bool


def device_of(agent: str) -> str:
    """ "Firefox/Windows": the two names that are kept of what a browser calls itself, empty where unknown."""
    return f"{_first(agent, BROWSERS)}/{_first(agent, SYSTEMS)}"


def words_of(device: str) -> str:
    """The two names as a reader reads them."""
    browser, _slash, system = device.partition("/")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def sign_ins(user: User, *, current: str | None) -> list[SignIn]:
    """The sessions of `user` that still count, the last seen first; `current` is the key of the one that asks."""
    now, found = timezone.now(), []
    for row in Session.objects.filter(user_id=user.pk, expire_date__gt=now):
        data = row.get_decoded()
        started, own_device = data.get(STARTED_KEY), data.get(OWN_DEVICE_KEY, False)
        if started is None:
            continue  # signed in, and never seen since
        seen = data.get(SEEN_KEY, started)
        limits = limits_for(officer=user.is_staff, own_device=own_device)
        if is_over(limits, started=started, seen=seen, now=int(now.timestamp())):
            continue
        found.append(
            SignIn(
                uid=data.get(UID_KEY, ""),
                device=words_of(data.get(DEVICE_KEY, "")),
                started=datetime.fromtimestamp(started, UTC),
                seen=datetime.fromtimestamp(seen, UTC),
                own_device=own_device,
                current=row.session_key == current,
            )
        )
    return sorted(found, key=lambda one: one.seen, reverse=True)


def end(user: User, uid: str) -> None:
    """Ends the own session of this random id, from its next click on."""
    for row in Session.objects.filter(user_id=user.pk):
        if uid and row.get_decoded().get(UID_KEY) == uid:
            row.delete()


def end_others(user: User, *, current: str | None) -> None:
    """Ends all own sessions but the one that asks."""
    Session.objects.filter(user_id=user.pk).exclude(session_key=current or "").delete()


def forget() -> int:
    """Deletes the sessions whose time is over; how many."""
    return Session.objects.filter(expire_date__lte=timezone.now()).delete()[0]


def _first(agent: str, names: Iterable[tuple[str, str]]) -> str:
    return next((name for sign, name in names if sign in agent), "")
