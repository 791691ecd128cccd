"""`waymark reviews import`: an earlier review as data."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.gcm.nouns import counted
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.record import ready_record
from waymark.interfaces.cli.terminal import clean

if TYPE_CHECKING:
    from waymark.actions.reviews.imported import ImportedReview, LeftOut, Taken

OF_ITS_RECORD = {
    "claim": "claims",
    "commitment": "commitments",
    "contribution": "contributions",
    "document": "documents without file and address",
    "national_value": "national values",
    "progress_report": "reports",
    "statement": "statements",
}
"""What findings cite that only the installation can look up that a file is from."""

WHY = {
    ("addressee", "of_its_record"): "who is asked by {number}, as the file does not name the body",
    ("position", "of_its_record"): "{number} of bodies that the file does not name",
    ("publishing_body", "of_its_record"): "the publishing body: the file does not name it",
    ("publishing_body", "no_body"): "the publishing body {names}: no organisation has this code here",
    ("framework", "no_framework"): "texts that the review is held against and that are not on record here: {names}",
    ("citation", "no_document"): "{number} of documents that the network does not have here: {names}",
    ("edition", "on_record"): "editions whose files are on record already: {names}",
    ("position", "on_record"): "{number}, on record already",
    ("position", "no_body"): "{number} whose holder has no record here: {names}",
    ("position", "no_provision"): "{number} on texts that are not on record here: {names}",
    ("position", "ahead"): "{number} whose paper is of a day to come: {names}",
}
"""What was left out and why, by noun and reason."""

NOT_IN_SUCH_A_FILE = (
    "Never taken from a file: figures and what follows from them, commitments, reports, meetings and claims. "
    "A review here is made from what is on record here."
)


def configure(importing: argparse.ArgumentParser) -> None:
    """The options of the import: the fields of the review that a table cannot hold."""
    importing.add_argument(
        "file", type=Path, metavar="FILE", help="a review.json of Waymark, or .json, .xlsx, .ods, .csv"
    )
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
        if done.here:
            edition = f"; no edition, as the file is the edition {done.here} on record already"
        counts = (
            counted(done.findings, "finding", "findings"),
            counted(done.recommendations, "recommendation", "recommendations"),
        )
        print(f"Imported {arguments.file.name} as review {done.review.code}: {', '.join(counts)}{edition}.")
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
    for line in left_out_in_words(taken.left_out):
        yield f"Left out: {line}."
    if taken.undated:
        yield (
            f"No edition was made of the file itself: it was made for edition {taken.undated} and does not say when "
            "that was published. Import it, under another code, with CLEARANCE.json of the edition in its folder, or "
            "with --published-on DAY."
        )
    if taken.cleared:
        yield (
            f"Edition {taken.cleared} is told by its record of clearance, which does not say whether it was withdrawn "
            "since: ask where it was published."
        )
    if taken.beside:
        yield (
            f"The record has other reviews of this place in this cycle: {', '.join(taken.beside)}. The pages of the "
            "cycle are made from the first by code."
        )
    if taken.marking and not done.review.network.demonstration:
        yield (
            f"The file is marked as a demonstration: {taken.marking}. The network {done.review.network.code} is not: "
            "the mark stands in the note of the review alone."
        )
    yield NOT_IN_SUCH_A_FILE


def left_out_in_words(left_out: Sequence["LeftOut"]) -> Iterator[str]:
    """What was left out, one line for each noun and reason."""
    groups: dict[tuple[str, str], list[LeftOut]] = {}
    for one in left_out:
        noun = "citation" if one.noun in OF_ITS_RECORD else one.noun
        groups.setdefault((noun, one.why), []).append(one)
    for (noun, why), some in groups.items():
        what = "recommendation" if noun == "addressee" else noun
        number = counted(sum(one.number for one in some), what, f"{what}s")
        if noun == "citation" and why == "of_its_record":
            of = ", ".join(f"{OF_ITS_RECORD[one.noun]} ({one.number})" for one in some)
            yield f"{number} that only the installation can look up where the file was made, of {of}"
        else:
            yield WHY[noun, why].format(number=number, names=", ".join(one.name for one in some))
