"""The API answers what its description says and nothing else, whoever asks, whatever is sent, in whatever order.

All checks of schemathesis: no fault; no answer, media type, header or shape that is not described; nothing accepted
that the description forbids and nothing refused that it allows (but for what `run.filter_failure` names); no other
method, no call without a key; nothing there after it was deleted, everything there after it was made.
"""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from api.schema import description
from tests.fuzz.run import Tally, run
from tests.fuzz.world import RECEIVER, ROLES, build

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
CASES: Final = 1000  # for each role, at least
DRAWN: Final = 2
WALKS: Final = 12

OFFICE: Final = re.compile(
    "take|ask|accept|decline|no_means|prepare|give|close|reopen|note|assign|unassign|ask_to_publish|publish|take_off"
    "|list_specialists_for_request"
)
REQUESTER: Final = re.compile(
    "create_request|preview|delete_draft|send|answer|withdraw|write_letter|add_document|remove_document|result|consent|refuse"
    "|(change|replace)_section_.*|.*_webhooks?|.*_deliver(y|ies)|replay_parked|rotate_webhook_secret|send_test_event"
)
BOTH: Final = re.compile(
    "(read|list)_(request|requests|letters|events|findings|documents?|links|publication|result)|(add|end)_link"
    "|read_section_.*|export_requests"
)
FOR_EVERYBODY: Final = frozenset({"export_iati_activities"})
# What follows from the shapes of the sections is tried where a section is changed, and not three times more.
AGAIN: Final = re.compile("answer|preview|replace_section_(?!request).*")


def operations() -> list[str]:
    return [operation["operationId"] for path in description()["paths"].values() for operation in path.values()]


def may(role: str, operation: str) -> bool:
    """Whether the operation can succeed for this role with what there is in the world."""
    if role == "anonymous":
        return operation in FOR_EVERYBODY
    if OFFICE.fullmatch(operation):
        return role == "officer"
    if REQUESTER.fullmatch(operation):
        return role == "constituent" or operation in ("create_request", "preview") and role == "foreign"
    if BOTH.fullmatch(operation):
        return role != "foreign" or operation in ("list_requests", "export_requests")
    return True  # the record and reference data


def covered(role: str, operation: str) -> bool:
    """Whether every limit, kind and method of the operation is tried as this role, beside what is drawn.

    Each operation is, as somebody who may use it; to the others it is refused before anything of it is looked at.
    """
    if AGAIN.fullmatch(operation):
        return False
    if OFFICE.fullmatch(operation) or operation in ("add_link", "end_link"):
        return role == "officer"
    if REQUESTER.fullmatch(operation) or BOTH.fullmatch(operation):
        return role == "constituent"
    return role in ("foreign", "anonymous")


@pytest.fixture(autouse=True)
def unhurried(settings: Any, tmp_path: Path) -> None:
    """Nobody is told to wait; files go where they are forgotten."""
    settings.API_CALLS_A_MINUTE = dict.fromkeys(settings.API_CALLS_A_MINUTE, 10**9)
    settings.DOCUMENTS_ROOT = tmp_path
    settings.WEBHOOK_LOCAL_HOSTS = frozenset({RECEIVER.split("/")[2].split(":")[0]})


def told(tally: Tally) -> str:
    return "\n\n".join(f"{name}\n{words}" for name, words in tally.wrong.items())


@pytest.mark.parametrize("role", ROLES)
def test_each_operation_alone(role: str, request: pytest.FixtureRequest) -> None:
    names = operations()
    tally = run(build(), role, cases=DRAWN, covered={name for name in names if covered(role, name)})
    shares = {name: f"{tally.share(name):.0%}" for name in names}
    request.node.add_report_section(
        "call", "cases, and how many of them were answered by 2xx", f"{tally.cases} {shares}"
    )
    assert not tally.wrong, told(tally)
    assert tally.cases.total() >= CASES, tally.cases
    assert set(tally.answers) == set(names)
    assert [name for name in names if may(role, name) != (tally.share(name) > 0)] == [], shares


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_one_after_the_other(role: str, request: pytest.FixtureRequest) -> None:
    tally = run(build(), role, stateful=True, cases=WALKS)
    request.node.add_report_section("call", "cases", str(tally.cases))
    assert not tally.wrong, told(tally)
    assert tally.cases.total() > WALKS, tally.cases
