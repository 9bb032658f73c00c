"""Who sees what of a request, and who may do what: one table, from which every query and every button follows.

A *relation* is what a person is to a request. `requests` says, from the person's standing, which requests stand in it.
A person in several relations to a request sees the union of the rows; without any, the request does not exist.
The words of each row, and the rows whose storage comes later, are printed in docs/access.md, made from this table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership
from accounts.standing import Standing
from requests_app.models.cosignature import CoSignature, CoSignatureQuerySet
from requests_app.models.routing import FULL, INFORMED, DraftShare, Routing
from requests_app.states import DRAFT, OPEN, WITHDRAWN

NO: Final = 0
READ: Final = 1
WRITE: Final = 3  # holds READ as a bit, so that the union of two rows is the larger of them

DRAFTING: Final = frozenset({"edit", "share", "delete", "send", "invite"})
WRITER_ACTIONS: Final = frozenset(
    {"answer", "write", "add_document", "withdraw", "result", "invite", "consent", "refuse"}
)
BRANCH_ACTIONS: Final = frozenset(
    {"take", "ask", "accept", "decline", "no_means", "prepare", "give", "close", "reopen"}
    | {"assign", "unassign", "note", "link", "unlink", "ask_to_publish", "publish", "take_off"}
)


@dataclass(frozen=True)
class Sight:
    """What a person sees of one request and may do with it."""

    existence: bool = False  # it shows in lists, search and counts, and its address answers
    line: bool = False  # of a draft: reference, author, last saved
    invitation: bool = False  # inviting organization, country, kind, title: of a request that one is asked to sign
    # What one's organization signed, with the documents that are shared with it and the letters addressed to it too.
    snapshot: bool = False
    summary: bool = False  # reference, country, kind, group, public status, date sent
    full: bool = False  # organization, title, all answers, findings, history
    sensitive: bool = False  # Q12, M6, contacts
    letters: int = NO
    documents: int = NO
    notes: bool = False  # internal notes, override reasons
    actions: frozenset[str] = frozenset()

    def __or__(self, other: "Sight") -> "Sight":
        return Sight(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(Sight)))


def _full(**more: object) -> Sight:
    return Sight(existence=True, summary=True, full=True, sensitive=True, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Source:
    """Where requests of several relations are found: a plain condition for which there is an index.

    A list asks one source after the other, since a database finds no order and no index behind an *or*.
    """

    name: str
    holds: Callable[[Standing], Q]


OWN: Final = Source("own", lambda who: Q(organization__in=who.reader_of))
TO_SIGN: Final = Source(
    "to_sign",
    lambda who: Q(pk__in=CoSignature.objects.current().filter(organization__in=who.writer_of).values("request")),
)
ROUTED: Final = Source(
    "routed", lambda who: Q(pk__in=Routing.objects.current().filter(unit__in=who.unit_ids).values("request"))
)
BY_NAME: Final = Source("by_name", lambda who: Q(officer=who.user_id))
SHOWN: Final = Source("shown", lambda who: Q(shown_to_office_at__isnull=False))
SOURCES: Final = (OWN, ROUTED, TO_SIGN, BY_NAME, SHOWN)


@dataclass(frozen=True)
class Relation:
    """One row: its name, what it is in words, which requests stand in it, and what that lets a person see and do."""

    name: str
    words: str
    source: Source
    requests: Callable[[Standing], Q | None]
    sight: Sight
    at_desk: bool = True  # whether it counts at the officers' desk


_DRAFT = Q(status=DRAFT)
_SENT = ~Q(status=DRAFT)


def _shared(who: Standing) -> Q | None:
    if not who.reader_of:
        return None
    shares = DraftShare.objects.current().filter(request=OuterRef("pk"), user=who.user_id)
    return _DRAFT & Q(organization__in=who.reader_of) & Q(Exists(shares))


def _shared_to_edit(who: Standing) -> Q | None:
    if not who.writer_of:
        return None
    shares = DraftShare.objects.current().filter(request=OuterRef("pk"), user=who.user_id, may_edit=True)
    return _DRAFT & Q(organization__in=who.writer_of) & Q(Exists(shares))


def _routed(level: str, *kinds: str) -> Callable[[Standing], Q | None]:
    def requests(who: Standing) -> Q | None:
        if not who.unit_kinds & set(kinds):
            return None
        rows = Routing.objects.current().filter(
            request=OuterRef("pk"), unit__in=who.unit_ids, unit__kind__in=kinds, level=level
        )
        return _SENT & Q(Exists(rows))

    return requests


def _author(who: Standing) -> Q | None:
    return _DRAFT & Q(author=who.user_id, organization__in=who.writer_of) if who.writer_of else None


def _administrator(who: Standing) -> Q | None:
    return _DRAFT & Q(organization__in=who.administrator_of) if who.administrator_of else None


def _abandoned(who: Standing) -> Q | None:
    if not who.administrator_of:
        return None
    belongs = Membership.objects.current().filter(
        organization=OuterRef("organization"), user=OuterRef("author"), user__is_active=True
    )
    return _DRAFT & Q(organization__in=who.administrator_of) & ~Q(Exists(belongs))


def _office_may_look(who: Standing) -> Q | None:
    return _DRAFT & Q(shown_to_office_at__isnull=False) if who.is_branch else None


def _writer(who: Standing) -> Q | None:
    return _SENT & Q(organization__in=who.writer_of) if who.writer_of else None


def _reader(who: Standing) -> Q | None:
    return _SENT & Q(organization__in=who.reader_of) if who.reader_of else None


def _assigned(who: Standing) -> Q | None:
    return _SENT & Q(officer=who.user_id) if who.is_officer else None


def _co_signing(who: Standing, rows: CoSignatureQuerySet) -> Q:
    return Q(Exists(rows.filter(request=OuterRef("pk"), organization__in=who.writer_of)))


def _co_invited(who: Standing) -> Q | None:
    if not who.writer_of:
        return None
    return Q(status__in=[DRAFT, *sorted(OPEN)]) & _co_signing(who, CoSignature.objects.waiting(who.at))


def _co_signed(who: Standing) -> Q | None:
    if not who.writer_of:
        return None
    return ~Q(status=WITHDRAWN) & _co_signing(who, CoSignature.objects.signed())


RELATIONS: Final = (
    Relation(
        "draft_author",
        "Draft: its author, while a writer or administrator of the organization",
        OWN,
        _author,
        _full(letters=WRITE, documents=WRITE, actions=DRAFTING),
    ),
    Relation(
        "draft_shared_to_edit",
        "Draft: a colleague with whom it is shared to edit, while a writer or administrator of the organization",
        OWN,
        _shared_to_edit,
        _full(letters=WRITE, documents=WRITE, actions=DRAFTING),
    ),
    Relation(
        "draft_shared",
        "Draft: a colleague with whom it is shared",
        OWN,
        _shared,
        _full(letters=READ, documents=READ),
    ),
    Relation(
        "draft_administrator",
        "Draft: an administrator of the organization",
        OWN,
        _administrator,
        Sight(existence=True, line=True),
    ),
    Relation(
        "draft_abandoned",
        "Draft: an administrator of the organization, once its author has left",
        OWN,
        _abandoned,
        Sight(existence=True, line=True, actions=frozenset({"take_over"})),
    ),
    Relation(
        "draft_shown_to_office",
        "Draft opened with “Let an officer look”: a Branch officer, until taken back",
        SHOWN,
        _office_may_look,
        _full(documents=READ),
    ),
    Relation(
        "sent_writer",
        "Sent: a writer or administrator of the filing organization",
        OWN,
        _writer,
        _full(letters=WRITE, documents=WRITE, actions=WRITER_ACTIONS),
    ),
    Relation(
        "sent_reader",
        "Sent: a reader of the filing organization",
        OWN,
        _reader,
        _full(letters=READ, documents=READ),
    ),
    Relation(
        "co_invited",
        "Organization invited to co-sign, for 30 days: its writers and administrators",
        TO_SIGN,
        _co_invited,
        Sight(existence=True, invitation=True, actions=frozenset({"sign", "decline_to_sign"})),
        at_desk=False,
    ),
    Relation(
        "co_signed",
        "Organization that signed: its writers and administrators",
        TO_SIGN,
        _co_signed,
        Sight(
            existence=True,
            invitation=True,
            summary=True,
            snapshot=True,
            actions=frozenset({"withdraw_signature"}),
        ),
        at_desk=False,
    ),
    Relation(
        "branch",
        "An officer of the Freedom of Association Branch",
        ROUTED,
        _routed(FULL, "branch"),
        _full(letters=WRITE, documents=WRITE, notes=True, actions=BRANCH_ACTIONS),
    ),
    Relation(
        "bureau",
        "An officer of a Bureau to which it is routed in full "
        "(ACTRAV: workers and governments; ACT/EMP: employers and governments)",
        ROUTED,
        _routed(FULL, "actrav", "actemp"),
        _full(letters=READ, documents=READ, notes=True, actions=frozenset({"note"})),
    ),
    Relation(
        "bureau_informed",
        "An officer of a Bureau that is informed "
        "(ACTRAV: employers' requests; ACT/EMP: workers' requests in which employers take part)",
        ROUTED,
        _routed(INFORMED, "actrav", "actemp"),
        Sight(existence=True, summary=True),
    ),
    Relation(
        "specialist",
        "A specialist of the routed station",
        ROUTED,
        _routed(FULL, "station"),
        _full(letters=READ, documents=READ, notes=True, actions=frozenset({"note"})),
    ),
    Relation(
        "assigned",
        "An officer to whom it is assigned by name, from any unit",
        BY_NAME,
        _assigned,
        _full(letters=WRITE, documents=WRITE, notes=True, actions=frozenset({"note"})),
    ),
)


class Probe(Exists):
    """Looked up for each row that is found: in a list of 25 PostgreSQL would rather work it out for every request."""

    template = "EXISTS(%(subquery)s OFFSET 0)"


def probing(condition: Q) -> Q:
    """The same condition, with probes for what it looks up."""
    found = Q(_connector=condition.connector, _negated=condition.negated)
    children: list[Any] = [
        probing(child) if isinstance(child, Q) else Probe(child.query) if isinstance(child, Exists) else child
        for child in condition.children
    ]
    found.children = children
    return found


def relations_of(who: Standing) -> dict[str, Q]:
    """The condition of each relation in which `who` can stand to requests."""
    found = {relation.name: relation.requests(who) for relation in RELATIONS}
    return {name: condition for name, condition in found.items() if condition is not None}


def counting(names: Iterable[str], *, full: bool = False, told: bool = False, desk: bool = False) -> list[str]:
    """Those of these relations that count: with `full` if they read, with `told` if they read the summary at least,
    with `desk` if they hold at the officers' desk."""
    held = set(names)
    return [
        row.name
        for row in RELATIONS
        if row.name in held
        and (row.sight.full or not full)
        and (row.sight.summary or row.sight.full or not told)
        and (row.at_desk or not desk)
    ]


def readable(who: Standing) -> Q:
    """The condition under which `who` may read a request in full; never true for who reads none."""
    conditions = relations_of(who)
    return reduce(or_, (conditions[name] for name in counting(conditions, full=True)), Q(pk__in=[]))


def sight_of(names: Iterable[str]) -> Sight:
    """The union of the rows called `names`."""
    sight, held = Sight(), set(names)
    for relation in RELATIONS:
        if relation.name in held:
            sight |= relation.sight
    return sight


def sources_of(names: Iterable[str]) -> dict[Source, list[str]]:
    """Where the requests of these relations are found, with the relations of each source; the fullest first."""
    held = [relation for relation in RELATIONS if relation.name in set(names)]
    found = {source: [relation.name for relation in held if relation.source is source] for source in SOURCES}
    return {source: relations for source, relations in found.items() if relations}
