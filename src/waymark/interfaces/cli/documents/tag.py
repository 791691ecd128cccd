"""`waymark documents tag`: tags files or JSON lines, without a record and without storing anything."""

import argparse
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from waymark.engines.documents.cleaning import display_name
from waymark.engines.files.json_texts import read_json
from waymark.engines.files.signs import checked_tree, fault_in
from waymark.gcm.errors import InputError
from waymark.interfaces.cli.folders import learned_head

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 256
LETTERS = 1_000_000
"""Rows, or characters of their texts, tagged at once, so that memory stays the same for any length."""
LONGEST_LINE = 8_000_000
"""Characters of one line; no more of a longer one is ever held."""
COLUMNS = ("id", "text", "language", "page")

Row = dict[str, Any]


def run_tag(arguments: argparse.Namespace) -> int:
    """Tag everything in the order given; rows that cannot be tagged say why, and make the status 1."""
    from waymark.engines.documents.tagging.batches import tag_batch
    from waymark.engines.documents.tagging.results import rows as tagged_rows

    learned = None if arguments.shipped else learned_head()
    show = _print_text if arguments.format == "text" else _print_line
    failed = 0
    for part in _parts(_rows(arguments.files)):
        good = [row for row in part if "error" not in row]
        answers = iter(tagged_rows(tag_batch(_batch(good), arguments.tier, learned))) if good else iter(())
        for row in part:
            if "error" in row:
                failed += 1
                print(f"waymark documents: {row['error']}", file=sys.stderr)
                show(row)
            else:
                show({**next(answers), "id": row["id"]})
    return 1 if failed else 0


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    letters = 0
    for row in rows:
        part.append(row)
        letters += len(row.get("text", ""))
        if len(part) == BATCH or letters >= LETTERS:
            yield part
            part, letters = [], 0
    if part:
        yield part


def _batch(rows: list[Row]) -> "pa.RecordBatch":
    import pyarrow as pa

    kinds = (pa.string(), pa.string(), pa.string(), pa.int64())
    plain = [{**row, "id": str(row["id"])} for row in rows]
    columns = [pa.array([row[name] for row in plain], kind) for name, kind in zip(COLUMNS, kinds, strict=True)]
    return pa.RecordBatch.from_arrays(columns, names=list(COLUMNS))


def _rows(files: Iterable[str]) -> Iterator[Row]:
    for name in files:
        if name == "-":
            yield from _json_rows("standard input", _standard_input())
        elif name.lower().endswith((".jsonl", ".ndjson")):
            yield from _file_rows(Path(name))
        else:
            yield from _document_rows(Path(name))


def _standard_input() -> TextIO:
    """The lines of standard input as a file of JSON lines is read: UTF-8, whatever the terminal says."""
    raw = getattr(sys.stdin, "buffer", None)
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="\n") if raw else sys.stdin


def _file_rows(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
            yield from _json_rows(display_name(path), lines)
    except OSError as error:
        raise InputError(
            display_name(path),
            f"the file cannot be read ({error.strerror})",
            expected="a file of JSON lines",
            todo="Check the path and the rights of the file",
        ) from error


def _json_rows(name: str, lines: TextIO) -> Iterator[Row]:
    """One row for each line; a line that is no such object becomes a row that says so. Empty lines are no rows."""
    number = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith("\n"):
                line = lines.readline(LONGEST_LINE)
            yield {"id": None, "error": str(_no_row(name, number, f"it has more than {LONGEST_LINE:,} characters"))}
        elif line.strip():
            yield _json_row(name, number, line)


def _no_row(name: str, number: int, problem: str) -> InputError:
    return InputError(
        name,
        problem,
        expected='{"id": "1", "text": "…", "language": "en"}',
        todo="Correct the line",
        place=f"line {number}",
    )


def _json_row(name: str, number: int, line: str) -> Row:
    problem, given = "", None
    try:
        given = read_json(line, signs=False)
        checked_tree(given)
    except InputError as error:
        problem = error.problem
    if problem or not isinstance(given, dict) or not isinstance(given.get("text"), str):
        refusal = _no_row(name, number, problem or "this is not an object with a text")
        identity = given.get("id") if isinstance(given, dict) and fault_in(given.get("id")) is None else None
        return {"id": identity, "error": str(refusal)}
    language = given.get("language")
    page = given.get("page")
    return {
        "id": given.get("id"),
        "text": given["text"],
        "language": language if isinstance(language, str) else "",
        "page": page if isinstance(page, int) and not isinstance(page, bool) and abs(page) < 2**31 else None,
    }


def _document_rows(path: Path) -> Iterator[Row]:
    """The passages of a file or of the files of a folder; page numbers count from 1."""
    from waymark.engines.documents.reading import read_files
    from waymark.engines.documents.words.language import language_of

    for file, read in read_files([path], language_of=language_of):
        if isinstance(read, InputError):
            yield {"id": display_name(file), "error": str(read)}
            continue
        for passage in read.passages:
            yield {
                "id": f"{display_name(file)}#{passage.position + 1}",
                "text": passage.text,
                "language": passage.language,
                "page": passage.page + 1 if passage.page >= 0 else None,
            }


def _print_line(row: Row) -> None:
    print(json.dumps(row, ensure_ascii=False))


def _print_text(row: Row) -> None:
    if "error" in row:
        return
    page = f", page {row['page']}" if row["page"] else ""
    print(f"{row['id']}{page}")
    if not row["objectives"]:
        print("  none of the objectives")
    for one in row["objectives"][:3]:
        print(f"  objective {one['code']:>2}  {one['score']:.2f}  {', '.join(one['reasons'])}")
