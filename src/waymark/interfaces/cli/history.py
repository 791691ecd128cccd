"""Shows the history of a row of the record and of what lies in it: who did what, when, in which post and for whom, what
changed from what to what, and why.

A row is named by its global id, as `waymark search --format jsonl` prints it, or by the end of it: noun and code, such
as commitment:qor-m-001. Persons of bodies of society are named to their own body and the network's officers; others
read the post. With --csv the same lines are written into a table, one row for each field that changed.
"""

import argparse
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.gcm.deeds import HOW
from waymark.gcm.language import LANGUAGES
from waymark.gcm.nouns import counted
from waymark.gcm.wording import Label, phrase
from waymark.interfaces.cli.options import add_audience, viewer_named
from waymark.interfaces.cli.output import write_file
from waymark.interfaces.cli.terminal import WIDTH, clean

if TYPE_CHECKING:
    from waymark.queries.history.views import FieldTold, History, Line, RowTold, Who


def configure(parser: argparse.ArgumentParser) -> None:
    """The row, for whom it is shown, and where a table is written."""
    parser.add_argument("urn", metavar="URN", help="global id of the row, or noun:code")
    add_audience(parser)
    parser.add_argument("--discreet", action="store_true", help="name no body of society and none of its persons")
    parser.add_argument("--lang", default="en", choices=LANGUAGES, help="language of the lines; default: en")
    parser.add_argument(
        "--csv",
        type=Path,
        metavar="FILE",
        help="write the lines as a table into this file",
    )


def run(arguments: argparse.Namespace) -> int:
    """Read the history, and print it or write it as a table."""
    from waymark.interfaces.cli.record import existing_record

    existing_record()
    from waymark.queries.history.reading import history_of
    from waymark.records.record import urn

    asked = arguments.urn if arguments.urn.startswith("urn:") else urn(*_noun_and_code(arguments.urn))
    viewer = viewer_named(arguments.audience)
    history = history_of(asked, viewer, arguments.lang, discreet=arguments.discreet)
    if arguments.csv is not None:
        _write(history, arguments.csv)
    else:
        _print(history, arguments.audience)
    return 0


def _noun_and_code(text: str) -> tuple[str, str]:
    noun, _, code = text.partition(":")
    return noun, code


def _write(history: "History", path: Path) -> None:
    """Write the table as a whole. Raises OutputError."""
    from waymark.engines.files.tables_out import csv_table
    from waymark.queries.history.table import table_of

    write_file(path, csv_table(*table_of(history)), "--csv ")
    print(f"{counted(len(history.lines), 'entry', 'entries')} of {history.noun} {history.name} in {path}")


def _print(history: "History", audience: str) -> None:
    _wrap(f"{_capital(history.noun)}: {history.name}", "")
    print(f"Shown to: {audience}")
    if not history.lines:
        _wrap("The log tells of nothing that was done to it here.", "")
    for line in history.lines:
        print()
        _print_line(line, history.language)


def _print_line(line: "Line", language: str) -> None:
    print(line.when)
    if line.who:
        who = _who(line.who, language)
        _wrap(f"{_capital(who)}, through {line.door}" if line.door else _capital(who), "")
    _wrap(line.what, "  ")
    if line.about:
        _wrap(_capital(line.about), "  ")
    for row in line.rows:
        _print_row(row, language)
    for name, words in line.facts:
        _wrap(f"{name}: {words}", "    ")
    if line.why:
        _wrap(f"Why: {line.why}", "    ")
    if line.hidden:
        _wrap(phrase("history.hidden", count=line.hidden).words(language), "    ")
    if line.erased:
        _wrap(line.erased, "    ")


def _who(who: "Who", language: str) -> str:
    body = phrase("history.for", organisation=who.organisation).words(language) if who.organisation else ""
    return ", ".join(part for part in (who.name, who.post, body) if part)


def _print_row(row: "RowTold", language: str) -> None:
    indent = "    "
    if row.name:
        _wrap(f"{_capital(row.name)} ({Label('history', HOW[row.how]).words(language)})", indent)
        indent = "      "
    for field in row.fields:
        _wrap(f"{field.field}: {_change(field, row.how, language)}", indent)


def _change(field: "FieldTold", how: str, language: str) -> str:
    """What a field said before and after; of a whole row only what it says."""
    if how != "changed":
        return field.after or field.before
    if not field.before:
        return phrase("history.set", after=field.after).words(language)
    if not field.after:
        return phrase("history.emptied", before=field.before).words(language)
    return f"{field.before} → {field.after}"


def _capital(words: str) -> str:
    return f"{words[:1].title()}{words[1:]}"  # Georgian has no capitals at the beginning of a sentence


def _wrap(words: str, indent: str) -> None:
    print(textwrap.fill(clean(words), WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  "))
