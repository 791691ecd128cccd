"""`waymark frameworks suggest`, `link` and `gaps`: a framework beside the Compact and the Goals."""

import argparse
import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.folders import learned_head
from waymark.interfaces.cli.options import viewer_named
from waymark.interfaces.cli.output import write_file

if TYPE_CHECKING:
    from waymark.queries.crosswalks.suggesting import CrosswalkView

WIDTH = 80


def run_suggest(arguments: argparse.Namespace) -> int:
    """Write the sheet of suggestions and gaps, and say what stands in it."""
    from waymark.engines.documents.tagging import Tagger
    from waymark.queries.crosswalks.sheet import crosswalk_workbook
    from waymark.queries.crosswalks.suggesting import LEAST, find_framework

    least = LEAST if arguments.least is None else arguments.least
    if not 0 <= least <= 1:
        raise InputError(f"--least {least}", "this is no score", expected="a number from 0 to 1", todo="Correct it")
    viewer = viewer_named(arguments.audience)
    framework = find_framework(arguments.framework, viewer)
    out = arguments.out or Path(f"{framework.code}-crosswalk.xlsx")
    _check_file(out)
    tagger = Tagger.load(learned=learned_head())
    content, view = crosswalk_workbook(framework.code, viewer, tagger, least=least)
    write_file(out, content)
    _print_view(view)
    _wrap(f"Written to {out}. Correct it, then run:")
    print(f"waymark frameworks link {out} --framework {framework.code}")
    return 0


def _print_view(view: "CrosswalkView") -> None:
    linked = sum(1 for row in view.rows if row.linked)
    made = sum(1 for row in view.rows if row.code and not row.linked)
    empty = sum(1 for row in view.rows if not row.code)
    _wrap(
        f"{view.framework}: {view.provisions} provisions; suggestions: {made}; links on record: {linked}; "
        f"provisions without either: {empty}."
    )
    if view.without_terms:
        _wrap(f"No terms are known in these languages, so nothing is suggested: {', '.join(view.without_terms)}.")
    if view.not_measured:
        _wrap(f"How often a suggestion is wrong was not measured in: {', '.join(view.not_measured)}.")


def run_link(arguments: argparse.Namespace) -> int:
    """Store what the sheet says and count it; links said no that stay are named."""
    from waymark.actions.crosswalks import import_crosswalk
    from waymark.queries.crosswalks.suggesting import find_framework
    from waymark.records.actors import OPERATOR_VIEWER

    framework = find_framework(arguments.framework, OPERATOR_VIEWER)
    done = import_crosswalk(by=operator(), framework=framework, path=arguments.file, mark=arguments.mark)
    _wrap(
        f"{framework.code} from {arguments.file.name}: links: {done.new} new, {done.changed} changed, "
        f"{done.removed} removed, {done.same} as they were; suggestions: {done.rejected} rejected, "
        f"{done.undecided} not decided."
    )
    if done.kept:
        _wrap("Kept although the sheet says no, because another source states them:")
        for name in done.kept:
            _wrap(name, indent="  ")
    return 0


def run_gaps(arguments: argparse.Namespace) -> int:
    """Print the gaps as text or as CSV."""
    from waymark.engines.files.tables_out import csv_table
    from waymark.queries.crosswalks.sheet import GAP_WORDS, gap_rows
    from waymark.queries.crosswalks.suggesting import crosswalk_gaps

    gaps = crosswalk_gaps(arguments.framework, viewer_named(arguments.audience))
    if arguments.format == "csv":
        sys.stdout.write(csv_table(("gap", "framework", "code", "label"), gap_rows(gaps)).decode())
        return 0
    _wrap(f"{gaps.framework}: {gaps.title}; {gaps.provisions} provisions")
    for field, words in GAP_WORDS.items():
        items: Sequence[object] = getattr(gaps, field)
        print(f"\n{words[0].upper()}{words[1:]}: {len(items) or 'none'}")
        for item in getattr(gaps, field):
            _wrap(f"{item.code} {item.label}", indent="  ")
    return 0


def _check_file(out: Path) -> None:
    """Refuse a name that is taken, because a corrected sheet must not be lost, or that is no XLSX."""
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"--out {out}", "this is no XLSX file", expected="a name ending in .xlsx", todo="Correct it")
    if os.path.lexists(out):
        raise InputError(
            f"--out {out}",
            "there is such a file, and it may hold somebody's decisions",
            expected="the name of a new file",
            todo="Choose another name, or remove the file",
        )


def _wrap(words: str, indent: str = "") -> None:
    print(textwrap.fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent + "  "))
