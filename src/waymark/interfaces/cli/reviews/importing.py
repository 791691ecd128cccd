"""`waymark reviews import`: an earlier review as data."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.gcm.nouns import counted
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.record import ready_record
from waymark.interfaces.cli.terminal import clean

if TYPE_CHECKING:
    from waymark.actions.reviews.imported import ImportedReview, LeftOut, Taken

ONE_AND_MANY = {
    "claim": ("citation of a claim", "citations of claims"),
    "commitment": ("citation of a commitment", "citations of commitments"),
    "contribution": ("citation of a contribution", "citations of contributions"),
    "document": ("citation of a document without file and address", "citations of documents without file and address"),
    "national_value": ("citation of a national value", "citations of national values"),
    "position": ("position of a body that the file does not name", "positions of bodies that the file does not name"),
    "progress_report": ("citation of a report", "citations of reports"),
    "statement": ("citation of a statement", "citations of statements"),
}
"""What only the installation can look up that a file is from."""

NOT_IN_SUCH_A_FILE = (
    "Never taken from a file: figures and what follows from them, commitments, reports, meetings and claims. "
    "A review here is made from what is on record here."
)


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
    """Import one file and say what was made of it, and what was left out."""
    ready_record()
    from waymark.actions.reviews.importing import import_review

    fields = ("network", "cycle", "code", "place", "title", "language", "publishing_body", "published_on", "source")
    options = {name: str(getattr(arguments, name)) for name in fields}
    done = import_review(by=operator(), path=arguments.file, options=options)
    if done.already:
        print(f"{arguments.file.name} is on record already as review {done.review.code}; nothing was changed.")
    elif done.taken is not None:
        print("\n".join(map(clean, taken_in_words(arguments.file.name, done, done.taken))))
    else:
        edition = f"; edition {done.edition.code}, sha256 {done.edition.hash}" if done.edition else "; no edition"
        print(
            f"Imported {arguments.file.name} as review {done.review.code}: {done.findings} findings, "
            f"{done.recommendations} recommendations{edition}."
        )
    return 0


def taken_in_words(name: str, done: "ImportedReview", taken: "Taken") -> Iterator[str]:
    """What came of a `review.json`, what was left out and why, and what to know of the rest."""
    counts = (
        counted(done.findings, "finding", "findings"),
        counted(taken.citations, "citation", "citations"),
        counted(done.recommendations, "recommendation", "recommendations"),
        counted(taken.positions, "position", "positions"),
        counted(len(taken.editions), "edition", "editions"),
    )
    state = done.review.get_state_display()
    yield f"Imported {name} as review {done.review.code}: {', '.join(counts)}. The review is {state}."
    for edition in taken.editions:
        yield f"Edition {edition.code}, published on {edition.published_on}, sha256 {edition.hash}."
    for one in taken.left_out:
        yield f"Left out: {left_out_in_words(one)}"
    if taken.undated:
        yield (
            f"The file was made for edition {taken.undated} and does not say when that was published, so no edition "
            "was made of it. With --published-on DAY the import makes it."
        )
    if taken.marking and not done.review.network.demonstration:
        yield (
            f"The file is marked as a demonstration: {taken.marking}. The network {done.review.network.code} is not: "
            "the mark stands in the note of the review alone."
        )
    yield NOT_IN_SUCH_A_FILE


def left_out_in_words(one: "LeftOut") -> str:
    """What was left out and why, as one sentence."""
    if one.why == "of_its_record":
        return (
            f"{counted(one.number, *ONE_AND_MANY[one.noun])}, which only the installation can look up that the file is "
            "from."
        )
    if one.why == "no_document":
        cited = counted(one.number, "citation", "citations")
        return f"{cited} of the document {one.name}, which the network does not have here."
    if one.noun == "edition":
        return f"an edition of which the same files are on record already, as edition {one.name}."
    if one.why == "on_record":
        return f"{counted(one.number, 'position', 'positions')}, on record already."
    what = {
        "framework": "the text that the review is held against, {name}: it is not on record here.",
        "publishing_body": "the publishing body {name}: no organisation has this code here.",
        "position": {
            "no_body": "the position of {name}: nobody has the code of its holder here.",
            "no_provision": "the position of {name}: this text is not on record here.",
            "ahead": "the position of {name}: its paper is of a day to come.",
        }.get(one.why, ""),
    }
    return what[one.noun].format(name=one.name)
