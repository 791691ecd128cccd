"""The index follows the log: no noun is forgotten, and no act changes the record without an event."""

import ast
from functools import cache
from pathlib import Path

from django.apps import apps

from waymark.gcm.nouns import FINDABLE
from waymark.queries.search.depending import DEPENDING, MODELS, NOTHING
from waymark.queries.search.entries import READERS, _rows
from waymark.records.record import Record

ACTIONS = Path(__file__).parents[2] / "src" / "waymark" / "actions"
LOGS = {f"waymark.actions.log.{name}" for name in ("log", "log_all", "write_events")}
SILENT = {
    "waymark.actions.documents.learning.learn_from_persons": "writes the weights of the tagger, not the record",
    "waymark.actions.installation.backing_up.back_up": "copies the record and changes nothing of it",
    "waymark.actions.installation.sealing.seal": "a seal is about the log and stands beside it",
}
"""Acts without an event, and why none of them changes what search reads."""


def nouns() -> set[str]:
    return {model.noun for model in apps.get_app_config("records").get_models() if issubclass(model, Record)}


def test_every_noun_is_in_the_table_or_in_no_entry() -> None:
    assert set(DEPENDING) | NOTHING == nouns()
    assert not set(DEPENDING) & NOTHING
    assert set(MODELS) == set(READERS) == set(FINDABLE) - {"indicator"}


def test_every_row_that_entries_are_made_of_is_in_the_table() -> None:
    """What is joined or fetched for an entry is in the table with that entry, or never changes what it says."""
    read = set()
    for noun, model in MODELS.items():
        rows = _rows(noun)
        joined = rows.query.select_related if isinstance(rows.query.select_related, dict) else {}
        stack = [(model, joined)]
        while stack:
            holder, inner = stack.pop()
            read.add((noun, holder.noun))
            stack += [(holder._meta.get_field(name).related_model, more) for name, more in inner.items()]
        for fetched in rows._prefetch_related_lookups:
            holder = model
            for name in str(getattr(fetched, "prefetch_through", fetched)).split("__"):
                holder = holder._meta.get_field(name).related_model
                read.add((noun, holder.noun))
    known = {(entry, noun) for noun, ways in DEPENDING.items() for entry, _ in ways}
    codes = {"place", "provision", "framework"}  # entries hold their codes, which never change
    assert {(entry, noun) for entry, noun in read - known if noun not in codes} == set()


@cache
def modules() -> dict[str, ast.Module]:
    return {
        "waymark.actions." + ".".join(path.relative_to(ACTIONS).with_suffix("").parts): ast.parse(
            path.read_text("utf-8")
        )
        for path in sorted(ACTIONS.rglob("*.py"))
    }


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """Every function of the acts: module and name → its code."""
    return {
        f"{module}.{node.name}": node
        for module, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def names(module: str) -> dict[str, str]:
    """What the names of a module stand for: functions of its own and those imported from other acts."""
    found = {name.rpartition(".")[2]: name for name in functions() if name.rpartition(".")[0] == module}
    for node in modules()[module].body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("waymark.actions"):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def logs(name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function, or one of the acts that it calls, writes an event."""
    known = names(name.rpartition(".")[0])
    called = set()
    for node in ast.walk(functions()[name]):
        if isinstance(node, ast.Call):
            first, dot, rest = ast.unparse(node.func).partition(".")
            called.add(f"{known.get(first, first)}{dot}{rest}")
    if called & LOGS:
        return True
    return any(logs(one, seen | {name}) for one in called & functions().keys() - seen - {name})


def test_every_act_writes_an_event() -> None:
    acts = {
        name
        for name, node in functions().items()
        if not node.name.startswith("_")
        and any(argument.arg == "by" for argument in node.args.kwonlyargs)
        and not any(ast.unparse(mark).startswith("contextmanager") for mark in node.decorator_list)
    }
    assert len(acts) > 50
    assert {name for name in acts if not logs(name)} == set(SILENT)
