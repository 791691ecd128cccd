"""Builds the GCM review of a place: HTML, tagged PDF, DOCX, JSON and data tables in one folder.

The same record, statistics and options give the same bytes. Time is an option, never the clock.
"""

import argparse
from typing import TYPE_CHECKING

from waymark.interfaces.cli.options import add_output_options
from waymark.interfaces.cli.papers import write_paper

if TYPE_CHECKING:
    from waymark.papers.apart import Kind


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark review`."""
    parser.add_argument("place", metavar="PLACE", help="code or name of a country, such as GEO or Georgia")
    parser.add_argument("--cycle", required=True, metavar="CODE", help="review cycle, such as imrf-2026")
    parser.add_argument(
        "--full",
        action="store_true",
        help="with a chapter for every objective, also where nothing is known, and with what is else left to the data",
    )
    add_output_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build the review and say where it lies."""
    kind: Kind = "full-review" if arguments.full else "review"
    return write_paper(kind, arguments, ("index.html", "review.pdf", "review.docx", "brief.pdf", "review.json"))
