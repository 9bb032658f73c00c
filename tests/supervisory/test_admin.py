"""The record at the desk: few queries, no filter to guess with, corrections that last, imports in two steps."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from supervisory.admin import PAGES
from supervisory.models import ImportRun, ItemChange, ItemInstrument, Referral, RunState, SupervisoryItem
from tests import factories
from tests.supervisory.conftest import cases, comments, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
ADD = "admin:supervisory_importrun_add"


@pytest.fixture
def administrator(client):
    client.force_login(User.objects.create_superuser("technical@example.org", name="Technical (fictional)"))
    return client


def many(count: int) -> None:
    """Items with instruments, referrals and a history."""
    rows = [{"normlex_comment_id": str(n), "mentions_technical_assistance": "yes"} for n in range(1, count + 1)]
    take(comments(*rows))
    take(comments(*({**row, "noted_with_interest": "yes"} for row in rows)))


@pytest.mark.parametrize("rows", [25, 50])
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_a_list_costs_few_queries_however_long(administrator, django_assert_max_num_queries, model, rows):
    many(rows)
    with django_assert_max_num_queries(12):
        shown = administrator.get(reverse(f"admin:supervisory_{model._meta.model_name}_changelist"))
    assert shown.status_code == 200


def test_the_page_of_an_item_costs_the_same_whatever_its_history(administrator, django_assert_max_num_queries):
    many(1)
    run = ImportRun.objects.first()
    ItemChange.objects.bulk_create(ItemChange(run=run, item_id="comment-1", field="note") for _ in range(40))
    with django_assert_max_num_queries(12 + 2):  # two are the savepoint of the test's own transaction
        page = administrator.get(reverse("admin:supervisory_supervisoryitem_change", args=["comment-1"]))
    assert "P13100_COMMENT_ID:1" in page.text


@pytest.mark.parametrize("query", ["country__region__startswith=A", "note__contains=x", "added_by__by__email=a@b.c"])
def test_only_the_filters_of_the_list_can_be_asked_for(administrator, query):
    answer = administrator.get(reverse("admin:supervisory_supervisoryitem_changelist") + f"?{query}")
    assert answer.status_code in (302, 400)
    allowed = administrator.get(reverse("admin:supervisory_supervisoryitem_changelist") + "?body__exact=cfa_case")
    assert allowed.status_code == 200


def test_a_list_says_not_in_the_part_read_and_never_none(administrator):
    take(comments({}))
    page = administrator.get(reverse("admin:supervisory_supervisoryitem_changelist")).text
    assert page.count("not in the part read") == 2


def form_of(item: SupervisoryItem, **changes: str) -> dict[str, str]:
    """What a browser sends back from the page of an item."""
    held = {"links": ItemInstrument.objects.filter(item=item), "referrals": Referral.objects.filter(item=item)}
    data = {
        "body": item.body,
        "country": item.country_id,
        "year_adopted": str(item.year_adopted or ""),
        "extent": item.extent,
        "confidence": item.confidence,
    }
    for prefix, rows in held.items():
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(len(rows))}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-id": str(row.pk), f"{prefix}-{number}-item": item.pk}
            for name in ("instrument_id", "topic", "way"):
                if hasattr(row, name):
                    data[f"{prefix}-{number}-{name.removesuffix('_id')}"] = getattr(row, name)
    data |= {"changes-TOTAL_FORMS": "0", "changes-INITIAL_FORMS": "0"}
    return {**data, **changes}


def test_a_person_who_read_how_assistance_is_spoken_of_writes_it_down_and_imports_leave_it(administrator):
    take(comments({"mentions_technical_assistance": "yes"}))
    item = SupervisoryItem.objects.get()
    address = reverse("admin:supervisory_supervisoryitem_change", args=[item.pk])
    answer = administrator.post(address, form_of(item, **{"referrals-0-way": "suggested"}))
    assert answer.status_code == 302, answer.context["errors"]
    assert Referral.objects.get().way == "suggested"
    assert SupervisoryItem.objects.get().corrected_at is not None
    [report] = take(comments({"noted_with_interest": "yes"}))
    assert report.kept == 1


def test_an_item_is_added_by_its_number_once(administrator):
    address = reverse("admin:supervisory_supervisoryitem_add")
    item = SupervisoryItem(body="ceacr_observation", country_id="CM", year_adopted=2024)
    assert administrator.post(address, form_of(item, number="77")).status_code == 302
    assert SupervisoryItem.objects.get(pk="comment-77").year == 2024
    again = administrator.post(address, form_of(item, number="77"))
    assert "in the record already" in again.text
    without = SupervisoryItem(body="article_24", country_id="CM")
    assert administrator.post(address, form_of(without)).status_code == 302
    assert SupervisoryItem.objects.filter(key__startswith="item-").count() == 1


def upload(client, raw: bytes, mode: str = "all") -> str:
    """Upload a file at the page; the address it leads to."""
    file = SimpleUploadedFile("cases.csv", raw)
    return client.post(reverse(ADD), {"file": file, "mode": mode}).headers.get("Location", "")


def test_an_upload_is_tried_read_and_applied_once(administrator):
    take(cases({"status": "active"}))
    address = upload(administrator, cases({"status": "closed"}, {"case_number": "9"}))
    page = administrator.get(address)
    assert "case-9" in page.text
    assert all(word in page.text for word in ("active", "closed", "Apply"))
    assert SupervisoryItem.objects.count() == 1
    act = address.replace("change/", "apply/")
    assert administrator.get(act).status_code == 405
    for _ in range(2):
        administrator.post(act)
    run = ImportRun.objects.get(file="cases.csv")
    assert (run.state, run.added_rows, run.changed_rows, bytes(run.content)) == (RunState.DONE, 1, 1, b"")
    assert run.by.email == "technical@example.org"
    assert SupervisoryItem.objects.count() == 2
    assert ItemChange.objects.filter(run=run).count() == 1


def test_an_upload_with_a_bad_row_cannot_be_applied_whole_but_row_by_row(administrator):
    raw = cases({}, {"case_number": "9", "country_iso2": "XX"})
    page = administrator.get(upload(administrator, raw)).text
    assert "XX is no member State" in page
    assert "/apply/" not in page
    address = upload(administrator, raw, mode="rows")
    administrator.post(address.replace("change/", "apply/"))
    assert list(SupervisoryItem.objects.values_list("key", flat=True)) == ["case-3134"]


def test_a_dropped_upload_changes_nothing_and_keeps_no_content(administrator):
    address = upload(administrator, cases({}))
    administrator.post(address.replace("change/", "drop/"))
    administrator.post(address.replace("change/", "apply/"))
    run = ImportRun.objects.get()
    assert (run.state, bytes(run.content)) == (RunState.DROPPED, b"")
    assert not SupervisoryItem.objects.exists()


def test_a_file_too_large_for_the_page_is_refused_with_a_sentence(administrator, settings):
    settings.SUPERVISORY_UPLOAD_LIMIT = 100
    file = SimpleUploadedFile("cases.csv", cases({}))
    page = administrator.post(reverse(ADD), {"file": file, "mode": "all"})
    assert "Cut it, or use the command on the server." in page.text
    assert not ImportRun.objects.exists()


def test_an_officer_looks_and_does_not_import(client):
    take(cases({}))
    client.force_login(factories.an_officer())
    run = ImportRun.objects.get()
    assert client.get(reverse("admin:supervisory_importrun_change", args=[run.pk])).status_code == 200
    assert client.get(reverse("admin:supervisory_supervisoryitem_change", args=["case-3134"])).status_code == 200
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse("admin:supervisory_importrun_apply", args=[run.pk])).status_code == 403


def test_nobody_deletes_what_a_body_said(administrator):
    take(cases({}))
    assert (
        administrator.post(reverse("admin:supervisory_supervisoryitem_delete", args=["case-3134"])).status_code == 403
    )
