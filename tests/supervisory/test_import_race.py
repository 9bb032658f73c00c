"""The same files imported by several at once: every row is there once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from supervisory.models import ImportRun, ItemInstrument, Referral, SupervisoryItem
from tests.supervisory.conftest import cases, comments, take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("loaded")]
AT_ONCE = 4


@pytest.mark.parametrize("all_or_nothing", [True, False])
def test_imported_in_parallel_every_row_is_there_once(all_or_nothing):
    case_rows = [{"case_number": str(number), "mentions_technical_assistance": "yes"} for number in range(1, 400)]
    comment_rows = [{"normlex_comment_id": str(number)} for number in range(1, 100)]
    files = [cases(*case_rows), comments(*comment_rows)]
    barrier, added, failed = Barrier(AT_ONCE), [], []

    def one(number: int) -> None:
        try:
            barrier.wait()
            mine = files if number % 2 else files[::-1]
            added.append(sum(report.added for report in take(*mine, all_or_nothing=all_or_nothing)))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=one, args=[number]) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert sum(added) == SupervisoryItem.objects.count() == 399 + 99
    assert Referral.objects.count() == 399
    assert ItemInstrument.objects.count() == 99
    assert ImportRun.objects.count() == 2 * AT_ONCE
