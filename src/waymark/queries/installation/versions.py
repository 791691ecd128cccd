"""Which version the record has: older than this program, newer, or the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """The last step of the record and of the program, and the steps that the other does not have."""

    record: str
    program: str
    missing: tuple[str, ...]
    """Steps that the program has and the record has not: the record is older."""
    unknown: tuple[str, ...]
    """Steps that the record has and the program does not know: the record is newer."""


def record_version() -> RecordVersion:
    """The version of the record that is open. Raises django.db.OperationalError when the database does not answer."""
    loader = MigrationLoader(connection)
    known = {key for key in loader.disk_migrations if loader.disk_migrations[key].replaces == []}
    applied = set(loader.applied_migrations)
    ours = {app for app, _ in known}
    return RecordVersion(
        record=last_of(applied),
        program=last_of(known),
        missing=_named(known - applied),
        unknown=_named(key for key in applied - known if key[0] in ours),
    )


def applied_steps(record: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """App → the steps that the tables of a record have had, sorted."""
    steps: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(record).applied_migrations):
        steps.setdefault(app, []).append(name)
    return steps


def last_of(steps: Iterable[tuple[str, str]]) -> str:
    """The last step of the record's own tables."""
    return max((name for app, name in steps if app == "records"), default="none")


def _named(steps: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(f"{app}.{name}" for app, name in steps))


def last_steps(steps: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """The last step of each app, to which an empty record is brought to take in rows of this version."""
    graph = MigrationLoader(None).graph
    done = {(app, name) for app, names in steps.items() for name in names}
    return sorted(
        step
        for step in done
        if not any(child.key in done and child.key[0] == step[0] for child in graph.node_map[step].children)
    )


def unknown_steps(steps: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Steps that this program does not know, sorted."""
    known = MigrationLoader(None).disk_migrations
    return sorted((app, name) for app, names in steps.items() for name in names if (app, name) not in known)
