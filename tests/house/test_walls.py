"""What people send is read behind the wall: doors and acts reach no bare reader, and the kinds of job are a list."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "waymark"
ABOVE = ("interfaces", "actions")
PARSERS = {"lxml", "python_calamine", "zipfile", "tarfile", "pypdfium2", "selectolax", "openpyxl", "pickle", "marshal"}
BARE = {
    "read_provisions",
    "read_review",
    "read_own",
    "read_clearance",
    "read_indicator",
    "read_values",
    "read_sheet",
    "read_here",
    "read_source",
    "recognise",
}
BARE_ADDED = {("ingest", "add"), ("ingest", "check"), ("parser", "parse")}


def files(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def test_doors_and_acts_load_no_parser_and_call_no_bare_reader() -> None:
    found = []
    for name, tree in files(*ABOVE):
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(each.name for each in node.names)]
            found += [(name, each) for each in names if each.split(".")[0] in PARSERS or each in BARE]
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called = (node.value.id, node.attr)
                found += [(name, ".".join(called))] if called in BARE_ADDED or node.attr in BARE else []
    assert found == []


def test_a_kind_of_job_is_made_in_one_place() -> None:
    made = [
        name
        for name, tree in files(".")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Kind"
    ]
    assert made == ["engines/files/walls/kinds.py"] * 3


def test_every_job_is_there() -> None:
    from waymark.engines.files.walls.child import function_named
    from waymark.engines.files.walls.kinds import DOCUMENT, SHEET, STATISTICS

    for kind in (DOCUMENT, SHEET, STATISTICS):
        assert callable(function_named(kind.job))
        assert not kind.preload or callable(function_named(kind.preload))
        assert not (kind.threads and kind.preload), "a process that forks must have one thread"
