"""Bytes of persons become cells and text in engines/files alone; who else reads such a form says why."""

import ast
from functools import cache

from tests.house.sources import called, trees

READERS = {"csv", "zipfile", "tarfile", "python_calamine", "openpyxl", "xml", "yaml", "pyexpat", "pickle", "gzip"}
"""Libraries that read a form of files."""

ALLOWED = {
    ("papers/apart.py", "pickle"): "hands a review to a process of our own",
    ("papers/child.py", "pickle"): "takes a review from the process that started it",
    ("engines/printing/docx_room.py", "xml"): "measures the XML that we just wrote",
    ("engines/printing/docx_words.py", "xml"): "writes XML",
    ("engines/printing/svg.py", "xml"): "turns our own drawings into tags of a page",
    ("queries/installation/files.py", "zipfile"): "verifies the editions that the program itself packed",
    ("gcm/files.py", "csv"): "the catalogue's own tables, which come with the program",
    ("gcm/files.py", "yaml"): "the catalogue's own files; no YAML of a person is read anywhere",
    ("engines/documents/tagging/corpus.py", "csv"): "our example passages, which come with the program",
    ("engines/documents/tagging/terms.py", "csv"): "our terms, which come with the program",
    ("engines/documents/tagging/weights.py", "zipfile"): "writes the weights of the tagger",
    ("engines/printing/docx.py", "zipfile"): "writes a DOCX anew with fixed dates",
    (
        "engines/indicators/archives.py",
        "zipfile",
    ): "archives of statistics, streamed member by member within own limits",
    ("engines/indicators/archives.py", "gzip"): "one packed table of statistics, streamed within own limits",
}

OURS_IN_JSON = (
    "actions/installation",
    "engines/documents/search/store.py",
    "engines/documents/tagging/weights.py",
    "engines/indicators/keeping.py",
    "engines/indicators/manifest.py",
    "engines/safekeeping",
    "queries/history/rows.py",
    "queries/nested.py",
    "queries/search/following.py",
    "records",
)
"""Where `json.loads` reads what the program itself wrote: the record, the index, the backup, the weights."""


@cache
def sources() -> list[tuple[str, ast.Module]]:
    return [(name, tree) for name, tree in trees().items() if not name.startswith("engines/files/")]


@cache
def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@cache
def calls(tree: ast.Module) -> set[str]:
    return {called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_files_of_persons_are_read_in_one_place() -> None:
    found = {(name, library) for name, tree in sources() for library in imported(tree) & READERS}
    assert found - set(ALLOWED) == set(), "read it with engines/files, or say here why not"
    assert set(ALLOWED) - found == set(), "no longer needed"


def test_json_of_persons_is_read_in_one_place() -> None:
    found = {name for name, tree in sources() if calls(tree) & {"json.loads", "json.load", "orjson.loads"}}
    assert [name for name in sorted(found) if not name.startswith(OURS_IN_JSON)] == []


def test_tables_for_persons_are_written_in_one_place() -> None:
    writers = {"csv.writer", "csv.DictWriter", "writer.writerow"}
    assert [name for name, tree in sources() if calls(tree) & writers] == []


def test_no_cell_of_a_workbook_is_written_by_guess() -> None:
    """XlsxWriter's `write` makes a formula of a text that begins with "="; `write_string` and its kin do not."""
    for name, tree in sources():
        if "xlsxwriter" in imported(tree):
            methods = {call.rpartition(".")[2] for call in calls(tree)}
            assert methods & {"write", "write_row", "write_column", "write_formula"} == set(), name
