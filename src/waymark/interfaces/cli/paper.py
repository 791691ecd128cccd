"""Prints the same record and statistics ordered by another framework: write once, report many times."""

import argparse
import sys
import time

from waymark.interfaces.cli.options import add_output_options, given_day
from waymark.interfaces.cli.output import check_folder, write_folder
from waymark.interfaces.cli.papers import paper_files
from waymark.interfaces.cli.record import ready_record


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark paper`."""
    parser.add_argument("place", metavar="PLACE", help="code or name of a country, such as GEO or Georgia")
    parser.add_argument("--framework", required=True, choices=("sdg",), help="the framework that orders the paper")
    parser.add_argument(
        "--cycle", default="imrf-2026", metavar="CODE", help="review cycle that gives the day; default imrf-2026"
    )
    add_output_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build the paper and say where it lies."""
    started = time.monotonic()
    day = given_day(arguments.as_of)
    check_folder(arguments.out)
    ready_record()
    from waymark.queries.reviews.data import review_scope

    scope = review_scope(
        arguments.place, arguments.cycle, as_of=day, audience=arguments.audience, language=arguments.lang
    )
    files = paper_files("sdg", scope)
    write_folder(arguments.out, files)
    print(f"Paper on {scope.place.code} by {arguments.framework}, as of {scope.as_of}, made for {scope.audience}:")
    for name in ("index.html", "paper.pdf", "paper.docx", "paper.json"):
        print(f"  {arguments.out / name}  {len(files[name]) / 1000:,.0f} kB")
    print(f"  {len(files)} files in all, {time.monotonic() - started:.1f} s", file=sys.stderr)
    return 0
