"""Brings the tables of the record to a version; cut off anywhere, it is finished by doing it again."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration


class WholeExecutor(MigrationExecutor):
    """Makes each step and notes it in one transaction.

    Django leaves indexes and keys of new tables for the end of a step and notes such a step only after its transaction;
    cut off in between, the next run would make the same tables again and fail.
    """

    def apply_migration(self, state: Any, migration: Migration, fake: bool = False, fake_initial: bool = False) -> Any:
        """The state of the models after this step, which is made and noted, or neither."""
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql.clear()
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # the stubs are of an older Django
        return state


def upgrade(steps: Sequence[tuple[str, str]] | None = None) -> None:
    """Make the steps of this program that the record lacks, or those up to `steps` only; a second time none is left.

    Raises django.db.migrations.exceptions.InconsistentMigrationHistory when a step is noted without one before it.
    """
    executor = WholeExecutor(connection)
    executor.loader.check_consistent_history(connection)
    known = executor.loader.graph
    executor.migrate(known.leaf_nodes() if steps is None else [step for step in steps if step in known.nodes])
