"""Ways to break the law: each takes away one condition of one row, or gives one row more than its due."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Membership
from accounts.standing import Standing
from requests_app.models.access import RELATIONS, WRITE, Relation
from requests_app.models.cosignature import CoSignature
from requests_app.models.routing import DraftShare, Routing

DRAFT, SENT = Q(status="draft"), ~Q(status="draft")
# While an organization can be asked to sign (of the statuses that the rows have), and while its signature counts.
RUNS, LASTS = Q(status__in=["draft", "question_out"]), ~Q(status="withdrawn")
Condition = Callable[[Standing], Q | None]


def shares(who: Standing, **conditions: Any) -> Q:
    return Q(Exists(DraftShare.objects.filter(request=OuterRef("pk"), **conditions)))


def routings(**conditions: Any) -> Q:
    return Q(Exists(Routing.objects.filter(request=OuterRef("pk"), **conditions)))


def co_signing(**conditions: Any) -> Q:
    return Q(Exists(CoSignature.objects.filter(request=OuterRef("pk"), **conditions)))


def still_open(**conditions: Any) -> Q:
    return co_signing(until=None, state="invited", expires_at__gt=timezone.now(), **conditions)


def author_belongs(**more: Any) -> Q:
    """Whether the author is a member still; `user__is_active=None` asks nothing of the account."""
    conditions = {"organization": OuterRef("organization"), "user": OuterRef("author"), "until": None}
    active = {} if "user__is_active" in more else {"user__is_active": True}
    return Q(Exists(Membership.objects.filter(**conditions, **active)))


def looser_routing(level: str, *kinds: str) -> dict[str, Condition]:
    """A row of `_routed` with one condition less."""
    of_unit = {"unit__kind__in": kinds, "level": level}
    return {
        "any unit of the kind": lambda w: SENT & routings(**of_unit, until=None) if w.unit_kinds & set(kinds) else None,
        "any kind of unit": lambda w: SENT & routings(unit__in=w.unit_ids, level=level, until=None),
        "any level": lambda w: SENT & routings(unit__in=w.unit_ids, unit__kind__in=kinds, until=None),
        "ended rows too": lambda w: SENT & routings(unit__in=w.unit_ids, **of_unit),
        "all that was sent": lambda w: SENT if w.unit_kinds & set(kinds) else None,
    }


# Row → what is taken away → the condition that is left.
LOOSER: dict[str, dict[str, Condition]] = {
    "draft_author": {
        "sent too": lambda w: Q(author=w.user_id, organization__in=w.writer_of),
        "any author": lambda w: DRAFT & Q(organization__in=w.writer_of),
        "organization left": lambda w: DRAFT & Q(author=w.user_id) if w.writer_of else None,
        "member or not": lambda w: DRAFT & Q(author=w.user_id) if w.user_id else None,
        "reader": lambda w: DRAFT & Q(author=w.user_id, organization__in=w.reader_of),
    },
    "draft_shared_to_edit": {
        "sent too": lambda w: Q(organization__in=w.writer_of) & shares(w, user=w.user_id, may_edit=True, until=None),
        "shared with anybody": lambda w: DRAFT & Q(organization__in=w.writer_of) & shares(w, may_edit=True, until=None),
        "share ended": lambda w: DRAFT & Q(organization__in=w.writer_of) & shares(w, user=w.user_id, may_edit=True),
        "member or not": lambda w: DRAFT & shares(w, user=w.user_id, may_edit=True, until=None),
        "a reader": lambda w: (
            DRAFT & Q(organization__in=w.reader_of) & shares(w, user=w.user_id, may_edit=True, until=None)
        ),
        "shared to read": lambda w: DRAFT & Q(organization__in=w.writer_of) & shares(w, user=w.user_id, until=None),
        "not shared": lambda w: DRAFT & Q(organization__in=w.writer_of),
    },
    "draft_shared": {
        "shared with anybody": lambda w: DRAFT & Q(organization__in=w.reader_of) & shares(w, until=None),
        "share ended": lambda w: DRAFT & Q(organization__in=w.reader_of) & shares(w, user=w.user_id),
        "member or not": lambda w: DRAFT & shares(w, user=w.user_id, until=None),
        "shared to edit, a reader left out": lambda w: (
            DRAFT & Q(organization__in=w.reader_of) & shares(w, user=w.user_id, may_edit=False, until=None)
        ),
        "not shared": lambda w: DRAFT & Q(organization__in=w.reader_of),
    },
    "draft_administrator": {
        "sent too": lambda w: Q(organization__in=w.administrator_of),
        "any writer": lambda w: DRAFT & Q(organization__in=w.writer_of),
        "any reader": lambda w: DRAFT & Q(organization__in=w.reader_of),
        "any organization": lambda w: DRAFT if w.administrator_of else None,
    },
    "draft_abandoned": {
        "sent too": lambda w: Q(organization__in=w.administrator_of) & ~author_belongs(),
        "author still there": lambda w: DRAFT & Q(organization__in=w.administrator_of),
        "any writer": lambda w: DRAFT & Q(organization__in=w.writer_of) & ~author_belongs(),
        "any organization": lambda w: DRAFT & ~author_belongs() if w.administrator_of else None,
        "closed accounts left out": lambda w: (
            DRAFT & Q(organization__in=w.administrator_of) & ~author_belongs(user__is_active=None)
        ),
    },
    "draft_shown_to_office": {
        "not shown": lambda w: DRAFT if w.is_branch else None,
        "sent too": lambda w: Q(shown_to_office_at__isnull=False) if w.is_branch else None,
        "any officer": lambda w: DRAFT & Q(shown_to_office_at__isnull=False) if w.is_officer else None,
        "anybody": lambda w: DRAFT & Q(shown_to_office_at__isnull=False),
    },
    "sent_writer": {
        "drafts too": lambda w: Q(organization__in=w.writer_of),
        "any reader": lambda w: SENT & Q(organization__in=w.reader_of),
        "any organization": lambda w: SENT if w.writer_of else None,
        "same country": lambda w: SENT & Q(country__in=["CM"]) if w.writer_of else None,
        "where others may know": lambda w: SENT & Q(people_section__may_know="others") if w.writer_of else None,
    },
    "sent_reader": {
        "drafts too": lambda w: Q(organization__in=w.reader_of),
        "any organization": lambda w: SENT if w.reader_of else None,
        "the author, member or not": lambda w: SENT & (Q(organization__in=w.reader_of) | Q(author=w.user_id)),
        "anybody": lambda w: SENT,
    },
    "co_invited": {
        "signed too": lambda w: RUNS & co_signing(organization__in=w.writer_of, until=None),
        "ended too": lambda w: RUNS & co_signing(organization__in=w.writer_of, expires_at__gt=timezone.now()),
        "expired too": lambda w: RUNS & co_signing(organization__in=w.writer_of, until=None, state="invited"),
        "a reader": lambda w: RUNS & still_open(organization__in=w.reader_of),
        "any organization": lambda w: RUNS & still_open(organization__isnull=False) if w.writer_of else None,
        "decided too": lambda w: still_open(organization__in=w.writer_of),
    },
    "co_signed": {
        "invited too": lambda w: LASTS & co_signing(organization__in=w.writer_of, until=None),
        "ended too": lambda w: LASTS & co_signing(organization__in=w.writer_of, signed_at__isnull=False),
        "a reader": lambda w: LASTS & co_signing(organization__in=w.reader_of, until=None, state="signed"),
        "any organization": lambda w: LASTS & co_signing(until=None, state="signed") if w.writer_of else None,
        "of open ones only": lambda w: (
            Q(status__in=["draft", "question_out"])
            & co_signing(organization__in=w.writer_of, until=None, state="signed")
        ),
    },
    "branch": looser_routing("full", "branch"),
    "bureau": looser_routing("full", "actrav", "actemp"),
    "bureau_informed": looser_routing("informed", "actrav", "actemp"),
    "specialist": looser_routing("full", "station"),
    "assigned": {
        "any officer": lambda w: SENT & Q(officer__isnull=False) if w.is_officer else None,
        "officer or not": lambda w: SENT & Q(officer=w.user_id) if w.user_id else None,
        "drafts too": lambda w: Q(officer=w.user_id) if w.is_officer else None,
    },
}
# Broken ways that change nothing for anybody, with the reason; not tried.
HARMLESS = {
    "draft_shown_to_office: sent too": "a Branch officer sees more of what was sent than this row gives",
    **{
        f"draft_shared_to_edit: {part} False": "whoever edits a shared draft reads it by the row of who reads it"
        for part in ("existence", "summary", "full", "sensitive")
    },
    **{
        f"draft_abandoned: {part} False": "the row of the administrator gives the same, whether or not the author left"
        for part in ("existence", "line")
    },
    "branch: any unit of the kind": "there is one Branch",
    "branch: any level": "the Branch is never only informed",
    "branch: ended rows too": "the routing of the Branch never ends",
    "branch: all that was sent": "every request is routed to the Branch",
    "bureau: any kind of unit": "the specialist's row gives the same, the Branch's more",
    "specialist: any kind of unit": "the Bureau's row gives the same, the Branch's more",
    "bureau_informed: any unit of the kind": "the other Bureau reads in full what this one is informed of",
    "bureau_informed: any level": "the row of the level in full gives more",
    "assigned: drafts too": "a draft has no officer",
    **{
        f"sent_writer: {part} False": "a writer is a reader too"
        for part in ("existence", "summary", "full", "sensitive")
    },
}


def swapped(name: str, **changes: Any) -> tuple[Relation, ...]:
    """The table with one row changed."""
    return tuple(replace(row, **changes) if row.name == name else row for row in RELATIONS)


def conditions() -> Iterator[tuple[str, tuple[Relation, ...]]]:
    """Every table with a row less, or with a row that lets more requests in; with what is broken."""
    for row in RELATIONS:
        yield f"{row.name}: row missing", tuple(other for other in RELATIONS if other is not row)
        for what, condition in LOOSER[row.name].items():
            yield f"{row.name}: {what}", swapped(row.name, requests=condition)


def sights() -> Iterator[tuple[str, tuple[Relation, ...]]]:
    """Every table in which a row gives one thing more or less; with what is broken."""
    for row in RELATIONS:
        for field in fields(row.sight):
            other = other_value(getattr(row.sight, field.name))
            yield (
                f"{row.name}: {field.name} {other}",
                swapped(row.name, sight=replace(row.sight, **{field.name: other})),
            )


def other_value(value: Any) -> Any:
    """What a part of a sight is not."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return 0 if value else WRITE
    return frozenset() if value else frozenset({"accept"})
