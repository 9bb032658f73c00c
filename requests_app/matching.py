"""Which specialist for which request: a ranked list in which every place says why it is there (R091–R093).

Pure: no database, no clock, no score. The order is that of `_order`, one ground after the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Duty, Specialist
from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, SEMINAR, VISIT
from requests_app.models.sections.seminar import LANGUAGES
from requests_app.rules.facts import EMPLOYERS, WORKERS

FREE: Final = "free"
BUSY: Final = "busy"
FULL: Final = "full"
LOADS: Final[dict[str, Promise]] = {
    FREE: gettext_lazy("Free"),
    BUSY: gettext_lazy("Busy"),
    FULL: gettext_lazy("Full"),
}
HELPS: Final = "helps"
DOUBT: Final = "doubt"
AGAINST: Final = "against"

# What each kind of help needs first (000, types of assistance; 003, network of specialists). An opinion and "not
# sure" point to no duty of their own.
BY_KIND: Final = {
    SEMINAR: Duty.MEETINGS,
    DRAFT_LAW: Duty.DRAFT_LAWS,
    DIRECT_CONTACTS: Duty.PROBLEMS_RAISED,
    VISIT: Duty.MEETINGS,
}
# A team's specialist for one group is not shown the requests of the other.
FOR_GROUP: Final = {EMPLOYERS: Specialist.Kind.WORKERS, WORKERS: Specialist.Kind.EMPLOYERS}


@dataclass(frozen=True)
class Claim:
    """A row that says that a station serves the country. Confidence: high, medium, low."""

    station: str
    primary: bool
    confidence: str


@dataclass(frozen=True)
class Need:
    """What a request asks for. `languages`: that of letters first; `commented`: a supervisory body has commented."""

    kind: str
    group: str
    region: str
    languages: tuple[str, ...]
    commented: bool = False
    not_ratified: bool = False
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A specialist. `station` is empty at headquarters; `load` and `absent` are facts for Branch officers only."""

    key: str
    name: str
    place: str
    station: str
    region: str
    kind: str
    duties: frozenset[str]
    languages: tuple[str, ...]
    load: str = FREE
    absent_until: str = ""


@dataclass(frozen=True)
class Reason:
    """One ground: a sentence, and whether it helps, leaves doubt, or speaks against."""

    look: str
    sentence: str


@dataclass(frozen=True)
class Place:
    """A place in the list."""

    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def load_word(self) -> Promise:
        """Free, busy or full."""
        return LOADS[self.candidate.load]


def load_of(requests: int, busy_at: int, full_at: int) -> str:
    """The word for a number of open requests, which nobody is shown."""
    return FULL if requests >= full_at else BUSY if requests >= busy_at else FREE


def rank(need: Need, candidates: Iterable[Candidate]) -> tuple[Place, ...]:
    """Everybody who could take it, the likeliest first, each with the reasons of the place."""
    fit = [one for one in candidates if FOR_GROUP.get(need.group) != one.kind]
    return tuple(Place(one, reasons(need, one)) for one in sorted(fit, key=lambda one: _order(need, one)))


def duties_of(need: Need) -> tuple[Duty, ...]:
    """The duties that the request calls for, that of its kind of help first."""
    wanted = [BY_KIND[need.kind]] if need.kind in BY_KIND else []
    if need.commented:
        wanted.append(Duty.PROBLEMS_RAISED)
    if need.not_ratified:
        wanted.append(Duty.NEW_RATIFICATIONS)
    return tuple(dict.fromkeys(wanted))


def reasons(need: Need, one: Candidate) -> tuple[Reason, ...]:
    """Why this specialist stands where he stands: place, duty, language, and whether there is room."""
    found = [_where(need, one), *_what(need, one), *_tongue(need, one)]
    if one.kind != Specialist.Kind.STANDARDS:
        words = {"kind": Specialist.Kind(one.kind).label}
        found.append(Reason(DOUBT, _("Is the team's specialist in: %(kind)s.") % words))
    if one.load != FREE:
        found.append(Reason(AGAINST if one.load == FULL else DOUBT, f"{LOADS[one.load]}."))
    if one.absent_until:
        found.append(Reason(AGAINST, _("Absent until %(day)s.") % {"day": one.absent_until}))
    return tuple(found)


def _order(need: Need, one: Candidate) -> tuple[object, ...]:
    """Who is there before who is absent; then kind of specialist, place, duty, language, room; then the name."""
    wanted = duties_of(need)
    return (
        bool(one.absent_until),
        one.kind != Specialist.Kind.STANDARDS,
        _distance(need, one),
        -sum(duty in one.duties for duty in wanted),
        sum(language not in one.languages for language in need.languages),
        (FREE, BUSY, FULL).index(one.load),
        one.place,
        one.name,
        one.key,
    )


def _distance(need: Need, one: Candidate) -> int:
    """0 the station of the country, 1 another that is named for it, 2 same region, 3 headquarters, 4 elsewhere.

    Where no station is named, headquarters serves the country and comes first.
    """
    if claim := _claim(need, one):
        return 0 if claim.primary else 1
    if not one.station:
        return 3 if need.claims else 0
    return 2 if one.region == need.region else 4


def _claim(need: Need, one: Candidate) -> Claim | None:
    return next((claim for claim in need.claims if one.station and claim.station == one.station), None)


def _where(need: Need, one: Candidate) -> Reason:
    claim = _claim(need, one)
    disputed = len(need.claims) > 1
    words = {"place": one.place}
    if claim and claim.primary and disputed:
        return Reason(DOUBT, _("%(place)s serves the country; another station is named for it too.") % words)
    if claim and not claim.primary:
        return Reason(DOUBT, _("%(place)s is named for the country too, but not first.") % words)
    if claim and claim.confidence == "low":
        return Reason(DOUBT, _("%(place)s probably serves the country; this is not certain.") % words)
    if claim and claim.confidence == "medium":
        return Reason(
            HELPS, _("%(place)s serves the country; this follows from the source without being said.") % words
        )
    if claim:
        return Reason(HELPS, _("%(place)s serves the country.") % words)
    if not one.station:
        here = _("No station is named for the country: headquarters serves it.")
        return Reason(DOUBT, _("Is at headquarters.")) if need.claims else Reason(HELPS, here)
    if one.region == need.region:
        return Reason(DOUBT, _("%(place)s serves other countries of the region.") % words)
    return Reason(AGAINST, _("%(place)s is in another region.") % words)


def _what(need: Need, one: Candidate) -> list[Reason]:
    wanted = duties_of(need)
    if not wanted:
        return [Reason(DOUBT, _("The kind of help points to no duty in particular."))]
    has, lacks = _("Does what is needed: %(duty)s."), _("Does not usually do: %(duty)s.")
    return [
        Reason(HELPS if duty in one.duties else AGAINST, (has if duty in one.duties else lacks) % {"duty": duty.label})
        for duty in wanted
    ]


def _tongue(need: Need, one: Candidate) -> list[Reason]:
    spoken = [code for code in need.languages if code in one.languages]
    missing = [code for code in need.languages if code not in one.languages]
    found = []
    if spoken:
        found.append(Reason(HELPS, _("Works in: %(languages)s.") % {"languages": _named(spoken)}))
    if missing:
        found.append(Reason(AGAINST, _("Does not work in: %(languages)s.") % {"languages": _named(missing)}))
    return found


def _named(codes: Iterable[str]) -> str:
    words = dict(LANGUAGES)
    return ", ".join(str(words.get(code, code)) for code in codes)
