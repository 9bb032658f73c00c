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
    assert load() == f"{54 + 40 + 63} changes\n"
    assert SupervisoryItem.objects.filter(body=Body.CFA_CASE).count() == 54
    assert SupervisoryItem.objects.exclude(body=Body.CFA_CASE).count() == 40
    assert Statistic.objects.count() == 63
    assert ImportRun.objects.count() == 3
    with django_assert_num_queries(1):
        assert load() == "0 changes\n"


def test_a_sample_says_of_assistance_only_that_it_is_mentioned(reference):
    load()
    assert Referral.objects.count() == 7
    assert set(Referral.objects.values_list("way", flat=True)) == {Way.MENTIONED}


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
