"""Which rule of the record the database says is broken, as a sentence of the catalogue; SQLite and PostgreSQL alike.

SQLite names a constraint by its name or by its columns, PostgreSQL by its name. What no constraint of ours names (a
unique field, a field that must be filled) is found by its table and columns in the models.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DataError, connection, models

from waymark.engines.files.signs import fault_in
from waymark.gcm.constraints import CONSTRAINTS
from waymark.gcm.wording import Phrase, phrase

UNIQUE_LITE = re.compile(r"UNIQUE constraint failed: (?:index '(?P<name>\w+)'|(?P<columns>.+))")
CHECK_LITE = re.compile(r"CHECK constraint failed: (?P<rule>.+)")
EMPTY_LITE = re.compile(r"NOT NULL constraint failed: \w+\.(?P<column>\w+)")
CHECK_OF_FIELD = re.compile(r"^(?:records_[a-z]+_)?(?P<column>\w+?)(?:_check)?$")
"""The name that a database gives the check of a field that cannot be negative: `position`, or a longer one."""

TRIGGERS = {
    "the event log is only added to": "event.never_changes",
    "a published edition is frozen": "rule.edition_frozen",
}
"""What the triggers of the database say (migration 0003) → the sentence that says it."""


@cache
def tables() -> Mapping[str, type[models.Model]]:
    """Every table of the record with its model, the tables between two models too."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


@cache
def unique_rules() -> Mapping[tuple[str, frozenset[str]], str]:
    """Table and columns of each unique constraint that has a name of ours → that name."""
    found: dict[tuple[str, frozenset[str]], str] = {}
    for table, model in tables().items():
        for rule in model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint):
                columns = [str(field.column) for field in model._meta.concrete_fields if field.name in rule.fields]
                found[table, frozenset(columns)] = rule.name
    return found


def broken_rule(error: Exception) -> Phrase:
    """The sentence of the rule that a database error names."""
    text = str(error)
    for words, code in TRIGGERS.items():
        if words in text:
            return Phrase(code, {})
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return _of_postgres(diagnosis, error)
    if unique := UNIQUE_LITE.search(text):
        if unique["name"]:
            return _named(unique["name"], text)
        parts = [part.strip().rpartition(".") for part in unique["columns"].split(",")]
        return _not_unique(parts[0][0], {column for _, _, column in parts})
    if check := CHECK_LITE.search(text):
        return _named(check["rule"].strip(), text)
    if empty := EMPTY_LITE.search(text):
        return phrase("rule.not_empty", field=_field(empty["column"]))
    if "FOREIGN KEY" in text or isinstance(error, models.ProtectedError):
        return phrase("rule.points_to_nothing")
    return phrase("rule.other", reason=text.splitlines()[0] if text else type(error).__name__)


def _of_postgres(diagnosis: object, error: Exception) -> Phrase:
    """The same from what PostgreSQL tells beside its message, which is in the server's language."""
    state, table, column, name = (
        str(getattr(diagnosis, part, None) or "")
        for part in ("sqlstate", "table_name", "column_name", "constraint_name")
    )
    if name in CONSTRAINTS:
        return phrase(f"constraint.{name}")
    if state == "23502":
        return phrase("rule.not_empty", field=_field(column))
    if state == "23503":
        return phrase("rule.points_to_nothing")
    if state == "23505":
        return _not_unique(table, _columns_of(table, name))
    if state == "23514":
        return _named(name, str(error))
    if state == "22003" or isinstance(error, DataError):
        return phrase("rule.out_of_range")
    return phrase("rule.other", reason=str(error).splitlines()[0])


def _columns_of(table: str, name: str) -> set[str]:
    with connection.cursor() as cursor:
        known: Mapping[str, Mapping[str, Any]] = connection.introspection.get_constraints(cursor, table)
    return set(known[name]["columns"]) if name in known else set()


def _named(name: str, text: str) -> Phrase:
    if name in CONSTRAINTS:
        return phrase(f"constraint.{name}")
    check = CHECK_OF_FIELD.search(name)
    if check and check["column"] in _never_negative():
        return phrase("rule.not_negative", field=_field(check["column"]))
    return phrase("rule.other", reason=text.splitlines()[0])


@cache
def _never_negative() -> frozenset[str]:
    """The columns of numbers that cannot be below 0."""
    kinds = (models.PositiveIntegerField, models.PositiveSmallIntegerField, models.PositiveBigIntegerField)
    fields = [field for model in tables().values() for field in model._meta.concrete_fields]
    return frozenset(str(field.column) for field in fields if isinstance(field, kinds))


def _not_unique(table: str, columns: Iterable[str]) -> Phrase:
    found = frozenset(columns)
    name = unique_rules().get((table, found))
    if name is not None:
        return phrase(f"constraint.{name}")
    if found == {"urn"}:
        return phrase("rule.code_once")
    return phrase("rule.once", field=tuple(_field(column) for column in sorted(found)))


def _field(column: str) -> str:
    """A column's name in words."""
    return column.removesuffix("_id").replace("_", " ")


def not_kept(row: models.Model) -> Phrase | None:
    """The sentence for a text of a row that is too long, or holds a sign that cannot be seen; None when all fit."""
    return too_long(row) or unseen_sign(row)


def unseen_sign(row: models.Model) -> Phrase | None:
    """The sentence for the first sign in the words of a row that makes them other than they look."""
    for name in _worded(type(row)):
        found = fault_in(row.__dict__.get(name))
        if found is not None:
            return phrase("rule.unseen_sign", field=_field(name), sign=found.named, at=found.at)
    return None


@cache
def _worded(model: type[models.Model]) -> tuple[str, ...]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, kinds))


def too_long(row: models.Model) -> Phrase | None:
    """The sentence for the first text of a row that is longer than is kept; only PostgreSQL would refuse it itself."""
    for name, limit in _limits(type(row)):
        value = row.__dict__.get(name)
        if isinstance(value, str) and len(value) > limit:
            return phrase("rule.too_long", field=_field(name), length=len(value), limit=limit)
    return None


@cache
def _limits(model: type[models.Model]) -> tuple[tuple[str, int], ...]:
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.CharField)]
    return tuple((field.attname, field.max_length) for field in fields if field.max_length is not None)
