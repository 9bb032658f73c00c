"""One run of schemathesis over the whole description, as one role, against the application itself."""

import copy
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections, transaction
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.openapi.checks import RejectedPositiveData
from schemathesis.specs.openapi.schemas import OpenApiSchema
from schemathesis.transport.wsgi import WSGI_TRANSPORT

from api.schema import description
from requests_app.api.section_shapes import PARTS
from requests_app.models.fields import Email, Link
from tests.fuzz.world import World

SEED: Final = 20261122
SHARE: Final = 0.8  # of the cases are tried with what there is

# Refusals of what is well formed: a description cannot say what is stored, what day it is, and what a letter is for.
KNOWING: Final = frozenset({"not_listed", "unknown", "not_waiting", "missing", "past", "future", "far", "required"})
STATE: Final = frozenset({"changed-meanwhile", "incomplete", "idempotency-key-reused"})
# No pattern says exactly what is an address, and none where it leads.
LOOSE: Final = {"url"} | frozenset(
    name
    for part in PARTS
    for question in part.questions
    for name in question.fields
    if isinstance(part.answer(name), Email | Link)
)


@dataclass
class Tally:
    """What came of a run: cases by phase, answers by operation, what the checks complain of."""

    cases: Counter[str] = field(default_factory=Counter)
    answers: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: dict[str, str] = field(default_factory=dict)

    def add(self, event: events.ScenarioFinished) -> None:
        """Count one scenario."""
        for case_id, interaction in event.recorder.interactions.items():
            self.cases[event.phase.value] += 1
            case = event.recorder.cases[case_id].value
            if interaction.response and case.method.upper() == case.operation.method.upper():
                self.answers[case.operation.definition.raw["operationId"]][interaction.response.status_code] += 1
        for checks in event.recorder.checks.values():
            for check in checks:
                if info := check.failure_info:
                    name = f"{check.name}: {info.failure.operation}: {info.failure.title}"
                    self.wrong.setdefault(name, f"{info.failure.message}\n{info.code_sample}")

    def share(self, operation: str) -> float:
        """How many of its answers were 2xx."""
        found = self.answers[operation]
        return sum(number for status, number in found.items() if status < 300) / max(1, found.total())


class InOneTransaction:
    """The application in the transaction of the test. What a call did is taken back, unless one `keeps` it."""

    def __init__(self, *, keeps: bool) -> None:
        self.application, self.connection, self.keeps = WSGIHandler(), connections["default"], keeps

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        """Answer, whole."""
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # who asks in this process does not unpack
        connections["default"] = self.connection  # of the test: schemathesis asks in a thread of its own
        with open_as_it_is(), transaction.atomic():
            answer = self.application(environ, start_response)
            body = [b"".join(answer)]
            answer.close()
            transaction.set_rollback(not self.keeps)
        return body


class InThisProcess:
    """How schemathesis calls an application in its own process, without what is said to sockets alone.

    Its check of keys (ignored_auth) hands these on, and its own way then fails on them (4.32).
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(WSGI_TRANSPORT, name)

    def send(self, case: Any, **more: Any) -> Any:
        """Call."""
        kept = {name: value for name, value in more.items() if name not in ("max_redirects", "verify", "cert")}
        return WSGI_TRANSPORT.send(case, **kept)


class Schema(OpenApiSchema):
    """What is described, of an application in this process."""

    transport = InThisProcess()  # type: ignore[assignment]


@contextmanager
def open_as_it_is() -> Iterator[None]:
    """As in Django's own test client: a call neither begins nor ends with closing the connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def run(world: World, role: str, *, stateful: bool = False, cases: int, covered: Collection[str] = ()) -> Tally:
    """Ask as this role: each operation alone, `cases` times as drawn; or `stateful`, `cases` walks from one to another.

    Of those that are `covered`, what follows from the description is tried too: every limit, kind and method; of the
    others what can succeed.
    """
    told = Description(world, role)
    phases = {"stateful": cases} if stateful else {"examples": 0, "coverage": 0, "fuzzing": cases}
    config = SchemathesisConfig.from_dict(configuration(world.key(role), told, phases, covered))
    schema = schemathesis.openapi.from_dict(told.raw, config=config)
    schema.__class__ = Schema
    schema.app = InOneTransaction(keeps=stateful)
    schema.hook(filter_failure)
    tally = Tally()
    connection.inc_thread_sharing()
    try:
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                tally.add(event)
            elif isinstance(event, events.NonFatalError):
                tally.wrong[f"error: {event.label}"] = f"{event.value!r} {event.info.format()}"
            elif isinstance(event, events.FatalError):
                raise event.exception
    finally:
        connection.dec_thread_sharing()
    return tally


