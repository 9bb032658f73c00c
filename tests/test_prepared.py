"""The database that is kept between runs: made anew for what would make it stale, and the same as one just migrated."""

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from requests_app import append_only
from tests import prepared


def test_it_follows_from_the_files_that_make_tables_and_triggers():
    found = {str(file.relative_to(settings.BASE_DIR)) for file in prepared.sources(Path(settings.BASE_DIR))}
    assert {"requests_app/models/sections/base.py", "requests_app/apps.py", "requests_app/append_only.py"} <= found
    assert set(map(str, Path(settings.BASE_DIR).glob("*/migrations/0*.py"))) <= {
        str(Path(settings.BASE_DIR) / name) for name in found
    }


def test_a_changed_a_new_and_a_missing_file_give_another_name(tmp_path: Path):
    one, two = tmp_path / "0001.py", tmp_path / "0002.py"
    one.write_text("a")
    two.write_text("b")
    names = {prepared.name_of([one]), prepared.name_of([one, two])}
    one.write_text("c")
    assert len(names | {prepared.name_of([one])}) == 3
    assert prepared.name_of([one]) == prepared.name_of([one])


@pytest.mark.only_sqlite
@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_the_migrated_database_with_its_triggers_and_without_rows(tmp_path: Path):
    (tmp_path / "older.sqlite3").write_text("")
    prepared.keep(tmp_path)
    kept = prepared.kept_in(tmp_path)
    assert list(tmp_path.iterdir()) == [kept]
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
        now = cursor.fetchall()
    copy = sqlite3.connect(kept)
    assert copy.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall() == now
    assert copy.execute("SELECT count(*) FROM requests_request").fetchone() == (0,)
    copy.close()


@pytest.mark.django_db
def test_the_database_of_this_run_has_every_migration_and_the_triggers():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert append_only.installed(connection) == set(append_only.TABLES)
