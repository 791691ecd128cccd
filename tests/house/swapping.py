"""Gives loaded functions the code of a changed file, so that a change inside them is tried without loading anew.

What a file does while it is loaded (its constants, decorators, defaults, fields of classes) cannot be changed in a
process that has loaded it; then there is no swap, and the file is loaded in a process that has not.
"""

import gc
from collections.abc import Mapping
from pathlib import Path
from types import CodeType, FunctionType

OF_FUNCTION = 0x1
"""The flag of code that has local names, which functions have and bodies of classes and files have not."""

Place = tuple[str, str, int]
"""File, qualified name and first line of a function."""


def loaded_functions(folder: Path) -> Mapping[Place, list[FunctionType]]:
    """Every function that was loaded from files below a folder."""
    found: dict[Place, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(folder)):
            found.setdefault(_place(one.__code__), []).append(one)
    return found


def swaps(file: Path, original: str, changed: str) -> list[tuple[Place, CodeType]] | None:
    """The functions in which two texts of a file differ, with their new code; None where loading itself differs."""
    try:
        old, new = (compile(text, str(file), "exec", dont_inherit=True) for text in (original, changed))
    except SyntaxError:
        return None
    return _differing(old, new)


def swap(functions: Mapping[Place, list[FunctionType]], wanted: list[tuple[Place, CodeType]]) -> bool:
    """Put the new code into the loaded functions; False when one of them was not loaded or cannot take it."""
    for place, code in wanted:
        found = functions.get(place, [])
        if len({one.__code__ for one in found}) != 1 or found[0].__code__.co_freevars != code.co_freevars:
            return False
    for place, code in wanted:
        for one in functions[place]:
            one.__code__ = code
    return True


def _differing(old: CodeType, new: CodeType) -> list[tuple[Place, CodeType]] | None:
    """Walk two bodies that are run while the file is loaded; their own statements must be the same."""
    inner = list(zip(_inner(old), _inner(new), strict=False))
    if not _same(old, new, inner=False) or len(_inner(old)) != len(_inner(new)):
        return None
    found: list[tuple[Place, CodeType]] = []
    for one, other in inner:
        if one.co_qualname != other.co_qualname:
            return None
        if one.co_flags & OF_FUNCTION:
            if not _same(one, other):
                found.append((_place(one), other))
            continue
        below = _differing(one, other)
        if below is None:
            return None
        found += below
    return found


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _inner(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _same(one: CodeType, other: CodeType, *, inner: bool = True) -> bool:
    """Whether two codes do the same, wherever they stand in the file; with `inner` those inside them too."""
    if any(getattr(one, name) != getattr(other, name) for name in SAYS):
        return False
    if len(one.co_consts) != len(other.co_consts):
        return False
    return all(_same_value(first, second, inner) for first, second in zip(one.co_consts, other.co_consts, strict=True))


SAYS = (
    "co_code", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_flags", "co_argcount",
    "co_kwonlyargcount", "co_exceptiontable",
)  # fmt: skip


def _same_value(first: object, second: object, inner: bool) -> bool:
    if isinstance(first, CodeType) and isinstance(second, CodeType):
        return not inner or _same(first, second)
    return type(first) is type(second) and repr(first) == repr(second)
