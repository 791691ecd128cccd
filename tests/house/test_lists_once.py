"""A closed list stands once: whoever needs its codes names the list or its members and writes no second list."""

import ast
from collections.abc import Iterator
from enum import EnumType

import pytest
from django.apps import apps
from django.db.models import TextChoices

from tests.house.sources import trees
from waymark.gcm import lists
from waymark.records.states import COMMITMENT, TABLES, choices

LEAST = 3
"""Shorter lists are no sign: two codes stand together by chance."""
MORE = 1
"""A display with more other words than this is no list of these codes, but of columns or the like."""
HOMES = ("gcm/lists.py", "records/states.py", "records/migrations/")
LEFT = {("engines/indicators/statistics.py", "WantedDirection"): "the sign of each direction, for the tables of DuckDB"}
"""What writes the codes out all the same, and why."""


def closed_lists() -> dict[frozenset[str], str]:
    """Codes of each closed list of the vocabulary and of the record, with its name."""
    apps.check_models_ready()
    every: list[EnumType] = [one for one in vars(lists).values() if isinstance(one, EnumType)]
    waiting = list(TextChoices.__subclasses__())
    while waiting:
        every.append(one := waiting.pop())
        waiting += one.__subclasses__()
    found = {frozenset(str(member.value) for member in one): one.__name__ for one in every}  # type: ignore[var-annotated]
    found |= {frozenset(table): f"states of a {noun}" for noun, table in TABLES.items()}
    return {codes: name for codes, name in found.items() if len(codes) >= LEAST}


def literals(tree: ast.AST) -> Iterator[tuple[int, frozenset[str]]]:
    """Line and words of each display of strings, of a mapping its keys; a type of literals is for the checker alone."""
    types = {id(node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        match node:
            case ast.Dict():
                parts = node.keys
            case ast.Tuple() | ast.List() | ast.Set() if id(node) not in types:
                parts = node.elts
            case _:
                continue
        words = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if words and len(words) == len(parts):
            yield node.lineno, frozenset(words)


def second_lists(tree: ast.AST, known: dict[frozenset[str], str]) -> list[tuple[int, str]]:
    """Where code writes out a whole closed list: line and name of the list."""
    return [
        (line, name)
        for line, words in literals(tree)
        for codes, name in known.items()
        if codes <= words and len(words) <= len(codes) + MORE
    ]


def test_no_list_is_written_out_a_second_time() -> None:
    known = closed_lists()
    assert len(known) > 30
    found = [
        (file, line, name)
        for file, tree in trees().items()
        if not file.startswith(HOMES)
        for line, name in second_lists(tree, known)
        if (file, name) not in LEFT
    ]
    assert found == []


def test_what_is_left_is_still_there() -> None:
    known = closed_lists()
    for file, name in LEFT:
        assert name in [found for _, found in second_lists(trees()[file], known)]


def test_states_of_a_commitment_are_those_of_its_acts() -> None:
    assert set(lists.CommitmentState.values) == set(COMMITMENT)
    assert {state.value: state.label for state in lists.CommitmentState} == dict(choices(COMMITMENT))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("x = ('a', 'b', 'c')", True), ("x = ['c', 'a', 'b', 'more']", True), ("x = {'a': 1, 'b': 2, 'c': 3}", True),
        ("if y in {'a', 'b', 'c'}: pass", True), ("x = ('a', 'b')", False), ("x: Literal['a', 'b', 'c']", False),
        ("x = ('a', 'b', 'c', 'd', 'e')", False), ("x = (A, 'b', 'c')", False),
    ],
)  # fmt: skip
def test_a_second_list_is_seen(text: str, seen: bool) -> None:
    found = second_lists(ast.parse(text), {frozenset("abc"): "Letters"})
    assert found == ([(1, "Letters")] if seen else [])
