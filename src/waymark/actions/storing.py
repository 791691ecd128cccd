"""How an act stores a row: under a code that is free, and with the database's refusals put into words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Field, QuerySet
from django.utils import timezone

from waymark.actions.acts import noted
from waymark.actions.log import plain
from waymark.gcm.errors import Differing, InputError, RefusedError, StaleError
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import Phrase
from waymark.records.record import Record, urn
from waymark.records.rules import broken_rule, not_kept
from waymark.records.visibility import SETTLED, containers, lying_in, settle

R = TypeVar("R", bound=Record)
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")


def checked_code(code: str, noun: str) -> str:
    """`code` of a thing called `noun` when it can be part of a URN. Raises InputError."""
    if not CODE.fullmatch(code) or len(code) > 300:
        raise InputError.coded("code.malformed", noun=Noun(noun), code=repr(code))
    return code


class FreeCode(str):
    """A code that was free when it was looked for; `store` takes the next one when another writer was quicker."""

    base: str


def free_code(model: type[Record], base: str) -> FreeCode:
    """`base`, or `base` with the first number from 2 on that makes it free."""
    code, number = base, 1
    while model._default_manager.filter(urn=urn(model.noun, code)).exists():
        number += 1
        code = f"{base}-{number}"
    found = FreeCode(code)
    found.base = base
    return found


def alone(name: str) -> None:
    """Keep other commands from the act of this name until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"waymark {name}"])


def held(row: R, *, seen: int | None = None) -> R:
    """Hold a row for a change: lock it until the transaction ends and bring the copy in hand up to the record.

    `seen` is the version that the writer saw, by default that of the copy. Raises StaleError with both versions when
    somebody changed the row since. Nothing of the copy is kept: what is to be changed is set after this.
    """
    now = _locked(row)
    known = row.version if seen is None else seen
    if now.version != known:
        raise stale(now, known, _fields(row))
    return _renewed(row, now)


def fresh(row: R) -> R:
    """Hold a row that the act changes or counts under without its writer having seen it, whichever version it has."""
    return _renewed(row, _locked(row))


def held_all(rows: QuerySet[R]) -> list[R]:
    """Hold every row of a query, in a fixed order; for what follows from an act, such as seats that end with a body."""
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for row in found:
        _remember(row)
    return found


def _locked(row: R) -> R:
    try:
        found: R = type(row)._default_manager.select_for_update().get(pk=row.pk)
    except type(row).DoesNotExist:
        raise RefusedError("store.row_gone", noun=Noun(row.noun), row=row.code) from None
    return found


def _renewed(row: R, now: R) -> R:
    """The copy in hand with the values of the record; related rows that it has read stay where they are the same."""
    for field in row._meta.concrete_fields:
        value = getattr(now, field.attname)
        if getattr(row, field.attname) != value:
            setattr(row, field.attname, value)
    row.__dict__.get("_prefetched_objects_cache", {}).clear()
    _remember(row)
    return row


def _remember(row: Record, *, new: bool = False) -> None:
    row.__dict__["_held"] = {name: deepcopy(value) for name, value in _fields(row).items()}
    row.__dict__["_new"] = new


def _fields(row: Record) -> dict[str, Any]:
    """Column → value of what a row says; how it is kept (key, version, stamps) is left out."""
    return {name: getattr(row, name) for name in _saying(type(row))}


@cache
def _saying(model: type[Record]) -> tuple[str, ...]:
    kept = ("id", "urn", "version", "created_at", "changed_at", *SETTLED)
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname not in kept)


def stale(now: Record, seen: int, wanted: Mapping[str, Any]) -> StaleError:
    """The refusal of a writer who saw version `seen`: the fields in which what is wanted differs from the record."""
    there = _fields(now)
    differing = [name for name, value in wanted.items() if name in there and there[name] != value]
    fields = [
        Differing(name.removesuffix("_id"), worded(now, name, there[name]), worded(now, name, wanted[name]))
        for name in differing
    ]
    return StaleError(noun=Noun(now.noun), row=now.code, seen=seen, now=now.version, fields=tuple(fields))


def worded(row: Record, column: str, value: Any) -> Any:
    """A value of a column as plain data: a record that it points to by its URN, days and numbers as text."""
    field = row._meta.get_field(column.removesuffix("_id") if column.endswith("_id") else column)
    if value is not None and field.is_relation:
        return _pointed(row, field, value)
    return plain(value)


def _pointed(row: Record, field: Any, key: Any) -> str:
    cached = row._state.fields_cache.get(field.name)
    if cached is not None and cached.pk == key:
        return str(cached.urn)
    return str(field.related_model._default_manager.values_list("urn", flat=True).get(pk=key))


def _next_code(row: Record) -> bool:
    """Give a new row the next free code when the one that was free is taken by now; False when that is not why."""
    code = row.code
    if not (row._state.adding and isinstance(code, FreeCode)):
        return False
    if not type(row)._default_manager.filter(urn=row.urn).exists():
        return False
    row.code, row.urn, row.pk = free_code(type(row), code.base), "", None
    return True


def store(row: R) -> R:
    """Save a new row, or what was changed of one that is held. Nothing is written when nothing differs.

    Raises RefusedError with the sentence of the rule that refuses it, StaleError when another writer was quicker.
    """
    rule = not_kept(row)
    if rule is not None:
        raise _row_refused(row, rule)
    try:
        with transaction.atomic():
            return _insert(row) if row._state.adding else _update(row)
    except (IntegrityError, DataError) as error:
        if _next_code(row):
            return store(row)
        raise _row_refused(row, broken_rule(error)) from error


def _insert(row: R) -> R:
    row.save(force_insert=True)
    noted(row.urn, None, _first_values(row), _within(row))
    _remember(row, new=True)
    return row


