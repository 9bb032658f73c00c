"""The quarterly figures are made once, from finished years, and are never told differently."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from requests_app import states
from requests_app.kinds import OPINION, SEMINAR
from requests_app.models import Event, Request, Snapshot
from requests_app.services.snapshot import counts_of, make_due
from requests_app.snapshot import FEW, WITHHELD
from requests_app.tasks import make_snapshot
from tests.factories import a_country, a_request, a_union, an_officer, go

pytestmark = pytest.mark.django_db

IN_2026 = datetime(2026, 5, 4, 9, tzinfo=UTC)
AFTER_2026 = datetime(2027, 4, 2, 9, tzinfo=UTC)


def sent(number: int, kind: str = SEMINAR, on: datetime = IN_2026, **of: object) -> list[Request]:
    """So many requests of one kind, sent on a day."""
    with time_machine.travel(on, tick=False):
        by = a_union()
        return [a_request(kind, by=by, **of) for _ in range(number)]


def told(now: datetime) -> dict:
    """What is told on that day."""
    return make_due(now).figures


def test_a_finished_year_is_told_by_kind_region_and_stage_with_small_cells_hidden() -> None:
    sent(7)
    sent(2, OPINION)
    year = told(AFTER_2026)["years"][0]
    assert (year["year"], year["total"]) == (2026, 9)
    kinds = year["tables"]["kind"]
    assert kinds["opinion"] == kinds["direct_contacts"] == FEW
    assert kinds["seminar"] in (WITHHELD, 7)
    assert set(year["tables"]) == {"kind", "region", "stage", "origin"}
    assert set(year["tables"]["region"]) == {
        "Africa",
        "Americas",
        "Arab States",
        "Asia and the Pacific",
        "Europe and Central Asia",
    }


def test_an_unfinished_year_is_not_told() -> None:
    sent(7)
    assert told(datetime(2027, 3, 31, tzinfo=UTC))["years"] == []
    assert Snapshot.objects.get().quarter == "2026Q3"


def test_one_more_request_changes_nothing_that_is_told_in_the_same_quarter() -> None:
    sent(7)
    before = told(AFTER_2026)
    sent(6, OPINION)
    assert told(AFTER_2026 + timedelta(days=60)) == before
    assert Snapshot.objects.count() == 1


def test_a_year_that_was_told_is_told_in_the_same_words_in_every_later_quarter() -> None:
    """Whatever is found of it later: the difference of two quarters tells nothing."""
    sent(7)
    before = told(AFTER_2026)["years"]
    sent(6, OPINION)
    assert told(AFTER_2026 + timedelta(days=100))["years"] == before
    assert told(AFTER_2026 + timedelta(days=400))["years"][:1] == before
    assert Snapshot.objects.count() == 3


def test_the_stage_is_that_at_the_end_of_the_year_whatever_came_later() -> None:
    first, *_others = sent(6)
    with time_machine.travel(datetime(2027, 1, 5, tzinfo=UTC), tick=False):
        go(first, "withdraw", by=a_union())
    assert counts_of(2026)["stage"][states.SENT] == 6
    assert counts_of(2026)["stage"][states.WITHDRAWN] == 0


def test_a_request_counts_in_the_region_of_its_country_and_the_year_of_its_sending() -> None:
    sent(1)
    a_country("PE", "Peru", "Americas")
    sent(2, country="PE")
    sent(3, on=datetime(2027, 1, 1, tzinfo=UTC))
    counts = counts_of(2026)["region"]
    assert (counts["Africa"], counts["Americas"]) == (1, 2)
    assert sum(counts_of(2027)["region"].values()) == 3


def test_drafts_are_not_counted() -> None:
    with time_machine.travel(IN_2026, tick=False):
        a_request(status=states.DRAFT)
    assert sum(counts_of(2026)["kind"].values()) == 0


def test_usual_times_are_told_from_twenty_decided_requests_on() -> None:
    requests = sent(20)
    officer = an_officer()
    for number, request in enumerate(requests):
        with time_machine.travel(IN_2026 + timedelta(days=number + 1), tick=False):
            go(request, "take", by=request.author, officer=officer)
            go(request, "ask", by=request.author, officer=officer)
        if number < 19:
            with time_machine.travel(IN_2026 + timedelta(days=number + 30), tick=False):
                go(request, "accept", by=request.author, officer=officer)
    assert told(datetime(2026, 10, 1, tzinfo=UTC))["times"] == {"first_reply": None, "decision": None}
    with time_machine.travel(datetime(2026, 8, 1, tzinfo=UTC), tick=False):
        go(requests[19], "accept", by=requests[19].author, officer=officer)
    times = told(datetime(2027, 1, 1, tzinfo=UTC))["times"]
    assert times["first_reply"] == {"half": 10, "nine_of_ten": 18}
    assert times["decision"]["half"] == 39


def test_a_row_is_never_changed_or_deleted() -> None:
    row = make_due(AFTER_2026)
    for act in (lambda: Snapshot.objects.update(figures={}), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Snapshot.objects.get().figures == row.figures


def test_making_it_again_reads_one_row_and_counts_nothing(django_assert_num_queries) -> None:
    make_due(AFTER_2026)
    with django_assert_num_queries(1):
        make_due(AFTER_2026)


def test_counting_costs_the_same_for_any_number_of_requests(django_assert_max_num_queries) -> None:
    sent(3)
    with django_assert_max_num_queries(14):
        make_due(AFTER_2026)


def test_the_command_and_the_clock_make_the_same_row(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_snapshot")
    assert make_snapshot() == Snapshot.objects.get().quarter
    assert Snapshot.objects.get().quarter in capsys.readouterr().out


def test_the_clock_knows_the_job(settings) -> None:
    assert make_snapshot.name in {job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.parametrize(("unit", "status"), [("branch", 200), ("actrav", 403), ("YAO", 403)])
def test_only_the_branch_looks_at_the_rows_at_the_desk_and_changes_nothing(
    client: Client, unit: str, status: int
) -> None:
    row = make_due(AFTER_2026)
    client.force_login(an_officer(unit))
    assert client.get(reverse("admin:requests_snapshot_changelist")).status_code == status
    page = reverse("admin:requests_snapshot_change", args=[row.pk])
    assert client.get(page).status_code == status
    assert client.post(page, {}).status_code == 403
    assert client.get(reverse("admin:requests_snapshot_add")).status_code == 403
    assert client.post(reverse("admin:requests_snapshot_delete", args=[row.pk])).status_code == 403


def test_nothing_that_is_hidden_is_stored() -> None:
    sent(7)
    sent(2, OPINION)
    row = make_due(AFTER_2026)
    with connection.cursor() as cursor:
        cursor.execute("SELECT figures FROM requests_snapshot")
        stored = str(cursor.fetchone()[0])
    assert "seminar" in stored
    assert row.figures["years"][0]["tables"]["kind"]["opinion"] == FEW
    assert Event.objects.filter(request__kind=OPINION).count() >= 2
    assert '"opinion": 2' not in stored
