"""Of which code the counts over the whole SDG Global Database are, which `make test-real` makes where the file is.

The file does not come with this repository, so a test of every day cannot count anew. It can tell whether the code that
decides is still the one with which it was counted.
"""

import ast
import hashlib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
DECIDES = (
    "bench/data.py",
    "src/waymark/engines/indicators/assess.py",
    "src/waymark/engines/indicators/breaks.py",
    "src/waymark/engines/indicators/judges/arithmetic.py",
    "src/waymark/engines/indicators/judges/opensdg_2_4.py",
    "src/waymark/engines/indicators/judges/unsd_progress_chart_2023.py",
    "src/waymark/engines/indicators/readers/unsd.py",
    "src/waymark/engines/indicators/statistics.py",
    "tests/spec/methods/second.py",
)
"""The made-up rules, the two writings of the methods, and the reader of the file."""

COUNTED_WITH = "ca56ecad3d5372b3"
"""`fingerprint()` of the code with which `make test-real` last passed. Write it anew after that alone."""


def fingerprint() -> str:
    """A hash of what the code does: neither words to readers, nor how it is set, change it."""
    said = [repr(_shape(ast.parse((ROOT / name).read_text(encoding="utf-8")))) for name in DECIDES]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _shape(node: Any) -> Any:
    """A tree of code without places, empty fields and strings that stand alone, the same in every version of Python."""
    if isinstance(node, list):
        return [_shape(one) for one in node if not _words_alone(one)]
    if not isinstance(node, ast.AST):
        return node
    fields = [(name, value) for name, value in ast.iter_fields(node) if value is not None and value != []]
    return (type(node).__name__, *((name, _shape(value)) for name, value in fields))


def _words_alone(node: Any) -> bool:
    """Whether a statement is a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