def _within(row: Record) -> frozenset[str]:
    """What a row lies in itself: the act that is logged of that tells of the row too."""
    return frozenset(container.urn for container in containers(row))


def _first_values(row: Record) -> dict[str, Any]:
    """What a new row says, without what it leaves empty."""
    return {
        name.removesuffix("_id"): worded(row, name, value)
        for name, value in _fields(row).items()
        if value not in (None, "", {}, []) and value is not False
    }


def _update(row: R) -> R:
    before = row.__dict__.get("_held")
    if before is None:
        raise AssertionError(f"{row.urn} is stored without being held")
    now = _fields(row)
    changed = [name for name, value in now.items() if value != before[name]]
    if changed:
        _write(row, changed)
        noted(
            row.urn,
            {name.removesuffix("_id"): worded(row, name, before[name]) for name in changed},
            {name.removesuffix("_id"): worded(row, name, now[name]) for name in changed},
            _within(row),
        )
        _remember(row)
    return row


def named_row(urn_of_row: str) -> Record:
    """The row that a URN names. Raises RefusedError when it is not on record."""
    noun = urn_of_row.split(":")[3] if urn_of_row.count(":") >= 4 else ""
    model = _nouns().get(noun)
    found = model._default_manager.filter(urn=urn_of_row).first() if model else None
    if found is None:
        raise RefusedError("store.row_gone", noun=Noun(noun), row=urn_of_row)
    return found


@cache
def _nouns() -> Mapping[str, type[Record]]:
    models: Any = apps.get_app_config("records").get_models()
    return {model.noun: model for model in models if issubclass(model, Record)}


def pointed_row(row: Record, name: str, value: Any) -> Any:
    """A value that was kept as plain data, as the field of the row takes it: records by their URN are looked up."""
    field = row._meta.get_field(name)
    if field.is_relation:
        return [named_row(one) for one in value] if isinstance(value, list) else value and named_row(value)
    return field.to_python(value) if isinstance(field, Field) else value


def _write(row: Record, columns: Sequence[str]) -> None:
    """Write these columns and the next version, where the record still has the version in hand."""
    before = [getattr(row, name) for name in SETTLED]
    row.stamp(timezone.now())
    settle(row)
    values = {name: getattr(row, name) for name in (*columns, "changed_at", *SETTLED)}
    same = type(row)._default_manager.filter(pk=row.pk, version=row.version)
    if not same.update(**values, version=row.version + 1):
        raise stale(_locked(row), row.version, _fields(row))
    row.version += 1
    if before != [getattr(row, name) for name in SETTLED]:
        _spread(row)


def _spread(container: Record) -> None:
    """Settle what lies in a row whose keeper or class changed, and what lies in that."""
    for model, path in lying_in(type(container)):
        changed = []
        for row in model._default_manager.filter(**{path: container}).select_related(*model.contained_in):
            before = [getattr(row, name) for name in SETTLED]
            setattr(row, path, container)
            settle(row)
            if before != [getattr(row, name) for name in SETTLED]:
                changed.append(row)
        model._default_manager.bulk_update(changed, SETTLED, batch_size=500)
        for row in changed:
            _spread(row)


def store_all(model: type[R], rows: list[R], *, noting: bool = True) -> list[R]:
    """Insert many rows at once, under the same rules as `store`; all or none.

    `noting` False is for rows that come whole from a file which the event of the act names: the log then keeps their
    number, not their words.
    """
    for row in rows:
        rule = not_kept(row)
        if rule is not None:
            raise _rows_refused(model, rule)
    try:
        with transaction.atomic():
            stored = list(model._default_manager.bulk_create(rows, batch_size=500))
    except (IntegrityError, DataError) as error:
        raise _rows_refused(model, broken_rule(error)) from error
    for row in stored:
        if noting:
            noted(row.urn, None, _first_values(row), _within(row))
        _remember(row, new=True)
    return stored


def relate(row: Record, field: str, others: Iterable[Record]) -> bool:
    """Make a row point to exactly these others by one of its lists; says whether that changed anything."""
    manager = getattr(row, field)
    before, after = sorted(manager.values_list("urn", flat=True)), sorted({other.urn for other in others})
    if before == after:
        return False
    manager.set(others)
    if not row.__dict__.get("_new"):
        _write(row, ())
    noted(row.urn, {field: before}, {field: after}, _within(row))
    return True


def touched(row: R) -> R:
    """Count a change of what is kept beside a held row, such as who is named to read it; the act's event tells it."""
    _write(row, ())
    noted(row.urn, {}, {})
    return row


def remove(row: Record) -> None:
    """Delete a row; the log keeps what it said."""
    noted(row.urn, _first_values(row), None, _within(row))
    row.delete()


def _row_refused(row: Record, rule: Phrase) -> RefusedError:
    return RefusedError("store.row_refused", noun=Noun(row.noun), row=row.code, rule=rule)


def _rows_refused(model: type[Record], rule: Phrase) -> RefusedError:
    return RefusedError("store.rows_refused", noun=Noun(model.noun), rule=rule)


def by_language(words: str | dict[str, str] | None, language: str = "en") -> dict[str, str]:
    """Words as the record keeps them, by language: a plain text is taken as `language`; nothing is {}."""
    if not words:
        return {}
    return {language: words} if isinstance(words, str) else dict(words)


def fact(source: str = "", locator: str = "", mark: str = "", note: str = "") -> dict[str, Any]:
    """The fields that say where a fact is from.

    Raises InputError when a verified or second-hand fact names no source.
    """
    if mark in ("verified", "secondary") and not source:
        raise InputError.coded("mark.without_source", mark=mark)
    return {"source": source, "locator": locator, "mark": mark, "note": note}
