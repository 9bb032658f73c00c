"""Who sees what of a request, and who may do what: one table, from which every query and every button follows.

A *relation* is what a person is to a request. `requests` says, from the person's standing, which requests stand in it.
A person in several relations to a request sees the union of the rows; without any, the request does not exist.
The words of each row, and the rows whose storage comes later, are printed in docs/access.md, made from this table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Final

from django.db.models import Exists, OuterRef, Q

from accounts.standing import Standing
from requests_app.models.routing import FULL, INFORMED, DraftShare, Routing
from requests_app.states import DRAFT

NO: Final = 0
READ: Final = 1
WRITE: Final = 3  # holds READ as a bit, so that the union of two rows is the larger of them

WRITER_ACTIONS: Final = frozenset({"answer", "write", "add_document", "withdraw"})
BRANCH_ACTIONS: Final = frozenset(
    {"take", "ask", "accept", "decline", "no_means", "prepare", "give", "close", "reopen"}
    | {"assign", "note", "link", "unlink"}
)


@dataclass(frozen=True)
class Sight:
    """What a person sees of one request and may do with it."""

    existence: bool = False  # it shows in lists, search and counts, and its address answers
    line: bool = False  # of a draft: reference, author, last saved
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
class Relation:
    """One row: its name, what it is in words, which requests stand in it, and what that lets a person see and do."""

    name: str
    words: str
    requests: Callable[[Standing], Q | None]
    sight: Sight


_DRAFT = Q(status=DRAFT)
_SENT = ~Q(status=DRAFT)


def _shared(may_edit: bool) -> Callable[[Standing], Q | None]:
    def requests(who: Standing) -> Q | None:
        if not who.reader_of:
            return None
        shares = DraftShare.objects.current().filter(request=OuterRef("pk"), user=who.user_id, may_edit=may_edit)
        return _DRAFT & Q(organization__in=who.reader_of) & Q(Exists(shares))

    return requests


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


def _office_may_look(who: Standing) -> Q | None:
    return _DRAFT & Q(shown_to_office_at__isnull=False) if who.is_branch else None


def _writer(who: Standing) -> Q | None:
    return _SENT & Q(organization__in=who.writer_of) if who.writer_of else None


def _reader(who: Standing) -> Q | None:
    return _SENT & Q(organization__in=who.reader_of) if who.reader_of else None


def _assigned(who: Standing) -> Q | None:
    return _SENT & Q(officer=who.user_id) if who.is_officer else None


RELATIONS: Final = (
    Relation(
        "draft_author",
        "Draft: its author, while a writer or administrator of the organization",
        _author,
        _full(letters=WRITE, documents=WRITE, actions=frozenset({"edit", "share", "delete", "send"})),
    ),
    Relation(
        "draft_shared_to_edit",
        "Draft: a colleague with whom it is shared to edit",
        _shared(may_edit=True),
        _full(letters=WRITE, documents=WRITE, actions=frozenset({"edit"})),
    ),
    Relation(
        "draft_shared_to_read",
        "Draft: a colleague with whom it is shared to read",
        _shared(may_edit=False),
        _full(letters=READ, documents=READ),
    ),
    Relation(
        "draft_administrator",
        "Draft: an administrator of the organization",
        _administrator,
        Sight(existence=True, line=True),
    ),
    Relation(
        "draft_shown_to_office",
        "Draft opened with “Let an officer look”: a Branch officer, until taken back",
        _office_may_look,
        _full(documents=READ),
    ),
    Relation(
        "sent_writer",
        "Sent: a writer or administrator of the filing organization",
        _writer,
        _full(letters=WRITE, documents=WRITE, actions=WRITER_ACTIONS),
    ),
    Relation(
        "sent_reader",
        "Sent: a reader of the filing organization",
        _reader,
        _full(letters=READ, documents=READ),
    ),
    Relation(
        "branch",
        "An officer of the Freedom of Association Branch",
        _routed(FULL, "branch"),
        _full(letters=WRITE, documents=WRITE, notes=True, actions=BRANCH_ACTIONS),
    ),
    Relation(
        "bureau",
        "An officer of a Bureau to which it is routed in full "
        "(ACTRAV: workers and governments; ACT/EMP: employers and governments)",
        _routed(FULL, "actrav", "actemp"),
        _full(letters=READ, documents=READ, notes=True, actions=frozenset({"note"})),
    ),
    Relation(
        "bureau_informed",
        "An officer of a Bureau that is informed "
        "(ACTRAV: employers' requests; ACT/EMP: workers' requests in which employers take part)",
        _routed(INFORMED, "actrav", "actemp"),
        Sight(existence=True, summary=True),
    ),
    Relation(
        "specialist",
        "A specialist of the routed station",
        _routed(FULL, "station"),
        _full(letters=READ, documents=READ, notes=True, actions=frozenset({"note"})),
    ),
    Relation(
        "assigned",
        "An officer to whom it is assigned by name, from any unit",
        _assigned,
        _full(letters=WRITE, documents=WRITE, notes=True, actions=frozenset({"note"})),
    ),
)


def relations_of(who: Standing, *, full: bool = False) -> dict[str, Q]:
    """The condition of each relation in which `who` can stand to requests; with `full` only those that may read."""
    found = {}
    for relation in RELATIONS:
        condition = relation.requests(who) if relation.sight.full or not full else None
        if condition is not None:
            found[relation.name] = condition
    return found


def sight_of(names: Iterable[str]) -> Sight:
    """The union of the rows called `names`."""
    sight, held = Sight(), set(names)
    for relation in RELATIONS:
        if relation.name in held:
            sight |= relation.sight
    return sight