def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Whether a complaint stands. Refusing what is well formed is right where only who has the data can know."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code not in (400, 412, 422):
        return True
    problem = json.loads(response.content)
    if problem["code"] == "wrong-parameter":
        return not problem["detail"].startswith("cursor")  # they are signed
    wrong = [one["field"].rpartition(".")[2] for one in problem["errors"] if one["code"] not in KNOWING]
    return problem["code"] not in STATE and (not problem["errors"] or bool(set(wrong) - LOOSE))


class Description:
    """The description, with values that mean something in this world as examples."""

    def __init__(self, world: World, role: str) -> None:
        self.raw = copy.deepcopy(description())
        self.values: dict[str, Mapping[str, list[str]]] = {}
        for methods in self.raw["paths"].values():
            for operation in methods.values():
                values = world.values(role, operation["operationId"])
                operation["parameters"] = [self.parameter(one, values) for one in operation["parameters"]]
                self.body(operation, values, world.bodies(operation["operationId"]))
                self.values[operation["operationId"]] = values

    def parameter(self, said: dict[str, Any], values: Mapping[str, list[str]]) -> dict[str, Any]:
        """A parameter with its examples."""
        if "$ref" in said:
            said = self.raw["components"]["parameters"][said["$ref"].rpartition("/")[2]]
        known = values.get(f"{said['in']}.{said['name']}", [])
        return (
            {**said, "examples": {str(number): {"value": one} for number, one in enumerate(known)}} if known else said
        )

    def body(self, operation: dict[str, Any], values: Mapping[str, list[str]], whole: list[Any]) -> None:
        """The members of a body with their examples, and the whole with its own."""
        for content in operation.get("requestBody", {}).get("content", {}).values():
            if whole:
                content["examples"] = {str(number): {"value": one} for number, one in enumerate(whole)}
            shape = self.raw["components"]["schemas"].get(content["schema"].get("$ref", "").rpartition("/")[2], {})
            for name, member in shape.get("properties", {}).items():
                if known := values.get(f"body.{name}"):
                    member["examples"] = known


def configuration(key: str, told: Description, phases: Mapping[str, int], covered: Collection[str]) -> dict[str, Any]:
    """How schemathesis is to ask: all its checks, the same cases in every run, most of them with known values."""
    dictionaries, operations = {}, []
    for operation, values in told.values.items():
        parameters = {}
        for place, known in values.items():
            name = "".join(sign if sign.isalnum() else "-" for sign in f"{operation}-{place}")
            dictionaries[name] = {"values": known}
            parameters[place] = {"dictionary": name, "probability": SHARE}
        whole = {"coverage": operation in covered, "examples": operation not in covered}
        wanted = {name: {"enabled": name in phases and one} for name, one in whole.items()}
        operations.append({"include-operation-id": operation, "parameters": parameters, "phases": wanted})
    return {
        "seed": SEED,
        "generation": {"deterministic": True, "no-shrink": True},
        "continue-on-failure": True,
        "cache": {"enabled": False},
        "headers": {"Authorization": f"Bearer {key}"} if key else {},
        "dictionaries": dictionaries,
        "operations": operations,
        "phases": {"enabled": False, **{name: phase(name, cases) for name, cases in phases.items()}},
        "checks": {
            "missing_required_header": {"expected-statuses": ["400", "401", "403", "404", "428"]},  # RFC 6585
            "negative_data_rejection": {"expected-statuses": [*"400 401 403 404 405 406 409 412 415 422 428".split()]},
        },
    }


def phase(name: str, cases: int) -> dict[str, Any]:
    """One phase; nothing is learned from answers whose effect is taken back."""
    found: dict[str, Any] = {"enabled": True}
    if cases:
        found["generation"] = {"max-examples": cases}
    if name != "stateful":
        found["extra-data-sources"] = {"responses": False}
    return found
