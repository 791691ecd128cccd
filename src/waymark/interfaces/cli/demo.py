"""Loads both demonstrations into the record and builds their reviews.

Georgia is made from public sources; Orvenia is a fictional country. Each page says so. A second run loads only what
changed. The reviews lie in one folder with a page that leads to them.
"""

import argparse
import hashlib
import html
import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.folders import data_folder
from waymark.interfaces.cli.output import check_folder, not_ours, refusal, write_folder
from waymark.interfaces.cli.papers import paper_files
from waymark.interfaces.cli.record import open_record, ready_record

CYCLE = "imrf-2026"
DEMONSTRATIONS: tuple[Literal["georgia", "orvenia"], ...] = ("georgia", "orvenia")

PAGE_NAME = "index.html"
SIGNED = "<!-- written by waymark demo, sha256 of what stands before: "
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Waymark: demonstration reviews</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; max-width: 42rem; margin: 2rem auto;
  padding: 0 1rem }}
a {{ color: #0b5d6b }} h1 {{ font-size: 1.7rem; line-height: 1.2 }} h2 {{ font-size: 1.2rem; margin-top: 2rem }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e8eaed; background: #14171a }} a {{ color: #5fc3d2 }} }}
</style></head><body><main>
<h1>Demonstration reviews</h1>
<p>Two reviews of the Global Compact for Safe, Orderly and Regular Migration, built from the record, official statistics
and the catalogue on this machine.</p>
{entries}
<h2>Documents</h2>
<p>No real document comes with these reviews; those that Orvenia's review quotes were invented with the country. Add
your own files with <code>waymark documents add PATH… --about GEO</code>, then build the review again: it lists the
passages that speak to each objective.</p>
</main></body></html>
"""

ENTRY = """<h2><a href="{folder}/index.html">{name}</a></h2>
<p>{marking}</p>
<p>The same review as <a href="{folder}/review.pdf">PDF</a>, <a href="{folder}/review.docx">Word</a>,
<a href="{folder}/review.json">data</a>. Two pages of it: <a href="{folder}/brief.html">brief</a>,
<a href="{folder}/brief.pdf">PDF</a>, <a href="{folder}/brief.docx">Word</a>.</p>
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark demo`."""
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("build/review"),
        metavar="DIR",
        help="folder of the reviews; default build/review",
    )


def run(arguments: argparse.Namespace) -> int:
    """Prepare the record, load both demonstrations, build both reviews, say where they are."""
    started = time.monotonic()
    out: Path = arguments.out
    open_record()
    from waymark.interfaces.cli.demonstrations import check, load
    from waymark.interfaces.cli.demonstrations.files import facts

    check_page(out)
    for code in DEMONSTRATIONS:
        check_folder(out / f"{facts(code)['place']}-{CYCLE}")
    ready_record()

    entries = []
    for code in DEMONSTRATIONS:
        known, by = facts(code), operator("demonstration")
        check(code, by=by)
        add_statistics(code, known)  # before the record: the review of a past cycle is rendered while it is loaded
        report = load(code, by=by)
        loaded = "already loaded" if report.skipped else f"{sum(report.counts.values())} rows loaded"
        print(f"{known['place']}: {loaded}", file=sys.stderr)
        folder = f"{known['place']}-{CYCLE}"
        build_review(known["place"], out / folder)
        entries.append(
            ENTRY.format(folder=folder, name=html.escape(known["title"]), marking=html.escape(known["marking"]))
        )
    write_page(out, PAGE.format(entries="".join(entries)))
    seal_log()
    print(f"Both reviews are in {out}. Open {out / 'index.html'} in a browser, or run: make serve")
    print("No real document comes with them. Add your own: .venv/bin/waymark documents add PATH… --about GEO")
    print(f"{time.monotonic() - started:.1f} s", file=sys.stderr)
    return 0


def check_page(out: Path) -> None:
    """Refuse a page that somebody else wrote or changed, before any work is done. Raises InputError, OutputError."""
    page = out / PAGE_NAME
    try:
        content = page.read_text(encoding="utf-8") if os.path.lexists(page) else None
    except UnicodeDecodeError:
        content = ""
    except OSError as error:
        raise refusal(out, error) from error
    if content is not None and content != signed(content.rpartition(SIGNED)[0]):
        raise not_ours(out, PAGE_NAME)


def signed(page: str) -> str:
    """The page with its own hash at the end, by which a later run knows that nobody changed it."""
    return f"{page}{SIGNED}{hashlib.sha256(page.encode()).hexdigest()} -->\n"


def write_page(out: Path, page: str) -> None:
    """Put the page in its place as a whole. Raises OutputError."""
    part = out / f".{PAGE_NAME}.part"
    try:
        with part.open("w", encoding="utf-8") as stream:
            stream.write(signed(page))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out / PAGE_NAME)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise refusal(out, error) from error


def seal_log() -> None:
    """Seal what was loaded, as the daily command does; a second run has nothing to seal."""
    from waymark.actions.installation.sealing import seal
    from waymark.interfaces.cli.seal import heads_folder
    from waymark.records.actors import Actor

    done = seal(by=Actor.system("seal"), day=datetime.now(UTC).date(), published=heads_folder(None))
    for row in done.sealed:
        print(f"{row.network or 'installation'}: entries {row.first} to {row.last} of the log sealed", file=sys.stderr)


def add_statistics(code: str, known: Mapping[str, Any]) -> None:
    """Add the demonstration's own figures to the datasets; the same figures again change nothing."""
    if not known["observations"]:
        return
    from waymark.engines.indicators.ingest import add
    from waymark.engines.indicators.store import Store
    from waymark.gcm.files import catalogue_path

    dataset = known["dataset"]
    manifest = add(
        catalogue_path("demonstrations", code, known["observations"]),
        store=Store(data_folder("datasets")),
        dataset=dataset["id"],
        publisher=dataset["publisher"],
        title=dataset["title"],
        licence=dataset["licence"],
        address=dataset["address"],
    )
    print(
        f"{known['place']}: {manifest.rows_read} rows of statistics read = {manifest.rows_stored} stored + "
        f"{manifest.rows_rejected} rejected",
        file=sys.stderr,
    )


def build_review(place: str, folder: Path) -> None:
    """Build one review into `folder`."""
    from waymark.queries.reviews.data import review_scope

    check_folder(folder)
    write_folder(folder, paper_files("review", review_scope(place, CYCLE)))
    print(f"{place}: {folder / 'index.html'}", file=sys.stderr)
