"""Rows of a declared class as JSON and back: what comes back is of the class field by field, or a ValueError.

A class is a dataclass whose fields are texts, numbers, truth values, days, other such classes, or these in tuples,
lists, mappings by text, or None. Nothing that comes can name a class: the reader says which one it expects.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from waymark.engines.files.walls.lines import whole_text

T = TypeVar("T")
Check = Callable[[Any], Any]

LARGEST = 2**53
"""Whole numbers beyond this are not the same in every reader of JSON."""


def plain(value: Any) -> Any:
    """A value as JSON knows it: a row becomes the list of its fields in their order, a day its text."""
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return value


def typed(kind: type[T], value: Any) -> T:
    """The row of a class that `plain` made a list of. Raises ValueError when it is not one."""
    try:
        return cast(T, _check(cast(Any, kind))(value))
    except (TypeError, ValueError):
        raise ValueError(f"this is no {getattr(kind, '__name__', kind)}") from None


@cache
def _check(kind: Any) -> Check:
    """What makes a value of the kind from JSON, or raises ValueError or TypeError."""
    simple: dict[Any, Check] = {str: whole_text, int: _whole, float: _real, bool: _truth, date: _day, type(None): _none}
    if kind in simple:
        return simple[kind]
    if is_dataclass(kind):
        return _row(cast(type[Any], kind))
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of([_check(part) for part in parts])
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        return _many(_check(parts[0]), tuple)
    if origin is list:
        return _many(_check(parts[0]), list)
    if isinstance(origin, type) and issubclass(origin, Mapping) and parts[0] is str:
        return _mapping(_check(parts[1]))
    raise NotImplementedError(f"no way through the wall for {kind}")  # a mistake in our own code, found by its test


def _row(kind: type[Any]) -> Check:
    hints = get_type_hints(kind)
    checks = [_check(hints[each.name]) for each in fields(kind)]

    def check(value: Any) -> Any:
        return kind(*(each(part) for each, part in zip(checks, _list(value), strict=True)))

    return check


def _many(each: Check, made: Callable[[list[Any]], Any]) -> Check:
    return lambda value: made([each(part) for part in _list(value)])


def _mapping(each: Check) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError
        return {whole_text(key): each(part) for key, part in value.items()}

    return check


def _one_of(checks: list[Check]) -> Check:
    def check(value: Any) -> Any:
        for each in checks:
            try:
                return each(value)
            except (ValueError, TypeError):
                continue
        raise ValueError

    return check


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > LARGEST:
        raise ValueError
    return value


def _real(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > 1e308:
        raise ValueError
    return float(value)


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(whole_text(value))


def _none(value: Any) -> None:
    if value is not None:
        raise ValueError
