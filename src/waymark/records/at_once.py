"""A migration's operation that makes many tables at once, so that tables may refer to each other in a circle."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """The models with all their fields and constraints, then what is added to models that were there before.

    Django draws every related model anew for each table, field and constraint that comes alone, which makes a new
    record of fifty tables five times slower than this.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args: ClassVar[list[str]] = ["models", "then"]

    def __init__(self, models: Sequence[CreateModel], then: Sequence[Operation] = ()) -> None:
        self.models = models
        self.then = then

    @property
    def all(self) -> list[Operation]:
        """Each of them, in order."""
        return [*self.models, *self.then]

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How the file of a migration writes it."""
        return type(self).__qualname__, [], {"models": self.models, "then": self.then}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add the models; they are drawn when the first is asked for, with all that they refer to."""
        state.__dict__.pop("apps", None)
        for one in self.all:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables, with what Django would leave for the end: indexes, and keys on tables that come later.

        It notes a migration that left something for the end only after the tables are there for good; cut off in
        between, it would make them a second time.
        """
        for one in self.all:
            one.database_forwards(app_label, schema_editor, from_state, to_state)
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement, None)
        schema_editor.deferred_sql.clear()

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Remove what was added and the tables, the last first."""
        for one in reversed(self.all):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """One line for a person."""
        return f"Create {len(self.models)} models at once"
