"""YAML that a person writes by hand: bounded in size and depth, one meaning only, and checked for unseen signs.

Of YAML's many readings of a bare word only those are kept that a person means: a number in decimal digits, `true`,
`false`, and nothing. `no`, `12:30`, `0123` and a date are texts, as written.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml

from waymark.engines.files.charset import utf8
from waymark.engines.files.limits import too_much
from waymark.engines.files.refusing import THE_FILE
from waymark.engines.files.signs import checked_tree
from waymark.gcm.errors import InputError


@dataclass(frozen=True, slots=True)
class YamlLimits:
    """`size` in bytes; `depth` counts lists and mappings in one another."""

    size: int = 200_000
    depth: int = 10


YAML = YamlLimits()
_STRING = "tag:yaml.org,2002:str"


def read_yaml(data: bytes, limits: YamlLimits = YAML, *, signs: bool = True) -> Any:
    """What a form in YAML says: mappings, lists, texts, numbers, true, false and None.

    `signs` is False where the caller checks the texts itself. Raises InputError when it is no such YAML, too large or
    too deep, when a name stands twice, or when a part points to another one; the refusal says the line.
    """
    if len(data) > limits.size:
        raise too_much(f"it has {len(data):,} bytes", f"{limits.size:,} bytes", "Keep only the form.")
    try:
        loader = _OneMeaningLoader(utf8(data))
        loader.most = limits.depth
        value = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = error.problem if isinstance(error, _OneMeaningError) else "this is not YAML"
        raise _refused(told or "", f"line {mark.line + 1}" if mark else "") from None
    if signs:
        checked_tree(value)
    return value


def _refused(problem: str, place: str) -> InputError:
    return InputError(
        THE_FILE, problem, expected="YAML in UTF-8, with lines such as “unit: percent”", todo="Correct the file.",
        place=place,
    )  # fmt: skip


class _OneMeaningError(yaml.constructor.ConstructorError):
    """YAML that one reader takes for this and another for that, or that has no end."""


class _OneMeaningLoader(yaml.SafeLoader):
    """Builds texts, numbers, true, false and nothing, and no name twice."""

    most = YAML.depth
    depth = 0
    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # of the class, as in its parents

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A part of the text, unless it lies too deep or only points to another part."""
        if self.check_event(yaml.AliasEvent):
            raise _OneMeaningError(None, None, "a part points to another one (*)", self._place())
        if tag := getattr(self.peek_event(), "tag", None):  # type: ignore[no-untyped-call]  # without types there
            raise _OneMeaningError(None, None, f"the tag {tag[:60]} means nothing here", self._place())
        self.depth += 1
        if self.depth > self.most + 1:
            raise _OneMeaningError(None, None, f"parts lie in one another more than {self.most} deep", self._place())
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _place(self) -> Any:
        return self.peek_event().start_mark  # type: ignore[no-untyped-call]  # without types there

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """The names and values of a mapping."""
        named: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag != _STRING:
                raise _OneMeaningError(None, None, "a name is not a word", key.start_mark)
            if key.value in named:
                raise _OneMeaningError(None, None, f"the name {key.value[:60]} stands twice", key.start_mark)
            named.add(key.value)
        return super().construct_mapping(node, deep=True)


_OneMeaningLoader.yaml_constructors = {
    tag: made
    for tag, made in yaml.SafeLoader.yaml_constructors.items()
    if tag in {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")}
}
for _tag, _pattern, _first in (
    ("bool", r"true|True|false|False", "tTfF"),
    ("null", r"~|null|", ["~", "n", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,30}", "-+0123456789"),
):
    _OneMeaningLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))
