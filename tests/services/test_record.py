"""The record: events are only ever added, on either engine; every change from sending on leaves exactly one."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from accounts.models import User
from requests_app import append_only
from requests_app.models import Access, Event, Request, Revision
from requests_app.refusals import NotNow
from requests_app.services import filing
from requests_app.services.access_log import note_reading
from requests_app.states import CLOSED, DRAFT, QUESTION_OUT, SENT
from tests.factories import PATHS, a_request, a_union, an_officer, go, organization_of, seen_by

pytestmark = pytest.mark.django_db


def test_the_triggers_stand_after_migrate() -> None:
    assert append_only.installed(connection) == set(append_only.TABLES)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_event(change: str) -> None:
    a_request(status=SENT)
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        Event.objects.update(action="note") if change == "update" else Event.objects.all()._raw_delete("default")
    assert Event.objects.get().action == "send"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_the_access_log(change: str) -> None:
    request, officer = a_request(status=SENT), an_officer()
    note_reading(seen_by(officer, request), officer)
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        Access.objects.update(at=None) if change == "update" else Access.objects.all()._raw_delete("default")
    assert Access.objects.count() == 1


def test_a_draft_has_no_events_and_can_be_deleted() -> None:
    union = a_union()
    draft = a_request(status=DRAFT, by=union)
    assert not Event.objects.exists()
    filing.delete_draft(draft, by=union)


def test_what_was_sent_and_who_acted_cannot_be_deleted() -> None:
    union = a_union()
    request = a_request(status=SENT, by=union)
    with pytest.raises(ProtectedError):
        request.delete()
    with pytest.raises(ProtectedError):
        User.objects.get(pk=union.pk).delete()
    with pytest.raises(ProtectedError):
        organization_of(union).delete()


@pytest.mark.parametrize("who", [lambda: a_union(), lambda: an_officer()], ids=["union", "Branch"])
def test_a_request_that_was_sent_is_deleted_by_nobody_who_reads_it(who) -> None:
    request = a_request(status=SENT)
    with pytest.raises(NotNow, match="stays on record"):
        filing.delete_draft(request, by=who())
    assert Request.objects.get().status == SENT


def test_every_step_leaves_one_event_with_its_version() -> None:
    request = a_request(status=CLOSED)
    events = list(request.events.all())
    assert [event.action for event in events] == list(PATHS[CLOSED])
    assert [event.version for event in events] == sorted({event.version for event in events})
    assert [event.status_after for event in events[:-1]] == [event.status_before for event in events[1:]]
    assert events[-1].version == request.version


def test_sending_and_answering_keep_all_answers_as_they_stood() -> None:
    union = a_union()
    request = a_request(status=QUESTION_OUT, by=union)
    go(request, "answer", by=union)
    assert list(Revision.objects.values_list("event__action", flat=True)) == ["send", "answer"]
    answers = Revision.objects.get(event__action="send").answers
    assert answers["request"]["title"] == request.title
    assert answers["situation"]["issues"] == ["forming"]


def test_events_hold_names_of_fields_and_never_what_was_typed() -> None:
    request = a_request(status=QUESTION_OUT, title="Unmistakable words")
    for event in request.events.all():
        assert "Unmistakable" not in str(vars(event))
