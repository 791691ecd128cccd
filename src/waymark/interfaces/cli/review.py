"""Builds the GCM review of a place: HTML, tagged PDF, DOCX, JSON and data tables in one folder.

The same record, statistics and options give the same bytes. Time is an option, never the clock.
"""

import argparse
import sys
import time

from waymark.interfaces.cli.options import add_output_options, given_day
from waymark.interfaces.cli.output import check_folder, write_folder
from waymark.interfaces.cli.papers import paper_files
from waymark.interfaces.cli.record import ready_record


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark review`."""
    parser.add_argument("place", metavar="PLACE", help="code or name of a country, such as GEO or Georgia")
    parser.add_argument("--cycle", required=True, metavar="CODE", help="review cycle, such as imrf-2026")
    add_output_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build the review and say where it lies."""
    started = time.monotonic()
    day = given_day(arguments.as_of)
    check_folder(arguments.out)
    ready_record()
    from waymark.queries.reviews.data import review_scope

    scope = review_scope(
        arguments.place, arguments.cycle, as_of=day, audience=arguments.audience, language=arguments.lang
    )
    files = paper_files("review", scope)
    write_folder(arguments.out, files)
    print(f"Review of {scope.place.code} for {scope.cycle.code}, as of {scope.as_of}, made for {scope.audience}:")
    for name in ("index.html", "review.pdf", "review.docx", "review.json"):
        print(f"  {arguments.out / name}  {len(files[name]) / 1000:,.0f} kB")
    print(f"  {len(files)} files in all, {time.monotonic() - started:.1f} s", file=sys.stderr)
    return 0
