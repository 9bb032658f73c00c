"""Importing: what is taken up, what a second run does, what is refused and with which words."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from supervisory.corrections import give_back, save_correction
from supervisory.models import ImportRun, ItemChange, Referral, SupervisoryItem
from tests.supervisory.conftest import NOW, cases, comments, record, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_a_second_import_of_the_same_files_changes_nothing():
    files = cases({}, {"case_number": "3138", "status": "closed"}), comments({}, {"normlex_comment_id": "12"})
    assert [report.added for report in take(*files)] == [2, 2]
    before = record()
    assert [(report.added, report.changed, report.unchanged) for report in take(*files)] == [(0, 0, 2), (0, 0, 2)]
    assert record() == before
    assert not ItemChange.objects.exists()


def test_a_later_file_changes_a_row_and_the_history_says_field_by_field_what(cell):
    take(cases({"status": "active"}))
    [report] = take(cases({"status": "closed", "report_type": "definitive report"}))
    assert report.changed == 1
    assert cell("case-3134", "status") == "closed"
    history = ItemChange.objects.filter(item="case-3134").values_list("field", "before", "after")
    assert sorted(history) == [("report_type", "", "definitive"), ("status", "active", "closed")]


def test_what_was_not_seen_this_time_does_not_take_away_what_was_seen_before(cell):
    take(comments({"noted_with_interest": "yes", "mentions_technical_assistance": "yes", "note": "seen"}))
    [report] = take(comments({"noted_with_interest": "no", "mentions_technical_assistance": "no", "note": ""}))
    assert report.unchanged == 1
    assert cell("comment-3960001", "interest") is True
    assert Referral.objects.get().way == "mentioned"


def test_what_a_person_read_of_assistance_is_not_put_back_to_mentioned():
    take(comments({"mentions_technical_assistance": "yes"}))
    Referral.objects.update(way="suggested")
    take(comments({"mentions_technical_assistance": "yes"}))
    assert list(Referral.objects.values_list("way", flat=True)) == ["suggested"]


def test_an_item_corrected_by_hand_is_kept_until_it_is_given_back(cell):
    take(cases({"status": "active"}))
    item = SupervisoryItem.objects.get(pk="case-3134")
    item.status = "follow_up"
    save_correction(item, NOW)
    [report] = take(cases({"status": "closed"}))
    assert (report.kept, report.changed) == (1, 0)
    assert cell("case-3134", "status") == "follow_up"
    give_back(SupervisoryItem.objects.all())
    take(cases({"status": "closed"}))
    assert cell("case-3134", "status") == "closed"


def test_a_row_without_a_number_has_a_key_of_its_own():
    rows = {"normlex_comment_id": "", "year_adopted": "2018"}, {"normlex_comment_id": "", "year_adopted": "2019"}
    take(comments(*rows))
    take(comments(*rows))
    keys = set(SupervisoryItem.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(key.startswith("row-") for key in keys)


def test_rows_of_one_import_that_contradict_each_other_are_all_left_out():
    rows = {"status": "active"}, {"status": "closed"}, {"status": "active"}, {"case_number": "9"}
    [report] = take(cases(*rows), all_or_nothing=False)
    assert (report.added, report.refused) == (1, 3)
    assert "contradict each other about case-3134: file0.csv, line 2 and file0.csv, line 3" in report.complaints[2]
    assert list(SupervisoryItem.objects.values_list("key", flat=True)) == ["case-9"]


def test_a_case_does_not_move_to_another_country(cell):
    take(cases({}))
    [report] = take(cases({"country_iso2": "HU"}, {"case_number": "9"}), all_or_nothing=False)
    assert report.complaints == ["file0.csv, line 2: case-3134 is of CM in the record"]
    [report] = take(cases({"country_iso2": "HU"}, {"case_number": "10"}))
    assert (report.added, report.refused) == (0, 1)
    assert set(SupervisoryItem.objects.values_list("key", flat=True)) == {"case-3134", "case-9"}


def swap(old: str, new: str) -> bytes:
    """A good row of comments and one in which a text is another."""
    raw = comments({"normlex_comment_id": "1"}, {"normlex_comment_id": "2"})
    head, good, bad = raw.decode().splitlines(keepends=True)
    assert old in bad
    return (head + good + bad.replace(old, new, 1)).encode()


DAMAGES = [
    ("country", swap("CM,", "XX,"), "XX is no member State"),
    ("country code", swap("CM,", "Cameroon,"), "'Cameroon' is not a country code"),
    ("instrument", swap("C087", "C199"), "C199 is no instrument"),
    ("type", swap("observation", "remark"), "'remark' is none of observation, direct_request"),
    ("bad year", swap("2019", "19"), "year_adopted: 19 is not between 1919 and 2100"),
    ("flag", swap("no,no,no", "no,nein,no"), "noted_with_interest: 'nein' is neither yes nor no"),
    ("number", swap(",2,", ",2a,"), "'2a' is not a comment number"),
    ("cell too many", swap("CM,", "CM,,"), "14 cells, not 13"),
    ("open quotes", swap("CM,", '"CM,'), "not a line of CSV"),
    ("wrong encoding", swap("no,no,no,", "no,no,no,é").decode().encode("latin-1"), "not UTF-8 text"),
    ("encoding lost before", swap("no,no,no,", "no,no,no,\ufffd"), "another encoding"),
    ("long line", swap("no,no,no,", "no,no,no," + "x" * 20_000), "longer than 10,000 bytes"),
    (
        "nothing to tell it by",
        swap(",2,", ",,").replace(b"2019,,,,no,no,no,,,", b",,,,no,no,no,,,"),
        "no comment number",
    ),
]


@pytest.mark.parametrize(("name", "raw", "reason"), DAMAGES, ids=[row[0] for row in DAMAGES])
def test_a_bad_row_refuses_itself_or_the_whole_file_as_the_operator_chooses(name, raw, reason):
    [whole] = take(raw)
    assert (whole.added, whole.refused) == (0, 1)
    assert not SupervisoryItem.objects.exists()
    assert not ImportRun.objects.exists()
    [rows] = take(raw, all_or_nothing=False)
    assert (rows.added, rows.refused) == (1, 1)
    assert list(SupervisoryItem.objects.values_list("key", flat=True)) == ["comment-1"]
    for report in (whole, rows):
        assert report.complaints[0].startswith("file0.csv, line 3: ")
        assert reason in report.complaints[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"complaint_date": "2019-02-30"}, "complaint_date: '2019-02-30' is not a date"),
        ({"complaint_date": "30.01.2019"}, "is not a date like 1962-09-03"),
        ({"report_date": "2019-13"}, "report_date: '2019-13' is not a date"),
        ({"complaint_date": "2019-02-03", "report_date": "2018-03"}, "reported on before the complaint"),
        ({"status": "open"}, "status: 'open' is none of active, follow_up, closed"),
        ({"case_number": ""}, "cannot be told from other cases"),
    ],
)
def test_a_bad_case_is_refused_with_the_reason(row, reason):
    [report] = take(cases(row))
    assert reason in report.complaints[0]


FILES = [
    ("unknown column", cases({}).replace(b"status", b"state"), "line 1: unknown column 'state'"),
    ("columns swapped", cases({}).replace(b"case_number,country_iso2", b"country_iso2,case_number"), "another order"),
    ("another file", b"a,b\n1,2\n", "line 1: the header is neither that of cases nor that of comments"),
    ("empty", b"", "the file is empty"),
    ("UTF-16", cases({}).decode().encode("utf-16"), "line 1: not UTF-8 text"),
    ("byte order mark", b"\xef\xbb\xbf" + cases({}), "line 1: starts with a byte order mark"),
]


@pytest.mark.parametrize(("name", "raw", "reason"), FILES, ids=[row[0] for row in FILES])
def test_a_file_that_is_none_of_ours_is_refused_whole_and_row_by_row_leaves_the_others(name, raw, reason):
    bad, good = take(raw, comments({}))
    assert bad.refused_whole
    assert reason in bad.complaints[0]
    assert good.added == 0
    assert not SupervisoryItem.objects.exists()
    bad, good = take(raw, comments({}), all_or_nothing=False)
    assert bad.refused_whole
    assert good.added == 1


def test_a_file_above_the_limit_is_refused_before_it_is_read(settings, monkeypatch):
    settings.SUPERVISORY_IMPORT_LIMIT = 100
    monkeypatch.setattr("supervisory.importing.source.Source.lines", None)
    [report] = take(cases({}))
    assert "the limit is 100: cut it into several files" in report.complaints[0]


def test_the_number_of_queries_does_not_grow_with_the_rows_of_a_batch(django_assert_max_num_queries):
    rows = [{"case_number": str(number), "mentions_technical_assistance": "yes"} for number in range(1, 250)]
    with django_assert_max_num_queries(30):
        take(cases(*rows))
    with django_assert_max_num_queries(30):
        take(cases(*({**row, "status": "closed"} for row in rows)))


def test_a_dry_run_says_what_would_change_and_changes_nothing():
    take(cases({"status": "active"}))
    before = record()
    [report] = take(cases({"status": "closed"}, {"case_number": "9"}, {"case_number": "10"}), dry_run=True)
    assert (report.added, report.changed, report.new_keys) == (2, 1, ["case-9", "case-10"])
    [change] = report.changes
    assert (change.key, change.field, change.before, change.after) == ("case-3134", "status", "active", "closed")
    assert record() == before
    assert ImportRun.objects.count() == 1


def run(*arguments: str | Path) -> str:
    """Run the command; what it printed."""
    printed = io.StringIO()
    call_command("import_supervisory", *map(str, arguments), stdout=printed)
    return printed.getvalue()


def test_the_command_imports_tries_and_refuses(tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(cases({}))
    bad.write_bytes(cases({"case_number": "8"}, {"case_number": "9", "country_iso2": "XX"}))
    assert "1 changes would be made" in run(good, "--dry-run")
    assert not SupervisoryItem.objects.exists()
    with pytest.raises(CommandError, match="Something was refused"):
        run(good, bad)
    assert not SupervisoryItem.objects.exists()
    with pytest.raises(CommandError, match="Something was refused"):
        run(good, bad, "--row-by-row")
    assert set(SupervisoryItem.objects.values_list("key", flat=True)) == {"case-3134", "case-8"}
    assert run(good).endswith("\n0 changes\n")
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.csv")
