"""`waymark reviews`: import an earlier review; submit, clear and publish one; withdraw an edition.

What is cleared is what is published: `submit` renders the review and keeps the files under their hash, two persons
clear these files, `publish` keeps the same bytes as an edition, for ever. A change of the review's own texts in between
makes the candidate void. A clearance or publication given here is recorded as entered by the operator from a signed
paper, and the record beside the edition says so.

A table to import has one finding or recommendation per row. Columns: kind, provision, text, language, code, concerns,
addressee, confirmed_on, drafted_by, source, locator, mark. Only kind and text must be filled, and code for a
recommendation. When one row is bad, nothing is written.

A `review.json` that Waymark wrote elsewhere brings findings with citations, recommendations, positions and editions.
Its own fields say network, cycle and code. The last lines say what was left out and why.
"""

import argparse
import importlib
from collections.abc import Callable

Run = Callable[[argparse.Namespace], int]

ACTS: dict[str, tuple[str, str]] = {
    "import": ("importing", "import an earlier review from a file"),
    "show": ("showing", "show what of a review waits, was published or withdrawn"),
    "submit": ("clearance", "render a review and submit the files for clearance"),
    "clear": ("clearance", "enter from a signed paper that a person cleared a candidate"),
    "publish": ("clearance", "publish a cleared candidate as an edition"),
    "withdraw": ("clearance", "withdraw an edition for a reason; its files are kept"),
}
"""Act → module beside this one that runs it, one line of help."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the acts and their options."""
    from waymark.interfaces.cli.reviews import clearance, importing, showing

    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    made = {name: acts.add_parser(name, help=words) for name, (_, words) in ACTS.items()}
    importing.configure(made["import"])
    showing.configure(made["show"])
    clearance.configure(made)


def run(arguments: argparse.Namespace) -> int:
    """Do one of the acts."""
    module = importlib.import_module(f"waymark.interfaces.cli.reviews.{ACTS[arguments.act][0]}")
    act: Run = getattr(module, f"run_{arguments.act}")
    return act(arguments)
