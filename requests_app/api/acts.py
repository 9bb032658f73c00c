"""What can be done with a request, each act a POST of its own. The status is never written.

Order of the answers: the first answer of a retry, 404, 412, 403, 409, 422.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request as Call
from rest_framework.response import Response

from accounts.models import User
from api.description import described
from api.etags import check_match
from api.problems import Problem, Wrong
from api.views import Resource
from requests_app import permissions
from requests_app.api import shapes
from requests_app.api.answers import NO_SECTION, readable_questions, understood
from requests_app.api.found import changes, part_of, person, visible
from requests_app.api.representation import whole
from requests_app.api.requests import tag_of
from requests_app.models import Part, Request
from requests_app.services import assigning, filing, publishing, triage

Given = dict[str, Any]
Do = Callable[[Request, Given, User], object]


class Act(Resource):
    """One act on a request. `takes` is the shape of what is sent, `do` the service."""

    action = ""
    takes: type[serializers.Serializer[Any]] = shapes.Nothing
    do: Do

    def post(self, call: Call, reference: str) -> Any:
        """Do it once, and answer with the request as it is then."""
        return self.once(lambda: self.act(call, reference), about=reference)

    def act(self, call: Call, reference: str) -> Response:
        """The act of this call."""
        found = visible(call, reference)
        check_match(call, tag_of(call, found) if "If-Match" in call.headers else "", needed=False)
        if not self.is_done(found):
            permissions.check(found, self.action)
        sent = self.takes(data=call.data)
        sent.is_valid(raise_exception=True)
        try:
            type(self).do(found, sent.validated_data, person(call))
        except Request.DoesNotExist:
            raise Http404 from None
        return Response(whole(visible(call, reference), may_change=changes(call)))

    def is_done(self, found: Request) -> bool:
        """Sending what was sent is no error."""
        return self.action == "send" and permissions.has_sent(found)


def _answer(found: Request, given: Given, by: User) -> None:
    letter = filing.open_question(found)
    if letter is None or letter.uid != given["letter"]:
        raise Problem("not-now", errors=[Wrong("letter", "not_waiting", _("This letter does not wait for an answer."))])
    opened = set(letter.questions)
    changes: dict[type[Part], tuple[Given, Given]] = {}
    for slug, answers in given["answers"].items():
        try:
            part = part_of(found, slug)
        except Http404:
            raise Problem("invalid", errors=[Wrong(f"answers.{slug}", "unknown", str(NO_SECTION))]) from None
        questions = [q for q in readable_questions(part, found.kind, found.sight) if q.id in opened]
        changes[type(part)] = (understood(part, questions, answers, whole=False), {})
    filing.answer(found, letter, given["text"], changes, by=by)


def act(name: str, takes: type[serializers.Serializer[Any]], do: Do, doc: str) -> type[Act]:
    """The address of one act."""
    made = type(name.title().replace("_", ""), (Act,), {"action": name, "takes": takes, "do": staticmethod(do)})

    def post(self: Act, call: Call, reference: str) -> Any:
        return Act.post(self, call, reference)

    post.__doc__ = doc
    made.post = described(name, takes=takes, gives=shapes.WholeRequest)(post)  # type: ignore[attr-defined]
    return made


def _decide(action: str) -> Do:
    return lambda found, given, by: triage.decide(found, action, given["text"], by=by, both=given["to_signers"])


def _move(action: str) -> Do:
    return lambda found, given, by: triage.move(found, action, by=by)


ACTS = [
    act(
        "send",
        shapes.Send,
        lambda found, given, by: filing.send(found, by=by, declared=given["declared"]),
        "Send a draft. Findings never keep it back; what is missing of the eight needed answers does (422).",
    ),
    act("answer", shapes.Answer, _answer, "Answer the Office’s letter."),
    act(
        "withdraw",
        shapes.MaybeWritten,
        lambda found, given, by: filing.withdraw(found, given["text"], by=by),
        "Take the request back, with or without a reason.",
    ),
    act("take", shapes.Nothing, lambda found, given, by: triage.take(found, by=by), "Take it for examination."),
    act(
        "ask",
        shapes.Asked,
        lambda found, given, by: triage.ask(found, given["text"], given["questions"], by=by, both=given["to_signers"]),
        "Send the requester one letter, and open questions for answering.",
    ),
    act("accept", shapes.MaybeDecision, _decide("accept"), "Find it suitable."),
    act("decline", shapes.Decision, _decide("decline"), "Decline with reasons. Only people decide."),
    act("no_means", shapes.Decision, _decide("no_means"), "Say that the means are lacking at present."),
    act("prepare", shapes.Nothing, _move("prepare"), "Start the preparation."),
    act("give", shapes.MaybeDecision, _decide("give"), "Record that the assistance was given."),
    act("close", shapes.Nothing, _move("close"), "Close what was given."),
    act(
        "reopen",
        shapes.Written,
        lambda found, given, by: triage.reopen(found, given["text"], by=by),
        "Take up again what was declined or lacked means; the reason is kept as a note.",
    ),
    act(
        "assign",
        shapes.Assigned,
        lambda found, given, by: assigning.assign(found, str(given["specialist"]), given["text"], by=by),
        "Give it to a specialist: the station follows, and the former one reads no more.",
    ),
    act(
        "unassign",
        shapes.Written,
        lambda found, given, by: assigning.unassign(found, given["text"], by=by),
        "Take it back from the specialist; the reason is kept as a note.",
    ),
    act(
        "ask_to_publish",
        shapes.ToPublish,
        lambda found, given, by: publishing.ask_to_publish(found, given["text"], by=by),
        "Ask the requester whether this text on the assistance may be published.",
    ),
    act(
        "consent",
        shapes.Agreed,
        lambda found, given, by: publishing.consent(found, str(given["publication"]), by=by),
        "Agree, as the requester, to exactly this text. Another text stands meanwhile: 412.",
    ),
    act(
        "refuse",
        shapes.Nothing,
        lambda found, given, by: publishing.refuse(found, by=by),
        "Say no, as the requester, also to what is public: from then on it is not.",
    ),
    act(
        "publish",
        shapes.Nothing,
        lambda found, given, by: publishing.publish(found, by=by),
        "Publish the text to which the requester agreed.",
    ),
    act(
        "take_off",
        shapes.Written,
        lambda found, given, by: publishing.take_off(found, given["text"], by=by),
        "Take the text off, public or not; the reason is kept as a note.",
    ),
    act(
        "note",
        shapes.Written,
        lambda found, given, by: triage.note(found, given["text"], by=by),
        "Add an internal note, which officers alone read.",
    ),
]
