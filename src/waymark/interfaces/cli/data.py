"""`waymark data`: add statistics to the store, list and check them, show what is missing, compile the bundled figures.

The store is the folder `datasets` in the data folder, which the setting WAYMARK_DATA names (default: `var`).
"""

import argparse
import os
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waymark.gcm.errors import InputError, OutputError
from waymark.gcm.nouns import counted
from waymark.interfaces.cli import national, used

if TYPE_CHECKING:
    import pyarrow as pa

    from waymark.engines.indicators.manifest import Manifest
    from waymark.engines.indicators.store import Store

FACTS = {
    "dataset": "name in the store, small letters, figures and hyphens (default: from the file)",
    "title": "title of the dataset",
    "publisher": "who published the figures",
    "address": "where they were published",
    "licence": "licence under which they may be used",
    "retrieved": "day on which the file was fetched, or 'unknown'",
    "released": "day, month or year in which the publisher released it",
    "complete_to": "day, month or year up to which its periods are whole; a later part of a year is not compared",
}
WIDTH = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands and their options."""
    parts = parser.add_subparsers(dest="part", metavar="WHAT", required=True)
    add = parts.add_parser("add", help="read files, folders or archives, check them, store them")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    for name, words in FACTS.items():
        add.add_argument(f"--{name.replace('_', '-')}", default="", help=words)
    add.add_argument("--replace", action="store_true", help="replace a dataset of the same name")
    parts.add_parser("list", help="list the datasets of the store and those that come with Waymark")
    check = parts.add_parser("check", help="check a file without storing it, or what is stored")
    check.add_argument("target", nargs="?", default="", metavar="PATH|DATASET", help="default: all that is stored")
    check.add_argument("--rejects", type=Path, metavar="FILE", help="write the rejected rows to a CSV file")
    for part in (add, check):
        part.add_argument(
            "--decimal", choices=(".", ","), default="", help="decimal sign, where a file does not show it"
        )
    coverage = parts.add_parser("coverage", help="show which series, years and breakdowns a place lacks, per objective")
    used.configure_coverage(coverage)
    national.configure_indicator(parts.add_parser("indicator", help="define a national indicator from a form"))
    national.configure_values(parts.add_parser("values", help="enter values of indicators from a table and its paper"))
    bundle = parts.add_parser("bundle", help="compile the figures that come with Waymark from a folder of sources")
    bundle.add_argument("folder", type=Path, metavar="DIR")
    bundle.add_argument("--out", type=Path, metavar="DIR", help="default: the catalogue of this installation")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the parts; the status is 1 when a check finds something wrong."""
    parts: dict[str, Callable[[argparse.Namespace], int]] = {
        "add": _add,
        "list": _list,
        "check": _check,
        "coverage": used.run_coverage,
        "indicator": national.run_indicator,
        "values": national.run_values,
        "bundle": _bundle,
    }
    return parts[arguments.part](arguments)


def store_folder() -> Path:
    """The folder of datasets, by the setting WAYMARK_DATA."""
    return Path(os.environ.get("WAYMARK_DATA") or "var") / "datasets"


def _store() -> "Store":
    """The store of this installation."""
    from waymark.engines.indicators.store import Store

    return Store(store_folder())


def _add(arguments: argparse.Namespace) -> int:
    """Add each path; the first refusal stops, what was added before stays."""
    from waymark.engines.indicators import walled

    if len(arguments.paths) > 1 and arguments.dataset:
        todo = "Leave out --dataset, or add the files one by one"
        raise InputError(f"--dataset {arguments.dataset}", "One name for several paths", expected="one path", todo=todo)
    store = _store()
    facts = {name: getattr(arguments, name) for name in FACTS}
    for path in arguments.paths:
        with _progress(path.name) as progress:
            manifest = walled.add(
                path,
                store=store,
                progress=progress,
                replace_former=arguments.replace,
                decimal=arguments.decimal,
                **facts,
            )
        _print_report(manifest)
        if manifest.already:
            print("The store already has this file; nothing was changed.")
        used.print_feeding(manifest, store)
    return 0


def _list(_: argparse.Namespace) -> int:
    """The datasets of the store and the bundled ones."""
    from waymark.engines.indicators.store import bundled

    stored, own = _store().datasets(), bundled().datasets()
    if not stored:
        print("The store has no dataset yet. Add one with: waymark data add PATH")
    for title, manifests in (("In the store", stored), ("Bundled with Waymark", own)):
        if manifests:
            print(f"{title}:")
            _print_table(
                ("dataset", "publisher", "years", "series", "stored", "rejected"),
                [_row(manifest) for manifest in manifests],
                numbers=3,
            )
    return 0


def _row(manifest: "Manifest") -> tuple[str, ...]:
    """One line of the list."""
    years = f"{manifest.years[0]}-{manifest.years[1]}"
    stored, rejected = f"{manifest.rows_stored:,}", f"{manifest.rows_rejected:,}"
    return manifest.id, manifest.publisher, years, f"{manifest.series}", stored, rejected


