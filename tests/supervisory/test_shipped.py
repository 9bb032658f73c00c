"""The shipped files: all of them are in the record after one run, and a second run does nothing."""

import io

import pytest
from django.core.management import call_command

from standards.models import Trust
from supervisory.models import Body, ImportRun, Referral, Statistic, SupervisoryItem, Way

pytestmark = pytest.mark.django_db


def load() -> str:
    """Run the command; what it printed."""
    printed = io.StringIO()
    call_command("load_supervisory", stdout=printed)
    return printed.getvalue()


@pytest.fixture
def reference(db) -> None:
    call_command("load_reference", verbosity=0)


def test_all_shipped_rows_are_loaded_and_a_second_run_changes_nothing(reference, django_assert_num_queries):
    assert load() == f"{54 + 40 + 6 + 63} changes\n"
    assert SupervisoryItem.objects.filter(body=Body.CFA_CASE).count() == 54
    assert SupervisoryItem.objects.exclude(body=Body.CFA_CASE).count() == 40
    assert Statistic.objects.count() == 63
    assert ImportRun.objects.count() == 4
    with django_assert_num_queries(1):
        assert load() == "0 changes\n"


def test_how_the_sample_speaks_of_assistance_is_said_where_it_was_read_and_mentioned_elsewhere(reference):
    load()
    ways = Referral.objects.order_by("item").values_list("item", "way", "mission")
    assert list(ways) == [
        ("case-2450", Way.MENTIONED, "direct_contacts"),
        ("comment-2120981", Way.RECEIVED, ""),
        ("comment-2129425", Way.SUGGESTED, ""),
        ("comment-2154350", Way.RECEIVED, ""),
        ("comment-2556397", Way.MENTIONED, ""),
        ("comment-4372589", Way.RECEIVED, ""),
        ("comment-4464003", Way.REMINDED, ""),
    ]


def test_what_later_imports_and_corrections_changed_outlives_the_next_start(reference):
    load()
    SupervisoryItem.objects.filter(pk="case-3185").update(status="closed")
    assert load() == "0 changes\n"
    assert SupervisoryItem.objects.get(pk="case-3185").status == "closed"


def test_rows_that_leave_out_what_names_them_are_marked_as_not_certain(reference):
    load()
    low = SupervisoryItem.objects.filter(confidence=Trust.LOW)
    assert {"comment-2324979", "comment-4372589", "case-3037"} <= set(low.values_list("key", flat=True))
    assert not low.filter(key__in=["case-3294", "comment-3960266"]).exists()


def test_an_item_leads_to_its_public_text(reference):
    load()
    comment, case = SupervisoryItem.objects.get(pk="comment-4111542"), SupervisoryItem.objects.get(pk="case-2445")
    assert comment.url.endswith("f?p=NORMLEXPUB:13100:0::NO::P13100_COMMENT_ID:4111542")
    assert case.url.endswith("f?p=NORMLEXPUB:50002:0::NO::P50002_COMPLAINT_TEXT_ID:3327320")
    assert SupervisoryItem.objects.get(pk="case-1787").url == ""
