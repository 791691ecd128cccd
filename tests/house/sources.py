"""The program as its own tests on the code read it: every file parsed once, and what its calls are called."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "waymark"


@cache
def trees() -> Mapping[str, ast.Module]:
    """Every file of the package by its path inside it, parsed; the trees are read, never changed."""
    paths = sorted(SOURCE.rglob("*.py"))
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def called(node: ast.Call) -> str:
    """What a call calls, as it is written: `json.loads`."""
    func = node.func
    if isinstance(func, ast.Name):
        return func.id
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return f"{func.value.id}.{func.attr}"
    return ast.unparse(func)


@cache
def all_calls() -> tuple[tuple[str, ast.Call, str], ...]:
    """Every call of the package: its file, itself, what it calls."""
    return tuple(
        (file, node, called(node))
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )
