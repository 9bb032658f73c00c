"""Each step that a requester reads is owed to the systems of who files, and to nobody else."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Organization, User
from requests_app import states, timeline
from requests_app.api.representation import of_row, rows
from requests_app.models import Event, Request
from requests_app.models.record import ACTIONS
from requests_app.services import cosigning, examination, filing
from requests_app.services.outgoing import TYPES, files
from requests_app.services.transition import record
from tests.factories import PATHS, a_draft, a_member, a_request, an_officer, go, organization_of, seen_by
from tests.joint.test_signing import OTHERS
from tests.walls.told import tell
from webhooks.delivery import sweep
from webhooks.models import WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db
ALL = WebhookDelivery.objects
END_OF_ALL = [states.CLOSED, states.DECLINED, states.NO_MEANS, states.WITHDRAWN, states.QUESTION_OUT]


def types() -> list[str]:
    return list(ALL.order_by("version").values_list("type", flat=True))


def test_every_step_of_the_timeline_has_a_type_of_its_own_and_nothing_else_has():
    assert set(TYPES) == set(timeline.WORDS)
    assert len(set(TYPES.values())) == len(TYPES)
    assert all(kind.startswith("request.") for kind in TYPES.values())


@pytest.mark.parametrize("status", END_OF_ALL)
def test_each_step_is_owed_with_the_version_after_it(endpoint, administrator, status):
    request = a_request(status=status, by=administrator)
    assert types() == [TYPES[action] for action in PATHS[status]]
    owed = list(ALL.order_by("version").values_list("version", "reference", "event", "at"))
    events = Event.objects.filter(request=request).values_list("version", "uid", "at")
    assert owed == [(version, request.reference, *event) for version, *event in events]


def test_the_whole_dialogue_is_owed(endpoint, administrator):
    request = a_request(status=states.QUESTION_OUT, by=administrator)
    for action in ("answer", "decline", "reopen"):
        go(request, action, by=administrator)
    filing.write(seen_by(administrator, request), "A letter.", by=administrator)
    assert types()[3:] == ["request.answered", "request.declined", "request.reopened", "request.letter"]


def test_matrix_what_officers_do_among_themselves_is_not_owed(endpoint, administrator):
    request, officer = a_request(status=states.IN_EXAMINATION, by=administrator), an_officer()
    before = ALL.count()
    silent = {*states.BY_ACTION, *ACTIONS} - set(TYPES)
    assert {"note", "assign", "link", "co_invited", "examined_anew"} <= silent
    for action in sorted(silent):
        request.version += 1
        record(request, action, by=officer, before=request.status)
    Request.objects.filter(pk=request.pk).update(version=request.version)
    assert ALL.count() == before


def test_the_version_is_the_one_that_the_api_shows_its_requester(endpoint, administrator):
    request = a_request(status=states.IN_EXAMINATION, by=administrator)
    go(request, "note", by=administrator)
    [row] = rows(Request.objects.visible_to(administrator).filter(pk=request.pk))
    assert of_row(row, may_change=False)["version"] == ALL.get(type="request.taken").version


def test_an_examination_anew_is_not_owed(endpoint, administrator):
    request = a_request(by=administrator)
    before = ALL.count()
    Request.objects.get(pk=request.pk).examination.__class__.objects.update(basis="older")
    assert examination.examine_anew(request.reference)
    assert ALL.count() == before


def test_a_draft_owes_nothing(endpoint, administrator):
    draft = a_draft(by=administrator)
    filing.delete_draft(draft, by=administrator)
    assert not ALL.exists()


def others_listening(receiver) -> list[WebhookEndpoint]:
    """Addresses of everybody who must not be told."""
    kinds = [("workers", "Another union (fictional)"), ("employers", ""), ("government", "")]
    people = [a_member(kind, name=name, role="administrator", email=f"other{kind}@example.org") for kind, name in kinds]
    return [
        WebhookEndpoint.objects.create(
            organization=organization_of(person), url=f"{receiver.url}/{number}", made_by=person, secret="-"
        )
        for number, person in enumerate(people)
    ]


def test_matrix_no_other_organization_is_ever_told(endpoint, administrator, receiver):
    others = others_listening(receiver)
    a_request(status=states.CLOSED, by=administrator)
    assert ALL.filter(endpoint=endpoint).count() == len(PATHS[states.CLOSED])
    assert not ALL.filter(endpoint__in=others).exists()


def test_matrix_an_organization_that_signs_with_another_is_not_told(endpoint, administrator, receiver):
    others = others_listening(receiver)
    signer = User.objects.get(email="otheremployers@example.org")
    request = a_request(by=administrator, answers=OTHERS)
    cosigning.invite(seen_by(administrator, request), signer.email, by=administrator)
    [row] = request.cosignatures.all()
    assert row.organization == organization_of(signer)
    cosigning.sign(seen_by(signer, request), row.uid, by=signer, declared=True)
    assert not ALL.filter(endpoint__in=others).exists()
    # Nor is it told to who files that somebody was asked: his page does not say so either.
    assert types() == ["request.sent", "request.co_signed"]


def test_matrix_once_another_files_it_the_former_organization_is_not_told(endpoint, administrator, receiver):
    request = a_request(by=administrator)
    other = Organization.objects.create(name="Heir (fictional)", kind="workers", country_id="CM")
    Request.objects.filter(pk=request.pk).update(organization=other)
    sweep()
    assert receiver.got == []
    assert ALL.get().state == "dropped"


def test_matrix_who_named_the_address_may_leave_the_organization_is_still_told(endpoint, administrator, receiver):
    writer = a_member(email="writer@example.org")
    Membership.objects.filter(user=administrator).update(until=endpoint.made_at, since=endpoint.made_at)
    a_request(by=writer)
    sweep()
    assert [json.loads(got.body)["type"] for got in receiver.got] == ["request.sent"]


def test_canary_no_word_of_a_request_is_in_what_is_sent(endpoint, administrator, receiver):
    told = tell(administrator)
    sweep()
    sent = [repr(got.headers) + got.body.decode() for got in receiver.got]
    assert len(sent) == ALL.count() == 3
    for text in sent:
        assert told.request.reference in text
        assert told.parts_in(text) == set()
        for person in (administrator, User.objects.get(email="taker@example.org")):
            assert person.email not in text and person.name not in text and str(person.pk) not in text


def test_canary_what_is_stored_of_it_holds_no_word_of_a_request(endpoint, administrator, receiver):
    told = tell(administrator)
    sweep()
    stored = repr(list(ALL.values())) + repr(list(WebhookDelivery.tries.rel.related_model.objects.values()))
    assert told.request.reference in stored
    assert told.parts_in(stored) == set()


def queries(request: Request, administrator: User) -> int:
    with CaptureQueriesContext(connection) as seen:
        filing.write(seen_by(administrator, request), "A letter.", by=administrator)
    return sum("webhooks_" in one["sql"] for one in seen)


def test_a_step_costs_one_query_without_an_address_and_the_same_for_one_as_for_five(named, administrator, receiver):
    request = a_request(by=administrator)
    assert queries(request, administrator) == 1
    named()
    one = queries(request, administrator)
    for number in range(4):
        named(f"{receiver.url}/{number}")
    assert queries(request, administrator) == one == 2


def test_a_step_that_is_undone_owes_nothing(endpoint, administrator, monkeypatch):
    monkeypatch.setattr("requests_app.services.notices.tell", lambda *_args: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        a_request(by=administrator)
    assert not ALL.exists() and not Event.objects.exists()


def test_unknown_references_and_drafts_are_known_to_nobody(administrator):
    from_draft = a_draft(by=administrator)
    organization = organization_of(administrator).pk
    assert not files(organization, from_draft.reference)
    assert not files(organization, "FA-0000-0000")
    assert not files(uuid.uuid4(), a_request(by=administrator).reference)
