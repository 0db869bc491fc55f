"""Database triggers that refuse any change to a decided row, on SQLite and PostgreSQL.

Created after every migration, because Django rebuilds a SQLite table (and so drops its triggers)
on many schema changes. On PostgreSQL the application's role gets no right to change these tables
either.
"""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ltip.records.models import AppendOnly

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change_of_decided_record() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'records of % are append-only: a later record supersedes, none is changed',
        TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql
"""


def guard_after_migration(sender: AppConfig, using: str, **_: Any) -> None:
    """Guard the append-only tables of the app that was just migrated."""
    connection = connections[using]
    tables = [
        model._meta.db_table for model in sender.get_models() if issubclass(model, AppendOnly)
    ]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables:
            if table in existing:
                for statement in trigger_statements(connection, table):
                    cursor.execute(statement)
        if connection.vendor == "postgresql" and settings.DATABASE_APPLICATION_ROLE:
            grant_to_application(connection, cursor, [t for t in tables if t in existing])


def trigger_statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The statements that create (again) the triggers of one append-only table."""
    if connection.vendor == "sqlite":
        statements = []
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_refuse_{event.lower()}"
            statements += [
                f'DROP TRIGGER IF EXISTS "{name}"',
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" BEGIN SELECT RAISE(ABORT, '
                f"'records of {table} are append-only: a later record supersedes, "
                "none is changed'); END",
            ]
        return statements
    return [
        FUNCTION,
        f'DROP TRIGGER IF EXISTS refuse_change ON "{table}"',
        f'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_decided_record()",
        f'DROP TRIGGER IF EXISTS refuse_truncate ON "{table}"',
        f'CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_decided_record()",
    ]


def grant_to_application(
    connection: BaseDatabaseWrapper, cursor: Any, append_only_tables: list[str]
) -> None:
    """Give the application's role rows to work with, but no right to change decided ones."""
    role = connection.ops.quote_name(settings.DATABASE_APPLICATION_ROLE)
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    existing = connection.introspection.table_names(cursor)
    guarded = {m._meta.db_table for m in _append_only_models()}
    for table in existing:
        rights = "SELECT, INSERT" if table in guarded else "SELECT, INSERT, UPDATE, DELETE"
        cursor.execute(f'GRANT {rights} ON "{table}" TO {role}')
    for table in append_only_tables:
        cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}')


def _append_only_models() -> list[type[AppendOnly]]:
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]
