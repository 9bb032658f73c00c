"""A whole request by the API alone: draft, sections, preview, send, question, answer, decision, letters, withdrawal."""

import pytest

from outbox.models import Notice
from requests_app import states
from requests_app.models import Event, Request
from tests.api.calls import Caller, caller_for
from tests.complete_answers import COMPLETE
from tests.factories import a_union, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def union() -> Caller:
    return caller_for(a_union())


@pytest.fixture
def officer() -> Caller:
    return caller_for(an_officer())


def a_draft(union: Caller, kind: str = "seminar") -> str:
    made = union.post("requests/", {"kind": kind, "country": "CM", "title": "Registration of unions"})
    assert made.status_code == 201, made.content
    assert made.headers["Location"].endswith(f"/api/v1/requests/{made.json()['reference']}/")
    return made.json()["reference"]


def fill(union: Caller, reference: str) -> None:
    from requests_app.api.answers import to_json  # noqa: PLC0415

    for model, answers in COMPLETE.items():
        at = f"requests/{reference}/sections/{model.slug}/"
        read = union.get(at)
        if read.status_code == 404:
            continue
        sent = {name: to_json(model.answer(name), value) for name, value in answers.items()}
        done = union.patch(at, sent, **{"If-Match": read.headers["ETag"]})
        assert done.status_code == 200, (model.slug, done.content)


def test_a_request_from_draft_to_withdrawal(union, officer):
    reference = a_draft(union)
    fill(union, reference)
    assert officer.get(f"requests/{reference}/").status_code == 404
    sent = union.post(f"requests/{reference}/send/", {"declared": True})
    assert sent.status_code == 200, sent.content
    assert sent.json()["status"] == "sent"
    assert "withdraw" in sent.json()["allowed_actions"]
    assert officer.post(f"requests/{reference}/take/").json()["status"] == "in_examination"
    asked = officer.post(f"requests/{reference}/ask/", {"text": "Who takes part?", "questions": ["Q9"]})
    assert asked.json()["status"] == "question_out"
    letter = union.get(f"requests/{reference}/letters/").json()["results"][-1]
    assert letter["questions"] == ["Q9"]
    answered = union.post(f"requests/{reference}/answer/", {"letter": letter["id"], "text": "Two hundred people."})
    assert answered.json()["status"] == "in_examination", answered.content
    assert [one["action"] for one in union.get(f"requests/{reference}/events/").json()["results"]] == [
        "send",
        "take",
        "ask",
        "answer",
    ]
    officer.post(f"requests/{reference}/note/", {"text": "An internal note."})
    assert union.get(f"requests/{reference}/").json()["version"] == answered.json()["version"]
    gone = union.post(f"requests/{reference}/withdraw/")
    assert gone.json()["status"] == states.WITHDRAWN
    assert Event.objects.filter(request__reference=reference, action="withdraw").count() == 1


def test_sending_without_the_declaration_is_a_rehearsal(union):
    reference = a_draft(union)
    fill(union, reference)
    for _ in range(2):
        refused = union.post(f"requests/{reference}/send/", {"declared": False})
        assert (refused.status_code, refused.json()["code"]) == (422, "incomplete")
        assert [one["field"] for one in refused.json()["errors"]] == ["P5"]
    assert Request.objects.get(reference=reference).is_draft
    assert not Event.objects.exists() and not Notice.objects.filter(about=reference).exists()
    assert union.post(f"requests/{reference}/send/", {"declared": True}).json()["status"] == states.SENT


def test_what_the_eight_answers_lack_is_named_and_nothing_is_sent(union):
    reference = a_draft(union)
    refused = union.post(f"requests/{reference}/send/", {"declared": False})
    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "incomplete"
    assert {"Q1", "P5"} <= {one["field"] for one in refused.json()["errors"]}
    assert Request.objects.get(reference=reference).is_draft
