"""JSON that a person brings: bounded in size, depth and digits, one meaning only, and checked for unseen signs."""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from waymark.engines.files.charset import utf8
from waymark.engines.files.limits import too_much
from waymark.engines.files.refusing import THE_FILE
from waymark.engines.files.signs import checked_tree
from waymark.gcm.errors import InputError


@dataclass(frozen=True, slots=True)
class JsonLimits:
    """`size` in bytes; `depth` counts lists and objects in one another; `digits` are those of one number."""

    size: int = 64 * 2**20
    depth: int = 50
    values: int = 2_000_000
    digits: int = 100


JSON = JsonLimits()
_TEXTS = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")


def read_json(data: bytes | str, limits: JsonLimits = JSON, *, signs: bool = True) -> Any:
    """What a JSON text says. Numbers keep to the limits, no name stands twice in an object, no NaN and no infinity.

    `signs` is False where the caller checks the texts itself. Raises InputError when it is no such JSON, too large or
    too deep; the refusal says the line where it can.
    """
    size = len(data)
    if size > limits.size:
        raise too_much(f"it has {size / 2**20:,.1f} MB", f"{limits.size // 2**20} MB", "Divide the file.")
    text = utf8(data) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    _measure(text, limits)
    try:
        value = json.loads(
            text, parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_each_once, strict=True
        )
    except json.JSONDecodeError as error:
        raise _refused(f"this is not JSON ({error.msg})", f"line {error.lineno}") from None
    except _OneMeaningError as error:
        raise _refused(str(error)) from None
    if signs:
        checked_tree(value)
    return value


class _OneMeaningError(Exception):
    """JSON that one reader takes for this and another for that."""


def _measure(text: str, limits: JsonLimits) -> None:
    """Refuse what is too deep, or a number too long, before anything is built."""
    bare = _TEXTS.sub('""', text)
    deep = 0
    if bare.count(",") + bare.count("[") + bare.count("{") > limits.values:
        raise too_much("it holds too many values", f"{limits.values:,} values", "Divide the file.")
    for bracket in _BRACKETS.finditer(bare):
        deep += 1 if bracket[0] in "[{" else -1
        if deep > limits.depth:
            raise too_much(
                f"lists and objects lie in one another more than {limits.depth} deep",
                f"{limits.depth} levels", "Bring it in the form that is described.",
            )  # fmt: skip
    if re.search(rf"[0-9]{{{limits.digits + 1}}}", bare):
        raise too_much(
            f"a number has more than {limits.digits} digits", f"{limits.digits} digits", "Correct the number."
        )


def _no_number(name: str) -> NoReturn:
    raise _OneMeaningError(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _OneMeaningError(f"the number {digits[:30]} is too large")
    return number


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _OneMeaningError(f"the name {twice[:60]!r} stands twice in one object")
    return found


def _refused(problem: str, place: str = "") -> InputError:
    return InputError(THE_FILE, problem, expected="JSON in UTF-8", todo="Correct the file.", place=place)
