"""Prints the same record and statistics ordered by another framework: write once, report many times."""

import argparse

from waymark.interfaces.cli.options import add_output_options
from waymark.interfaces.cli.papers import write_paper


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
    return write_paper("sdg", arguments, ("index.html", "paper.pdf", "paper.docx", "paper.json"))
