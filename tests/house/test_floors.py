"""Tests on the code itself: the floors hold, doors do not write, what is public is typed and documented."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from waymark.interfaces.cli.main import COMMANDS, parser_for

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "waymark").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "common", "core", "services", "helpers", "util", "misc"}
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def test_import_contracts_are_kept() -> None:
    result = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout
    assert "9 kept, 0 broken" in result.stdout


def test_no_drawer_without_a_noun() -> None:
    named = [path for path in SOURCES if FORBIDDEN_NAMES & {*path.relative_to(ROOT).parts, path.stem}]
    assert named == []


def test_a_file_comes_in_by_one_act() -> None:
    """Whether it is held, to be corrected or to be read is decided in one place, whatever the door."""
    inside = {"add_document", "correct_facts", "held_already", "file_hash", "suggest_tags"}
    doors = [path for path in SOURCES if "interfaces" in path.relative_to(ROOT / "src" / "waymark").parts]
    said = {
        (path.name, node.id if isinstance(node, ast.Name) else node.attr)
        for path in doors
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert {name for name in said if name[1] in inside} == set()
    assert {path for path, name in said if name in ("file_in", "file_in_all")} == {"add.py", "texts.py"}


def test_the_operator_acts_on_the_day_of_the_doors_clock() -> None:
    """A door that made him itself could leave the day out, and let a paper of a day to come in."""
    inside = ROOT / "src" / "waymark" / "interfaces"
    made = {
        (path.relative_to(inside).as_posix(), ast.unparse(node))
        for path in SOURCES
        if inside in path.parents
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Actor.operator"
    }
    assert {name for name, _ in made} == {"cli/acting.py", "cli/demonstrations/bodies.py"}
    assert all("today=" in call and "door=" in call for _, call in made)


def orm_writes(source: str) -> list[str]:
    """Calls in `source` that change the record through the ORM: `x.objects.create(…)`, `row.save()` and the like."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            receiver = ast.unparse(node.func.value)
            keywords_of_dict_update = node.func.attr == "update" and "objects" not in receiver
            if not keywords_of_dict_update:
                found.append(f"line {node.lineno}: {receiver}.{node.func.attr}")
    return found


def managers(source: str) -> list[str]:
    """Places in `source` that read rows past the viewer: `X.objects`, `X._default_manager`, `row.<noun>_set`."""
    return sorted(
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and (node.attr in ("objects", "_default_manager", "_base_manager") or node.attr.endswith("_set"))
    )


def test_managers_are_seen() -> None:
    assert managers("a = Network.objects.all()\nb = x._default_manager\nobjects = 1\nc = row.report_set") == [
        "line 1: Network.objects",
        "line 2: x._default_manager",
        "line 4: row.report_set",
    ]


def test_doors_never_read_rows_past_the_viewer() -> None:
    found = {
        str(path.relative_to(ROOT)): read
        for path in (ROOT / "src" / "waymark" / "interfaces").rglob("*.py")
        if (read := managers(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_papers_are_imported_without_django_or_the_record() -> None:
    names = [f"waymark.papers.{path.stem}" for path in (ROOT / "src" / "waymark" / "papers").glob("*.py")]
    assert len(names) > 10
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name.removesuffix('.__init__'))\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'django' or "
        "name.startswith('waymark.records')))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "[]"


def test_orm_writes_are_seen() -> None:
    assert orm_writes("Commitment.objects.filter(a=1).update(b=2)\nrow.save()\nd = {}\nd.update(x=1)") == [
        "line 1: Commitment.objects.filter(a=1).update",
        "line 2: row.save",
    ]


@pytest.mark.parametrize("floor", ["interfaces", "queries"])
def test_doors_and_queries_never_write(floor: str) -> None:
    found = {
        str(path.relative_to(ROOT)): writes
        for path in (ROOT / "src" / "waymark" / floor).rglob("*.py")
        if (writes := orm_writes(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def public_functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods of a module that do not start with an underscore, outside other functions."""
    functions = []
    for node in tree.body:
        bodies = node.body if isinstance(node, ast.ClassDef) else [node]
        functions += [n for n in bodies if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [function for function in functions if not function.name.startswith("_")]


def test_every_public_function_is_typed() -> None:
    untyped = []
    for path in SOURCES:
        if "migrations" in path.parts:
            continue
        for function in public_functions(ast.parse(path.read_text(encoding="utf-8"))):
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            named = [a for a in arguments if a.arg not in ("self", "cls")]
            if function.returns is None or any(a.annotation is None for a in named):
                untyped.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}")
    assert untyped == []


def test_files_and_functions_fit_their_budget() -> None:
    over = []
    for path in SOURCES:
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            over.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 60:
                    over.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines} lines")
    assert over == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    module = importlib.import_module(COMMANDS[name][0])
    assert module.__doc__
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert f"## waymark {name}" in page
    assert parser_for([name]).parse_args  # the command's own options can be built


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "src" / "waymark" / "config" / "settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    read = {
        ast.literal_eval(node.args[0])
        for node in ast.walk(ast.parse(settings))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.environ.get"
    }
    assert read >= {"DATABASE_URL", "WAYMARK_DATA"}
    assert [name for name in sorted(read) if f"`{name}`" not in page] == []


def test_help_loads_no_heavy_package() -> None:
    code = (
        "import sys; from waymark.interfaces.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'django', 'duckdb', 'pyarrow', 'ibis', 'pandas', 'typst', 'babel'} & set(sys.modules)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.rstrip().endswith("[]")
