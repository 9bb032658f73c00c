"""The triggers that refuse to change or delete a row of the record, for both engines.

They are installed after every migrate: SQLite drops a table's triggers when it rebuilds the table.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("requests_event", "requests_access", "requests_snapshot")

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION requests_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION requests_append_only()
"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every table of the record that exists. Idempotent."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table in present & set(TABLES):
            if connection.vendor == "postgresql":
                cursor.execute(_POSTGRESQL.format(table=table))
            else:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(_SQLITE.format(table=table, verb=verb))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: for tests that empty the tables by DELETE (SQLite)."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """The tables whose triggers stand."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%\\_append\\_only'")
            return {row[0] for row in cursor.fetchall()} & set(TABLES)
        cursor.execute("SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name")
        return {table for table, triggers in cursor.fetchall() if triggers == 2} & set(TABLES)
