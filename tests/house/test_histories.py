"""Histories have words for everything: each field, each verb, what acts tell besides, and every noun."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docs.translations import template
from waymark.gcm.deeds import ANY_NOUN, DEEDS, DOORS, FACTS, LINES, MACHINES_ONLY, REASONS
from waymark.gcm.fields import OWN, SHARED, field_label, field_labels
from waymark.gcm.nouns import NOUNS
from waymark.gcm.wording import CATALOGUE
from waymark.queries.history.names import POSTS_AND_BODIES, SPECIAL
from waymark.queries.history.rows import ALSO, NAMED, fields_of
from waymark.queries.history.within import ALONE, WITHIN, models
from waymark.records.states import COMMITMENT, CONTRIBUTION, REVIEW_SOURCE

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
STATES = {"commitment.": COMMITMENT, "review.source.": REVIEW_SOURCE, "consultation.contribution.": CONTRIBUTION}
"""Beginning of a verb that ends in a state → the states."""

FIRST = {"commitment.": "proposed", "review.source.": "received", "consultation.contribution.": "received"}
"""The state in which a row is entered: another verb says so."""

WRITERS = {"log": 1, "Act": 0, "_store": 3, "wrote": 2}
"""What takes a verb, and at which place; `_store` is that of documents, `wrote` that of reviews."""

HANDED_ON = ("actions/log.py", "actions/documents/adding.py", "actions/voiding.py")
"""Where one of them hands on the verb that it was given."""


def fields(model: Any) -> list[str]:
    return [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many) if field.name != "id"]


def test_every_field_of_every_noun_has_a_name() -> None:
    nameless = [
        f"{noun}.{field}"
        for noun, model in models().items()
        for field in fields(model)
        if (noun, field) not in OWN and field not in SHARED
    ]
    assert nameless == []
    assert field_label("draft", "subject").english == "Draft of"
    with pytest.raises(KeyError):
        field_label("commitment", "colour")


def test_no_name_is_of_a_field_that_is_not_there() -> None:
    own = {(noun, field) for noun, model in models().items() for field in fields(model)}
    assert sorted(OWN.keys() - own) == []
    assert sorted(SHARED.keys() - {field for _, field in own} - INHERITED) == []


INHERITED = {"paper", "paper_words", "paper_date"}
"""Fields that a class of rows brings which no noun has yet."""


@cache
def trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def constants(tree: ast.Module) -> dict[str, str]:
    """The texts that a module gives a name, its own and those that it imports."""
    found = {}
    for one in (tree, *(trees().get(name, tree) for name in imported(tree))):
        for node in one.body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                found |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    return found


def imported(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("waymark."):
            yield f"{(node.module or '').removeprefix('waymark.').replace('.', '/')}.py"


def verbs(node: ast.expr, known: dict[str, str]) -> set[str]:
    """The verbs that an expression may stand for. Raises AssertionError for one that cannot be told."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return verbs(node.body, known) | verbs(node.orelse, known)
    if isinstance(node, ast.Name) and node.id in known:
        return {known[node.id]}
    if isinstance(node, ast.JoinedStr):
        first, last = node.values[0], node.values[-1]
        if isinstance(first, ast.Constant):
            start = str(first.value)
            return {f"{start}{state}" for state in STATES[start]} - {f"{start}{FIRST[start]}"}
        if isinstance(last, ast.Constant) and str(last.value).removeprefix(".") in ANY_NOUN:
            return set()
    raise AssertionError(ast.unparse(node))


def written() -> Iterator[tuple[str, ast.Call, set[str]]]:
    """Every call that writes an event, with its verbs."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if not isinstance(node, ast.Call) or name not in WRITERS or len(node.args) <= WRITERS[name]:
                continue
            verb = node.args[WRITERS[name]]
            handed_on = file in HANDED_ON and ast.unparse(verb) == "verb"
            if (name != "_store" or file == "actions/documents/adding.py") and not handed_on:
                yield file, node, verbs(verb, constants(tree))


def test_every_verb_of_the_log_has_words_and_every_wording_a_verb() -> None:
    used = {verb for _, _, found in written() for verb in found}
    assert len(used) > 60
    assert sorted(used - DEEDS.keys()) == []
    assert sorted(DEEDS.keys() - used) == []
    assert all(words.endswith(".") for words in DEEDS.values())
    assert {code for code in ANY_NOUN.values() if code not in LINES} == set()


def test_what_acts_tell_besides_has_a_name_or_is_for_machines() -> None:
    told = {word.arg for _, node, _ in written() for word in node.keywords if word.arg}
    for _, node, _ in written():
        for given in node.args:
            if isinstance(given, ast.Dict):
                told |= {key.value for key in given.keys if isinstance(key, ast.Constant)}  # type: ignore[misc]
    known = {*FACTS, *REASONS, *MACHINES_ONLY, "why", "drafting"}  # the last two steer `wrote`
    assert sorted(word for word in told if word not in known) == []
    assert not FACTS.keys() & MACHINES_ONLY
    assert len(told) > 30


def test_every_noun_is_told_somewhere() -> None:
    inner = {noun for found in WITHIN.values() for noun, _ in found}
    assert (inner | ALONE) == set(models())
    for noun, found in WITHIN.items():
        for within, path in found:
            rows = models()[within]._default_manager.filter(**{f"{path}__urn": "x"})
            assert not rows.query.is_empty(), (noun, within)


def test_every_noun_has_a_name_of_fields_that_it_has() -> None:
    assert set(NAMED) | set(SPECIAL) | set(POSTS_AND_BODIES) == set(models())
    assert not set(NAMED) & (set(SPECIAL) | set(POSTS_AND_BODIES))
    missing = {
        (noun, field) for noun, model in models().items() for field in (*NAMED.get(noun, ()), *ALSO.get(noun, ()))
        if field not in fields(model)
    }  # fmt: skip
    assert missing == set()
    assert all(fields_of(noun) for noun in models())
    assert set(NOUNS) - {"indicator"} == set(models())


def test_the_doors_are_the_folders_of_doors() -> None:
    folders = {path.name for path in (SOURCE / "interfaces").iterdir() if path.is_dir()}
    unwritten = {"portal", "web", "__pycache__"}  # the public pages never act, the shell is no door
    assert folders - unwritten <= set(DOORS)


def test_all_of_it_is_up_for_translation() -> None:
    words = template()
    assert all(words.get(label.english, "field") or words.get(label.english, "answer") for label in field_labels())
    assert all(words.get(sentence, "log") is not None for sentence in DEEDS.values())
    assert all(code in CATALOGUE for code in LINES)