def _check(arguments: argparse.Namespace) -> int:
    """A dry run of a path, or a report on what is stored."""
    from waymark.engines.indicators import walled

    if not arguments.target:
        return _check_store(_store())
    path = Path(arguments.target)
    if path.exists() or "/" in arguments.target or "." in arguments.target:
        with _progress(path.name) as progress:
            report = walled.check(path, progress=progress, decimal=arguments.decimal)
        _print_report(report.manifest)
        rejects = report.checked.rejects
        used.print_feeding(report.manifest, _store(), report.checked.observations)
        print("Nothing was stored.")
    else:
        store = _store()
        manifest = store.manifest(arguments.target)
        _print_report(manifest)
        rejects = store.rejects(arguments.target)
        used.print_feeding(manifest, store)
    if arguments.rejects:
        _write_rejects(rejects, arguments.rejects)
    return 0


def _check_store(store: "Store") -> int:
    """Whether every stored file is whole and every sum of rows is right."""
    from waymark.engines.indicators.ingest import faults

    wrong = 0
    for manifest in store.datasets():
        found = faults(store, manifest)
        wrong += bool(found)
        print(f"{manifest.id}: {'; '.join(found) if found else 'whole'}")
    print(f"{len(store.datasets())} datasets checked, {wrong} with faults.")
    return 1 if wrong else 0


def _bundle(arguments: argparse.Namespace) -> int:
    """Compile the bundled figures."""
    from waymark.engines.indicators.bundle import compile_bundle
    from waymark.gcm.files import catalogue_path

    out = arguments.out or catalogue_path("observations")
    with _progress("bundle") as progress:
        made = compile_bundle(arguments.folder, out, progress=progress)
    _print_table(
        ("dataset", "series", "places", "years", "rows"),
        [
            (
                known.id,
                f"{known.series}",
                f"{known.places}",
                f"{known.years[0]}-{known.years[1]}",
                f"{known.observations:,}",
            )
            for known in made.manifests
        ],
        numbers=1,
    )
    for name, reason in made.left_out:
        print(f"left out: {name}: {reason}")
    print(f"{made.rows:,} rows, {made.size:,} bytes, written to {out}")
    return 0


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int, int], None] | None]:
    """A progress bar with rows done on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    done_rows = TextColumn("{task.fields[rows]:,} rows")
    columns = (TextColumn("{task.description}"), BarColumn(), done_rows, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name[:30], total=None, rows=0)
        yield lambda done, total, rows: bar.update(task, completed=done, total=total, rows=rows)


def _print_report(manifest: "Manifest") -> None:
    """What was read, stored and rejected, and where it comes from."""
    from waymark.engines.indicators.rows import REASONS

    print(textwrap.fill(f"{manifest.id}: {manifest.title}", WIDTH, subsequent_indent="  "))
    print(f"  rows read {manifest.rows_read:,} = stored {manifest.rows_stored:,} + rejected {manifest.rows_rejected:,}")
    for reason, count in sorted(manifest.rejected_by_reason.items(), key=lambda item: (-item[1], item[0])):
        print(f"    {count:>10,}  {REASONS[reason]}")
    if manifest.observations != manifest.rows_stored:
        print(f"  observations kept {manifest.observations:,}, totals and sums included")
    places = counted(manifest.places, "place", "places")
    print(f"  {manifest.series} series, {places}, {manifest.years[0]} to {manifest.years[1]}")
    for words in (
        f"publisher {manifest.publisher}; released {manifest.released}; retrieved {manifest.retrieved}",
        f"licence {manifest.licence}; read by {manifest.reader}",
    ):
        print(textwrap.fill(words, WIDTH, initial_indent="  ", subsequent_indent="    "))
    for note in manifest.notes:
        print(textwrap.fill(note, WIDTH, initial_indent="  note: ", subsequent_indent="    "))


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: int) -> None:
    """An aligned table within 80 columns; columns from `numbers` on are set flush right, the second is shortened."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    widths[1] = max(min(widths[1], WIDTH - sum(widths) + widths[1] - 2 * (len(head) - 1)), 8)
    for row in (head, *rows):
        cells = [
            text if len(text) <= width else f"{text[: width - 1]}…" for text, width in zip(row, widths, strict=True)
        ]
        line = [
            c.rjust(w) if at >= numbers else c.ljust(w) for at, (c, w) in enumerate(zip(cells, widths, strict=True))
        ]
        print("  ".join(line).rstrip())


def _write_rejects(rejects: "pa.Table", path: Path) -> None:
    """The rejected rows as CSV, with the reason in words."""
    from waymark.engines.files.tables_out import csv_lines
    from waymark.engines.indicators.rows import reason_words

    columns: list[list[Any]] = [rejects.column(name).to_pylist() for name in rejects.schema.names]
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            rows = ([*row[:-1], reason_words(row[-1])] for row in zip(*columns, strict=True))
            file.writelines(csv_lines(rejects.schema.names, rows))
        partial.replace(path)
    except OSError as problem:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        words = problem.strerror or str(problem)
        raise OutputError(f"{path}: The rejected rows cannot be written ({words}). Choose another file.") from None
    print(f"{rejects.num_rows:,} rejected rows written to {path}")
