"""`waymark reviews import`: an earlier review as data."""

import argparse
from pathlib import Path

from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.record import ready_record


def configure(importing: argparse.ArgumentParser) -> None:
    """The options of the import: the fields of the review that a table cannot hold."""
    importing.add_argument("file", type=Path, metavar="FILE", help="the review: .json, .xlsx, .ods or .csv")
    importing.add_argument("--network", default="", help="code of the network whose review it is")
    importing.add_argument("--cycle", default="", help="code of the review cycle, such as imrf-2022")
    importing.add_argument("--code", default="", help="code of the new review; default: network and cycle")
    importing.add_argument("--place", default="", help="code of the place; default: that of the network")
    importing.add_argument("--title", default="", help="title of the review")
    importing.add_argument("--lang", default="", dest="language", help="language of the title; default: en")
    importing.add_argument("--publishing-body", default="", help="code of the organisation that published it")
    importing.add_argument("--published-on", default="", metavar="DATE", help="day of publication: makes an edition")
    importing.add_argument("--source", default="", help="where the review is from; default: the name of the file")


def run_import(arguments: argparse.Namespace) -> int:
    """Import one file and say what was made of it."""
    ready_record()
    from waymark.actions.reviews.importing import import_review

    fields = ("network", "cycle", "code", "place", "title", "language", "publishing_body", "published_on", "source")
    options = {name: str(getattr(arguments, name)) for name in fields}
    done = import_review(by=operator(), path=arguments.file, options=options)
    edition = f"; edition {done.edition.code}, sha256 {done.edition.hash}" if done.edition else "; no edition"
    if done.already:
        print(f"{arguments.file.name} is on record already as review {done.review.code}; nothing was changed.")
        return 0
    print(
        f"Imported {arguments.file.name} as review {done.review.code}: {done.findings} findings, "
        f"{done.recommendations} recommendations{edition}."
    )
    return 0
