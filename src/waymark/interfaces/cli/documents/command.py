"""`waymark documents`: add files, list and read what is on record, tag passages, learn from persons' tags.

`tag` needs no record: it reads files, or JSON lines with id, text and language, and answers in JSON lines.
"""

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

from waymark.gcm.lists import Classification, Verdict
from waymark.interfaces.cli.options import add_audience

Run = Callable[[argparse.Namespace], int]

ACTS: dict[str, tuple[str, str]] = {
    "add": ("add", "read files or folders into cited, tagged passages"),
    "list": ("read", "list the documents on record"),
    "show": ("read", "show one document: how it was read, its passages and what they mention"),
    "passages": ("read", "list passages that speak to an objective"),
    "judge": ("judge", "say as a person what a passage speaks to; no run changes it"),
    "tag": ("tag", "tag files or JSON lines without storing anything"),
    "retag": ("learn", "tag the passages on record again with the tagger of today"),
    "learn": ("learn", "improve the tagger from what persons said; worse is refused"),
    "train": ("learn", "make the shipped weights again from the catalogue's own texts"),
}
"""Act → module beside this one that runs it, one line of help."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the acts and their options."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    made = {name: acts.add_parser(name, help=words) for name, (_, words) in ACTS.items()}
    _configure_add(made["add"])
    for name in ("list", "show", "passages"):
        add_audience(made[name])
    made["list"].add_argument("--place", default="", metavar="PLACE", help="only documents about it, or about none")
    made["show"].add_argument("document", metavar="DOCUMENT", help="code, or the first letters of the file's SHA-256")
    made["show"].add_argument("--passages", action="store_true", help="print every passage with its tags")
    _configure_passages(made["passages"])
    judge = made["judge"]
    judge.add_argument("passage", metavar="PASSAGE", help="code of a passage, such as doc-strategy.12")
    judge.add_argument("--objective", type=int, metavar="N", help="objective of the Compact, 1 to 23")
    judge.add_argument(
        "--provision", default="", metavar="FRAMEWORK:CODE", help="any other provision, such as sdg:10.7"
    )
    judge.add_argument("--verdict", choices=Verdict.values, default=Verdict.SPEAKS.value, help="default: speaks")
    judge.add_argument("--on", metavar="DATE", help="day of the judgement, YYYY-MM-DD")
    judge.add_argument("--note", default="", help="why")
    _configure_tag(made["tag"])
    made["learn"].add_argument("--check", action="store_true", help="report only; keep the tagger as it is")
    train = made["train"]
    train.add_argument("--text", type=Path, metavar="FILE", help="official text of the Compact in English, Markdown")
    train.add_argument("--out", type=Path, metavar="FILE", help="default: the catalogue of this installation")


def _configure_add(add: argparse.ArgumentParser) -> None:
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    add.add_argument("--network", default="", metavar="CODE", help="network whose paper it is; default: none")
    add.add_argument(
        "--about", nargs="+", default=[], metavar="PLACE", help="places the text speaks about; default: none (guidance)"
    )
    add.add_argument("--title", default="", help="title, when one file is added")
    add.add_argument("--publisher", default="", help="who published it")
    add.add_argument("--published", metavar="DATE", help="day of publication, YYYY-MM-DD")
    add.add_argument("--url", default="", help="where it was published")
    add.add_argument("--language", default="", metavar="TAG", help="language; default: told from the text")
    add.add_argument("--licence", default="", help="licence, as the publisher states it")
    add.add_argument("--redistributable", action="store_true", help="the licence allows to pass the file on")
    add.add_argument(
        "--classification",
        choices=Classification.values,
        default="",
        help="who may read its passages; default: network for a new document",
    )
    add.add_argument("--replaces", default="", metavar="DOCUMENT", help="former version that this one replaces")
    add.add_argument(
        "--framework", nargs="+", default=[], metavar="CODE", help="imported frameworks to suggest provisions of, too"
    )
    add.add_argument("--ocr", action="store_true", help="read pictures of pages with tesseract, when it is installed")


def _configure_passages(passages: argparse.ArgumentParser) -> None:
    passages.add_argument("--objective", type=int, metavar="N", help="objective of the Compact, 1 to 23")
    passages.add_argument("--document", default="", metavar="DOCUMENT", help="only this document")
    passages.add_argument("--place", default="", metavar="PLACE", help="only documents about it, or about none")
    passages.add_argument("--least", type=float, default=0.10, metavar="SCORE", help="lowest score; default: 0.10")
    passages.add_argument("--limit", type=int, default=20, metavar="N", help="most passages; default: 20")
    passages.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")


def _configure_tag(tag: argparse.ArgumentParser) -> None:
    tag.add_argument("files", nargs="+", metavar="FILE", help="documents, or .jsonl files; - reads JSON lines")
    tag.add_argument("--format", choices=("jsonl", "text"), default="jsonl", help="default: jsonl")
    tag.add_argument("--tier", choices=("best", "lexicon", "linear"), default="best", help="default: best")
    tag.add_argument("--shipped", action="store_true", help="leave out what this installation has learned")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the acts; the status is 1 when a file could not be read."""
    module = importlib.import_module(f"waymark.interfaces.cli.documents.{ACTS[arguments.act][0]}")
    act: Run = getattr(module, f"run_{arguments.act}")
    return act(arguments)
