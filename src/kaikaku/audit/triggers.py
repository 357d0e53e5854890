"""The database's own refusal to change the log, for those who come past our models.

A later migration that alters `audit_entry` on SQLite rebuilds the table and must call `install` again;
a test checks that the triggers stand after all migrations.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = {
    "install": [
        f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "drop": [f"DROP TRIGGER IF EXISTS audit_entry_no_{verb}" for verb in ("update", "delete")],
}

_POSTGRESQL = {
    "install": [
        "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$",
        "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
    ],
    "drop": [
        "DROP TRIGGER IF EXISTS audit_entry_no_change ON audit_entry",
        "DROP TRIGGER IF EXISTS audit_entry_no_truncate ON audit_entry",
    ],
}

_BY_VENDOR = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse UPDATE, DELETE and TRUNCATE on the log."""
    drop(connection)
    _run(connection, "install")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away: only for undoing the migration and for emptying a test database."""
    _run(connection, "drop")


def _run(connection: BaseDatabaseWrapper, step: str) -> None:
    with connection.cursor() as cursor:
        for statement in _BY_VENDOR[connection.vendor][step]:
            cursor.execute(statement)
