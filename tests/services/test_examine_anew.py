"""When rules or reference data change, every open request is examined anew; what has ended keeps its findings."""

import pytest

from requests_app.models import Event, Examination, Request
from requests_app.models.record import EXAMINED_ANEW
from requests_app.services import examination
from requests_app.states import ACCEPTED, DECLINED, DRAFT, SENT
from requests_app.tasks import examine_anew
from standards.models import DataFile
from tests.factories import a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def newer_rules(monkeypatch: pytest.MonkeyPatch):
    """Tells the portal that its rules are others than before."""
    return lambda digest="newer": monkeypatch.setattr(examination, "rules_digest", lambda: digest)


def test_nothing_is_examined_twice_with_the_same_rules_and_data() -> None:
    a_request(status=SENT)
    assert examine_anew() == 0
    assert Examination.objects.count() == 1


def test_new_rules_examine_open_requests_and_leave_an_event(newer_rules) -> None:
    request = a_request(status=ACCEPTED)
    before = request.version
    newer_rules()

    assert examine_anew() == 1
    assert examine_anew() == 0

    request.refresh_from_db()
    [event] = Event.objects.filter(request=request, action=EXAMINED_ANEW)
    assert event.actor is None
    assert (event.status_before, event.status_after) == (ACCEPTED, ACCEPTED)
    assert request.version == event.version == before + 1
    assert request.examination is not None and request.examination.cause == "changed"
    assert Examination.objects.filter(request=request).count() == 2


def test_drafts_and_ended_requests_are_left_alone(newer_rules) -> None:
    a_request(status=DRAFT)
    a_request(status=DECLINED)
    newer_rules()
    assert examine_anew() == 0


def test_new_reference_data_examine_anew() -> None:
    a_request(status=SENT)
    DataFile.objects.create(name="countries.csv", digest="0" * 64, rows=1, version=1)
    assert examine_anew() == 1


def test_one_request_that_fails_does_not_stop_the_others(newer_rules, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = a_request(status=SENT), a_request(status=SENT, title="The second one")
    newer_rules()
    examine = examination.store

    def fail_for_one(request: Request, cause: str) -> Examination:
        if request.pk == broken.pk:
            raise RuntimeError("broken on purpose")
        return examine(request, cause)

    monkeypatch.setattr(examination, "store", fail_for_one)
    assert examine_anew() == 1
    assert Event.objects.filter(action=EXAMINED_ANEW).get().request_id == sound.pk
