"""The life of a request: one table. Every door, the tests and docs/request-states.md read it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DRAFT: Final = "draft"
SENT: Final = "sent"
IN_EXAMINATION: Final = "in_examination"
QUESTION_OUT: Final = "question_out"
ACCEPTED: Final = "accepted"
IN_PREPARATION: Final = "in_preparation"
GIVEN: Final = "given"
CLOSED: Final = "closed"
DECLINED: Final = "declined"
NO_MEANS: Final = "no_means"
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True)
class Status:
    """A status: what officers call it, what the requester reads, and what comes next in the requester's words."""

    slug: str
    desk: Promise
    public: Promise
    next: Promise


STATUSES: Final = {
    status.slug: status
    for status in (
        Status(DRAFT, _("Draft"), _("Draft"), _("Continue where you stopped; nothing has been sent.")),
        Status(SENT, _("To examine"), _("Sent"), _("An officer of the Branch takes it up and examines it.")),
        Status(
            IN_EXAMINATION,
            _("In examination"),
            _("Being examined"),
            _("The officer examines it, asks you if something is unclear, and decides."),
        ),
        Status(QUESTION_OUT, _("Question out"), _("Waiting for you"), _("The Office waits for your answer.")),
        Status(ACCEPTED, _("Accepted"), _("Found suitable"), _("The Office prepares the assistance with you.")),
        Status(
            IN_PREPARATION,
            _("In preparation"),
            _("Being prepared"),
            _("Dates, persons and means are being settled; the officer writes to you."),
        ),
        Status(GIVEN, _("Assistance given"), _("Assistance given"), _("Later the Office asks you what has changed.")),
        Status(CLOSED, _("Closed"), _("Closed"), _("Nothing more is to be done.")),
        Status(
            DECLINED,
            _("Declined"),
            _("Not possible this way"),
            _("The letter gives the reasons and what else can be done. You can ask again."),
        ),
        Status(
            NO_MEANS,
            _("No means at present"),
            _("No means at present"),
            _("The request is suitable but means are lacking. It stays on record and can be taken up again."),
        ),
        Status(WITHDRAWN, _("Withdrawn"), _("Withdrawn"), _("You took the request back. You can file another one.")),
    )
}

# What the requester reads of a closed request whose result was due.
CLOSED_WITH_RESULT: Final = _("Closed, result recorded")
CLOSED_WITHOUT: Final = _("Closed, no result recorded")

OPEN: Final = frozenset({SENT, IN_EXAMINATION, QUESTION_OUT, ACCEPTED, IN_PREPARATION})
GIVEN_STATUSES: Final = frozenset({GIVEN, CLOSED})
FINAL: Final = frozenset({CLOSED, WITHDRAWN})


@dataclass(frozen=True)
class Transition:
    """`action` leads from each of `sources` to `target`; without a target the status stays (an event beside it)."""

    action: str
    sources: frozenset[str]
    target: str | None
    label: Promise
    done: Promise


def _t(
    action: str, sources: set[str] | frozenset[str], target: str | None, label: Promise, done: Promise
) -> Transition:
    return Transition(action, frozenset(sources), target, label, done)


_SENT: Final = frozenset(STATUSES) - {DRAFT}

# `label` is the button, `done` the line in the history.
TRANSITIONS: Final = (
    _t("send", {DRAFT}, SENT, _("Send the request"), _("Sent")),
    _t("take", {SENT}, IN_EXAMINATION, _("Take"), _("Taken up for examination")),
    _t("ask", {IN_EXAMINATION}, QUESTION_OUT, _("Ask the requester"), _("Question sent to the requester")),
    _t("answer", {QUESTION_OUT}, IN_EXAMINATION, _("Answer"), _("Answer received")),
    _t("accept", {IN_EXAMINATION, QUESTION_OUT}, ACCEPTED, _("Accept"), _("Found suitable")),
    _t("decline", {IN_EXAMINATION, QUESTION_OUT}, DECLINED, _("Decline with reasons"), _("Not possible this way")),
    _t(
        "no_means",
        {IN_EXAMINATION, QUESTION_OUT, ACCEPTED},
        NO_MEANS,
        _("No means at present"),
        _("No means at present"),
    ),
    _t("prepare", {ACCEPTED}, IN_PREPARATION, _("Start preparation"), _("Preparation started")),
    _t("give", {IN_PREPARATION}, GIVEN, _("Record assistance given"), _("Assistance given")),
    _t("close", {GIVEN}, CLOSED, _("Close the request"), _("Closed")),
    _t("result", {GIVEN, CLOSED}, None, _("Say what has changed"), _("Result recorded by the requester")),
    _t("reopen", {DECLINED, NO_MEANS}, IN_EXAMINATION, _("Reopen"), _("Reopened")),
    _t("withdraw", OPEN, WITHDRAWN, _("Withdraw"), _("Withdrawn by the requester")),
    _t("write", OPEN, None, _("Write a letter"), _("Letter from the requester")),
    _t("add_document", OPEN, None, _("Add a document"), _("Document from the requester")),
    _t("assign", OPEN, None, _("Assign a specialist"), _("Given to a specialist")),
    _t("unassign", OPEN, None, _("End the assignment"), _("Taken back from the specialist")),
    _t(
        "ask_to_publish",
        GIVEN_STATUSES,
        None,
        _("Ask to publish"),
        _("Requester asked whether a text may be published"),
    ),
    _t("consent", GIVEN_STATUSES, None, _("Agree to the text"), _("Requester agreed to the text")),
    _t("refuse", GIVEN_STATUSES, None, _("Do not agree"), _("Requester does not agree to the text")),
    _t("publish", GIVEN_STATUSES, None, _("Publish the text"), _("Text published")),
    _t("take_off", GIVEN_STATUSES, None, _("Take the text off"), _("Text taken off")),
    _t("link", _SENT, None, _("Link a comment or case"), _("Linked to a comment or case on record")),
    _t("unlink", _SENT, None, _("End a link"), _("Link to a comment or case ended")),
    _t("note", _SENT, None, _("Internal note"), _("Internal note")),
)

BY_ACTION: Final = {transition.action: transition for transition in TRANSITIONS}


def may_follow(action: str, status: str) -> bool:
    """Whether the life of a request allows `action` in `status`, whoever asks."""
    return status in BY_ACTION[action].sources


def check_table(statuses: Collection[str], transitions: Collection[Transition], final: Collection[str]) -> None:
    """Raise ValueError for a table with a status without a way in or out, an unknown status or a repeated action."""
    known = set(statuses)
    reached = {DRAFT} | {t.target for t in transitions if t.target}
    left = {source for t in transitions if t.target for source in t.sources}
    named = {source for t in transitions for source in t.sources} | reached
    if named - known:
        raise ValueError(f"unknown status: {sorted(named - known)}")
    if reached != known:
        raise ValueError(f"no way into: {sorted(known - reached)}")
    if left != known - set(final):
        raise ValueError(f"wrong ways out: {sorted(left ^ (known - set(final)))}")
    if len({t.action for t in transitions}) != len(transitions):
        raise ValueError("an action is named twice")
    if any(not t.sources for t in transitions):
        raise ValueError("an action without a source")


check_table(STATUSES, TRANSITIONS, FINAL)
