"""How an act stores a row: under a code that is free, and with the database's refusals put into words."""

import re
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from waymark.gcm.errors import InputError, RefusedError
from waymark.records.record import Record, urn

R = TypeVar("R", bound=models.Model)
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")


def checked_code(code: str, what: str) -> str:
    """`code` when it can be part of a URN. Raises InputError."""
    if not CODE.fullmatch(code) or len(code) > 300:
        raise InputError(
            f"{what} code {code!r}",
            "this cannot be a code",
            expected="up to 300 letters, digits, dots, colons, hyphens or underscores, a letter or digit first",
            todo="Choose another code.",
        )
    return code


def free_code(model: type[Record], base: str) -> str:
    """`base`, or `base` with the first number from 2 on that makes it free."""
    code, number = base, 1
    while model._default_manager.filter(urn=urn(model.noun, code)).exists():
        number += 1
        code = f"{base}-{number}"
    return code


def refusal_words(error: IntegrityError) -> str:
    """The broken rule in words, from its name as either database gives it."""
    text = str(error).splitlines()[0]
    named = re.search(r"constraint \"(?P<pg>\w+)\"|constraint failed: (?:index ')?(?P<lite>[\w.]+)", text)
    rule = (named["pg"] or named["lite"]) if named else text
    words = rule.replace("records_", "").replace("_", " ").replace(".", " ")
    return "a code is used once" if {"urn", "code"} & set(words.split()) else words


def store(row: R, what: str) -> R:
    """Save a new or changed row. Raises RefusedError with the rule's name when the database refuses it."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RefusedError(
            f'{what} cannot be stored: the record\'s rule "{refusal_words(error)}" refuses it. '
            "Correct what was given, or change the record that is in the way."
        ) from error
    return row


def store_all(model: type[R], rows: list[R], what: str) -> list[R]:
    """Insert many rows at once, under the same rules as `store`."""
    try:
        with transaction.atomic():
            return list(model._default_manager.bulk_create(rows, batch_size=500))
    except IntegrityError as error:
        raise RefusedError(
            f'{what} cannot be stored: the record\'s rule "{refusal_words(error)}" refuses a row, so none was stored. '
            "Correct what was given, or change the record that is in the way."
        ) from error


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
        raise InputError(
            f"mark {mark!r}",
            "a fact with this mark must name its source",
            expected="a source",
            todo="Name the source, or mark the fact as a proposal.",
        )
    return {"source": source, "locator": locator, "mark": mark, "note": note}
