"""Triggers that refuse a change or deletion of an event, on SQLite and PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = "the event log is only added to"

SQLITE = [
    f"CREATE TRIGGER event_never_{act.lower()} BEFORE {act} ON records_event BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for act in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION event_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER event_never_changes BEFORE UPDATE OR DELETE ON records_event "
    "FOR EACH ROW EXECUTE FUNCTION event_never_changes()",
]


def add(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER event_never_update")
        schema_editor.execute("DROP TRIGGER event_never_delete")
    else:
        schema_editor.execute("DROP TRIGGER event_never_changes ON records_event")
        schema_editor.execute("DROP FUNCTION event_never_changes()")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_record")]
    operations = [migrations.RunPython(add, remove)]
