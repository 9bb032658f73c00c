"""Loading: what stands afterwards, what a second run does, what is refused."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Organization
from standards.corrections import give_back, save_correction
from standards.lookup import data_digest
from standards.models import Country, Coverage, DataFile, Instrument, Ratification, RatificationList, Station
from tests.standards.conftest import snapshot

pytestmark = pytest.mark.django_db


def load(folder: Path | None = None, **options: bool) -> str:
    """Run the command; what it printed."""
    printed = io.StringIO()
    call_command("load_reference", stdout=printed, **({"data": folder} if folder else {}), **options)
    return printed.getvalue()


def replace(folder: Path, file: str, old: str, new: str, times: int = 1) -> None:
    """Change a text in a file, and make sure it was there."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, times), encoding="utf-8")


def without_line(folder: Path, file: str, start: str) -> None:
    """Take the lines that begin with `start` out of a file."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) < len(lines)
    (folder / file).write_text("".join(kept), encoding="utf-8")


def test_all_real_rows_are_loaded_and_a_second_run_changes_nothing():
    assert load().endswith("\n2775 changes\n")
    assert Country.objects.count() == 187
    assert Instrument.objects.count() == 407
    assert Ratification.objects.count() == 1946
    assert Station.objects.filter(is_headquarters=False).count() == 13
    assert Station.objects.get(is_headquarters=True).code == "HQ"
    assert Coverage.objects.count() == 190
    assert Coverage.objects.filter(primary=True).count() == 187
    assert RatificationList.objects.count() == 23
    before = snapshot()
    assert load().endswith("\n0 changes\n")
    assert snapshot() == before
    assert load(force=True).endswith("\n0 changes\n")


def test_files_that_were_loaded_already_cost_one_query(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        load(loaded)


def test_comparing_all_rows_again_does_not_cost_a_query_a_row(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(50):
        load(loaded, force=True)


def test_only_the_row_that_changed_is_written(loaded):
    replace(loaded, "duty_stations.csv", "DWT/CO-Yaoundé", "DWT/CO-Yaoundé (new house)")
    before = data_digest()
    printed = load(loaded)
    assert "duty_stations.csv: 0 added, 1 changed, 3 unchanged" in printed
    assert printed.endswith("\n1 changes\n")
    assert Station.objects.get(pk="YAO").office_name == "DWT/CO-Yaoundé (new house)"
    assert data_digest() != before


def test_a_country_can_change_its_primary_station(loaded):
    replace(loaded, "coverage.csv", "GE,BUD,yes", "GE,BUD,no")
    replace(loaded, "coverage.csv", "GE,MOW,no", "GE,MOW,yes")
    load(loaded)
    assert Coverage.objects.get(country="GE", primary=True).station_id == "MOW"
    # And back: whichever row an engine writes first, there are never two.
    replace(loaded, "coverage.csv", "GE,BUD,no", "GE,BUD,yes")
    replace(loaded, "coverage.csv", "GE,MOW,yes", "GE,MOW,no")
    load(loaded)
    assert Coverage.objects.get(country="GE", primary=True).station_id == "BUD"


def no_header(raw: bytes) -> bytes:
    return raw.split(b"\n", 1)[1]


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    """A damage: one text in place of another."""

    def damage(raw: bytes) -> bytes:
        assert old.encode() in raw
        return raw.replace(old.encode(), new.encode(), 1)

    return damage


def second_headquarters(raw: bytes) -> bytes:
    return swap("fr en,yes", "fr en,no")(swap("CM,Africa,Africa,", "CM,,,")(raw))


DAMAGES = [
    ("unknown column", "countries.csv", swap("iso3", "iso_3"), 1, "unknown column 'iso_3'"),
    ("a column too many", "countries.csv", swap("un_m49\n", "un_m49,more\n"), 1, "unknown column 'more'"),
    ("columns swapped", "countries.csv", swap("iso2,iso3", "iso3,iso2"), 1, "another order"),
    ("no header", "coverage.csv", no_header, 1, "column 'country_iso2' is missing"),
    ("empty file", "coverage.csv", lambda raw: b"", None, "the file is empty"),
    ("only a header", "coverage.csv", lambda raw: raw.split(b"\n")[0] + b"\n", None, "has no rows"),
    ("a cell too many", "countries.csv", swap(",Suisse,", ",Suisse,,"), 2, "18 cells, not 17"),
    ("a line cut off", "ratifications.csv", lambda raw: raw.rsplit(b",", 3)[0], 26, "6 cells, not 8"),
    ("open quotes", "countries.csv", swap(",Suisse,", ',"Suisse,'), 2, "not a line of CSV"),
    ("wrong encoding", "countries.csv", lambda raw: raw.decode().encode("cp1251", "replace"), 2, "not UTF-8"),
    ("byte order mark", "countries.csv", lambda raw: b"\xef\xbb\xbf" + raw, 1, "byte order mark"),
    ("encoding lost before", "countries.csv", swap("Suisse", "Su\ufffdsse"), 2, "another encoding"),
    ("a NUL", "countries.csv", swap("Suisse", "Su\0sse"), 2, ""),
    ("spaces", "countries.csv", swap(",Suisse,", ", Suisse,"), 2, "spaces around"),
    ("empty name", "countries.csv", swap(",Suisse,", ",,"), 2, "name_fr: empty"),
    ("long name", "countries.csv", swap(",Suisse,", f",{'S' * 101},"), 2, "longer than 100"),
    ("country code", "countries.csv", swap("CH,CHE", "Ch,CHE"), 2, "'Ch' is not a country code"),
    ("region", "countries.csv", swap("Europe and Central Asia", "Europe"), 2, "'Europe' is none of"),
    ("yes and no", "coverage.csv", swap("HQ,yes", "HQ,ja"), 2, "'ja' is neither yes nor no"),
    ("bad date", "ratifications.csv", swap("1962-09-03", "1962-09-31"), 15, "'1962-09-31' is not a date"),
    ("day first", "ratifications.csv", swap("1962-09-03", "03.09.1962"), 15, "is not a date like"),
    ("year and date", "ratifications.csv", swap("1962-09-03,1962", "1962-09-03,1963"), 15, "day and year"),
    ("far year", "ratifications.csv", swap("1962-09-03,1962", "9962-09-03,9962"), 15, "not between 1919 and 2100"),
    ("unknown country", "ratifications.csv", swap("CM,C098", "XX,C098"), 15, "XX is not in countries.csv"),
    ("unknown instrument", "ratifications.csv", swap("CM,C098", "CM,C199"), 15, "C199 is not in"),
    ("unknown station", "coverage.csv", swap("CM,YAO", "CM,XYZ"), 3, "XYZ is not in duty_stations.csv"),
    ("status", "ratifications.csv", swap("CM,C098,in_force", "CM,C098,no"), 15, "'no' is none of in_force"),
    ("dated, not ratified", "ratifications.csv", swap("CM,C098,in_force", "CM,C098,unknown"), 15, "has a date"),
    ("before adoption", "ratifications.csv", swap("1962-09-03,1962", "1920-09-03,1920"), 15, "before the instrument"),
    ("country twice", "countries.csv", lambda raw: raw + raw.split(b"\n")[1] + b"\n", 8, "stands in line 2: CH"),
    ("two primaries", "coverage.csv", swap("GE,MOW,no", "GE,MOW,yes"), 5, "country_iso2 stands in line 4: GE"),
    ("two headquarters", "duty_stations.csv", swap("fr en,yes", "fr en,no"), 2, "headquarters has no region"),
    ("a second headquarters", "duty_stations.csv", second_headquarters, 5, "is_seed_station stands in line 2"),
    ("recommendation", "ratification_completeness.csv", swap("C144,", "R113,"), 6, "a Recommendation is not"),
    ("kind of instrument", "instruments.csv", swap("C087,convention", "C087,protocol"), 3, "does not fit its type"),
    ("status without trust", "instruments.csv", swap("up_to_date,", ","), 2, "go together"),
    ("list older", "ratifications.csv", swap("1962-09-03,1962", "2025-09-03,2025"), 15, "after the date of the list"),
]


@pytest.mark.parametrize(("name", "file", "damage", "line", "reason"), DAMAGES, ids=[row[0] for row in DAMAGES])
def test_a_broken_file_is_refused_with_place_and_reason_and_changes_nothing(loaded, name, file, damage, line, reason):
    # A sound change elsewhere shows that nothing at all is written, not only nothing of the broken file.
    replace(loaded, "duty_stations.csv", "DWT/CO-Yaoundé", "elsewhere")
    path = loaded / file
    path.write_bytes(damage(path.read_bytes()))
    before = snapshot()
    with pytest.raises(CommandError) as refused:
        load(loaded)
    said = str(refused.value)
    place = re.escape(file if line is None else f"{file}, line {line}")
    assert "Nothing was changed." in said
    assert re.search(rf"^{place}: .*{re.escape(reason)}", said, re.MULTILINE), said
    assert snapshot() == before


def test_a_lost_ratification_is_noticed_before_its_absence_could_mean_not_ratified(loaded):
    without_line(loaded, "ratifications.csv", "CM,C087")
    with pytest.raises(CommandError, match="ratification_completeness.csv, line 3: C087: 5 rows are ratified"):
        load(loaded, prune=True)
    assert Ratification.objects.filter(pk="CM-C087").exists()


def test_a_missing_file_is_named(loaded):
    (loaded / "coverage.csv").unlink()
    with pytest.raises(CommandError, match="coverage.csv: cannot be read"):
        load(loaded)


def test_every_broken_line_is_named_at_once(loaded):
    replace(loaded, "countries.csv", ",Suisse,", ",,")
    replace(loaded, "coverage.csv", "HQ,yes", "HQ,ja")
    with pytest.raises(CommandError) as refused:
        load(loaded)
    assert "countries.csv, line 2" in str(refused.value)
    assert "coverage.csv, line 2" in str(refused.value)


def test_a_row_gone_from_its_file_is_refused_and_only_pruning_deletes_it(loaded):
    without_line(loaded, "coverage.csv", "GE,MOW")
    before = snapshot()
    with pytest.raises(CommandError, match="coverage.csv: GE-MOW is no longer there; --prune deletes it"):
        load(loaded)
    assert snapshot() == before
    assert "5 unchanged, 1 deleted" in load(loaded, prune=True)
    assert not Coverage.objects.filter(pk="GE-MOW").exists()


def test_pruning_a_country_of_an_organization_is_refused(loaded):
    replace(loaded, "countries.csv", "MY,MYS", "ZZ,ZZZ")
    replace(loaded, "ratifications.csv", "MY,C", "ZZ,C", times=99)
    Organization.objects.create(name="A union (fictional)", kind="workers", country_id="MY")
    before = snapshot()
    with pytest.raises(CommandError, match="countries.csv: of MY something is still in use"):
        load(loaded, prune=True)
    assert snapshot() == before


def test_a_correction_by_hand_outlives_the_next_file_until_it_is_given_back(loaded):
    row = Ratification.objects.get(pk="CM-C087")
    row.year = 1960
    save_correction(row, timezone.now())
    replace(loaded, "duty_stations.csv", "DWT/CO-Yaoundé", "elsewhere")
    assert "1 kept as corrected by hand" in load(loaded)
    assert Ratification.objects.get(pk="CM-C087").year == 1960
    give_back(Ratification.objects.filter(pk="CM-C087"))
    assert "ratifications.csv: 0 added, 1 changed" in load(loaded)
    assert Ratification.objects.get(pk="CM-C087").year is None


def test_a_row_added_by_hand_is_not_taken_for_one_that_got_lost(loaded):
    added = Coverage(country_id="MY", station_id="HQ", primary=True, confidence="low", source="told by telephone")
    save_correction(added, timezone.now())
    assert "coverage.csv: 0 added, 0 changed, 6 unchanged, 1 kept" in load(loaded, force=True)


def test_a_file_that_contradicts_a_correction_is_refused_whole(loaded):
    for station, primary in (("BUD", False), ("MOW", True)):
        row = Coverage.objects.get(pk=f"GE-{station}")
        row.primary = primary
        save_correction(row, timezone.now())
    replace(loaded, "coverage.csv", "GE,BUD,yes", "GE,BUD,no")
    replace(loaded, "coverage.csv", "GE,MOW,no", "GE,YAO,yes")
    before = snapshot()
    with pytest.raises(CommandError, match="coverage.csv: does not fit the rows that are there"):
        load(loaded)
    assert snapshot() == before


def test_the_digest_changes_with_a_correction_and_not_with_a_run_that_changes_nothing(loaded):
    first = data_digest()
    load(loaded, force=True)
    assert data_digest() == first
    save_correction(Station.objects.get(pk="YAO"), timezone.now())
    second = data_digest()
    assert second != first
    give_back(Station.objects.filter(pk="YAO"))
    assert data_digest() not in (first, second)


def test_the_digest_costs_one_query(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        data_digest()


def test_what_was_loaded_is_written_down(loaded):
    held = DataFile.objects.get(pk="coverage.csv")
    assert (held.rows, held.version) == (6, 1)
    assert held.loaded_at is not None
