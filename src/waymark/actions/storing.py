"""How an act stores a row: under a code that is free, and with the database's refusals put into words."""

import re
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, connection, models, transaction

from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.nouns import Noun
from waymark.gcm.wording import Phrase
from waymark.records.record import Record, urn
from waymark.records.rules import broken_rule, not_kept

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


def hold_row(row: models.Model) -> None:
    """Keep other writers from `row` until the transaction ends, so that what is counted below it stays true."""
    type(row)._default_manager.select_for_update().get(pk=row.pk)


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
    """Save a new or changed row. Raises RefusedError with the sentence of the rule that refuses it."""
    rule = not_kept(row)
    if rule is not None:
        raise _row_refused(row, rule)
    try:
        with transaction.atomic():
            row.save()
    except (IntegrityError, DataError) as error:
        if _next_code(row):
            return store(row)
        raise _row_refused(row, broken_rule(error)) from error
    return row


def store_all(model: type[R], rows: list[R]) -> list[R]:
    """Insert many rows at once, under the same rules as `store`; all or none."""
    for row in rows:
        rule = not_kept(row)
        if rule is not None:
            raise _rows_refused(model, rule)
    try:
        with transaction.atomic():
            return list(model._default_manager.bulk_create(rows, batch_size=500))
    except (IntegrityError, DataError) as error:
        raise _rows_refused(model, broken_rule(error)) from error


def _row_refused(row: Record, rule: Phrase) -> RefusedError:
    return RefusedError("store.row_refused", noun=Noun(row.noun), row=row.code, rule=rule)


def _rows_refused(model: type[Record], rule: Phrase) -> RefusedError:
    return RefusedError("store.rows_refused", noun=Noun(model.noun), rule=rule)


def said(words: str | dict[str, str] | None, language: str = "en") -> dict[str, str]:
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
