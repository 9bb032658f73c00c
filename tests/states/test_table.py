"""The life of a request as a table: every status × every action, and what keeps a broken table from being imported."""

import pytest

from requests_app.models.access import BRANCH_ACTIONS, NO, READ, RELATIONS, WRITE, WRITER_ACTIONS, sight_of
from requests_app.states import (
    ACCEPTED,
    BY_ACTION,
    CLOSED,
    DECLINED,
    DRAFT,
    FINAL,
    GIVEN,
    IN_EXAMINATION,
    IN_PREPARATION,
    NO_MEANS,
    OPEN,
    QUESTION_OUT,
    SENT,
    STATUSES,
    TRANSITIONS,
    WITHDRAWN,
    Transition,
    check_table,
    may_follow,
)

WRITING: dict[str, str | None] = {"write": None, "add_document": None}
LINKS: dict[str, str | None] = {"link": None, "unlink": None}
PUBLISH: dict[str, str | None] = dict.fromkeys(("ask_to_publish", "consent", "refuse", "publish", "take_off"))
GIVE: dict[str, str | None] = {"assign": None, "unassign": None}
# Status: what may follow, and where it leads (None: the status stays).
LIFE: dict[str, dict[str, str | None]] = {
    DRAFT: {"send": SENT},
    SENT: {
        "take": IN_EXAMINATION,
        "withdraw": WITHDRAWN,
        **WRITING,
        **GIVE,
        "note": None,
        **LINKS,
    },
    IN_EXAMINATION: {
        "ask": QUESTION_OUT,
        "accept": ACCEPTED,
        "decline": DECLINED,
        "no_means": NO_MEANS,
        "withdraw": WITHDRAWN,
        **WRITING,
        **GIVE,
        "note": None,
        **LINKS,
    },
    QUESTION_OUT: {
        "answer": IN_EXAMINATION,
        "accept": ACCEPTED,
        "decline": DECLINED,
        "no_means": NO_MEANS,
        "withdraw": WITHDRAWN,
        **WRITING,
        **GIVE,
        "note": None,
        **LINKS,
    },
    ACCEPTED: {
        "prepare": IN_PREPARATION,
        "no_means": NO_MEANS,
        "withdraw": WITHDRAWN,
        **WRITING,
        **GIVE,
        "note": None,
        **LINKS,
    },
    IN_PREPARATION: {
        "give": GIVEN,
        "withdraw": WITHDRAWN,
        **WRITING,
        **GIVE,
        "note": None,
        **LINKS,
    },
    GIVEN: {"close": CLOSED, "result": None, **PUBLISH, "note": None, **LINKS},
    CLOSED: {"result": None, **PUBLISH, "note": None, **LINKS},
    DECLINED: {"reopen": IN_EXAMINATION, "note": None, **LINKS},
    NO_MEANS: {"reopen": IN_EXAMINATION, "note": None, **LINKS},
    WITHDRAWN: {"note": None, **LINKS},
}


def test_the_matrix_names_every_status_and_every_action() -> None:
    assert list(LIFE) == list(STATUSES)
    assert {action for row in LIFE.values() for action in row} == set(BY_ACTION)


@pytest.mark.parametrize("action", BY_ACTION)
@pytest.mark.parametrize("status", STATUSES)
def test_matrix_of_statuses_and_actions(status: str, action: str) -> None:
    assert may_follow(action, status) == (action in LIFE[status])
    if action in LIFE[status]:
        assert BY_ACTION[action].target == LIFE[status][action]


def test_an_unknown_action_is_noticed() -> None:
    with pytest.raises(KeyError):
        may_follow("approve", SENT)


def test_nothing_is_withdrawn_once_assistance_was_given() -> None:
    assert {status for status in STATUSES if may_follow("withdraw", status)} == OPEN
    assert GIVEN not in OPEN and DRAFT not in OPEN


def test_every_status_is_reached_from_the_draft() -> None:
    seen, todo = {DRAFT}, [DRAFT]
    while todo:
        for target in LIFE[todo.pop()].values():
            if target and target not in seen:
                seen.add(target)
                todo.append(target)
    assert seen == set(STATUSES)


def test_every_action_is_somebodys_and_every_button_leads_somewhere() -> None:
    allowed = {action for relation in RELATIONS for action in relation.sight.actions}
    assert set(BY_ACTION) <= allowed
    beside = {"edit", "share", "delete", "take_over", "invite", "sign", "decline_to_sign", "withdraw_signature"}
    assert allowed - set(BY_ACTION) == beside
    assert not BRANCH_ACTIONS & WRITER_ACTIONS


def test_two_rows_of_access_together_give_the_larger_sight() -> None:
    both = sight_of(["specialist", "branch"])
    assert (both.letters, both.documents) == (WRITE, WRITE)
    assert sight_of(["specialist"]).letters == READ
    assert sight_of(["bureau_informed"]).letters == NO
    assert sight_of(["bureau_informed", "specialist"]).full
    assert sight_of([]) == sight_of(["nobody"]) and not sight_of([]).existence


def move(action: str, sources: set[str], target: str | None) -> Transition:
    words = BY_ACTION["send"]
    return Transition(action, frozenset(sources), target, words.label, words.done)


def without(*actions: str) -> list[Transition]:
    return [found for found in TRANSITIONS if found.action not in actions]


BROKEN = {
    "no way into": without("give"),
    "wrong ways out: \\['given'\\]": without("close") + [move("end", {IN_PREPARATION}, CLOSED)],
    "wrong ways out: \\['closed'\\]": [*TRANSITIONS, move("revive", {CLOSED}, GIVEN)],
    "unknown status: \\['lost'\\]": [*TRANSITIONS, move("lose", {SENT}, "lost")],
    "unknown status: \\['nowhere'\\]": [*TRANSITIONS, move("find", {"nowhere"}, None)],
    "named twice": [*TRANSITIONS, move("send", {DRAFT}, SENT)],
    "without a source": [*TRANSITIONS, move("appear", set(), SENT)],
}


@pytest.mark.parametrize("complaint", BROKEN)
def test_a_broken_table_is_refused_at_import(complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        check_table(STATUSES, BROKEN[complaint], FINAL)


def test_a_status_that_nobody_uses_is_refused() -> None:
    with pytest.raises(ValueError, match="no way into: \\['parked'\\]"):
        check_table([*STATUSES, "parked"], TRANSITIONS, FINAL)


def test_the_table_itself_is_sound() -> None:
    check_table(STATUSES, TRANSITIONS, FINAL)
