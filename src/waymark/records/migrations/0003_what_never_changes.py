"""Triggers that refuse a change or deletion of an event, and of what an edition says, on SQLite and PostgreSQL.

Who may read an edition follows from what it lies in, so the columns of that are not frozen.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = "the event log is only added to"
FROZEN = "a published edition is frozen"
COLUMNS = (
    "code", "urn", "classification", "withdrawn", "source", "locator", "mark", "note", "version", "created_at",
    "changed_at", "review_id", "candidate_id", "number", "replaces_id", "audience", "language", "as_of", "files",
    "hash", "published_on", "published_by_id", "published_by_person_id", "record_sha256", "paper_id", "paper_words",
    "paper_date",
)  # fmt: skip
CHANGE = f"UPDATE OF {', '.join(COLUMNS)}"

SQLITE = [
    f"CREATE TRIGGER event_never_{act.lower()} BEFORE {act} ON records_event BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for act in ("UPDATE", "DELETE")
] + [
    f"CREATE TRIGGER edition_is_frozen BEFORE {CHANGE} ON records_edition BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"CREATE TRIGGER edition_never_deleted BEFORE DELETE ON records_edition BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION event_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER event_never_changes BEFORE UPDATE OR DELETE ON records_event "
    "FOR EACH ROW EXECUTE FUNCTION event_never_changes()",
    "CREATE FUNCTION edition_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER edition_is_frozen BEFORE {CHANGE} OR DELETE ON records_edition "
    "FOR EACH ROW EXECUTE FUNCTION edition_is_frozen()",
]


def add(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("event_never_update", "event_never_delete", "edition_is_frozen", "edition_never_deleted"):
            schema_editor.execute(f"DROP TRIGGER {name}")
    else:
        for name, table in (("event_never_changes", "records_event"), ("edition_is_frozen", "records_edition")):
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("records", "0002_record_of_many")]
    operations = [migrations.RunPython(add, remove)]
