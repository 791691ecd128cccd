"""`waymark documents add`: reads files behind the wall, stores passages and suggested tags, says what came of each."""

import argparse
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from waymark.engines.documents.cleaning import display_name
from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.nouns import counted
from waymark.interfaces.cli.acting import operator
from waymark.interfaces.cli.advice import printed
from waymark.interfaces.cli.folders import data_folder, learned_head
from waymark.interfaces.cli.options import given_day
from waymark.interfaces.cli.record import ready_record

if TYPE_CHECKING:
    from waymark.actions.documents import Added, DocumentFacts
    from waymark.records.documents import Document
    from waymark.records.frameworks import Framework
    from waymark.records.networks import Network
    from waymark.records.places import Place

WIDTH = 80


def run_add(arguments: argparse.Namespace) -> int:
    """Add every file; one that cannot be read is set aside with its reason, and the others go on."""
    ready_record()
    from waymark.actions.documents import Added, file_in_all
    from waymark.engines.documents.filing import Filing
    from waymark.engines.documents.reading import walk
    from waymark.engines.documents.tagging.tagger import Tagger

    files = list(walk(arguments.paths))
    if len(files) > 1 and (arguments.title or arguments.replaces):
        raise InputError(
            f"--title or --replaces with {len(files)} files",
            "they are about one file",
            expected="one file",
            todo="Add the files one by one, or leave the option out",
        )
    filed = file_in_all(
        by=operator(),
        files=files,
        facts=_facts(arguments),
        filing=Filing(data_folder("documents")),
        tagger=Tagger.load("best", learned_head()),
        ocr=arguments.ocr,
    )
    count: Counter[str] = Counter()
    started = before = time.monotonic()
    with _progress(len(files)) as step:
        for path, came in filed:
            if isinstance(came, Added):
                _print_file(came, path, time.monotonic() - before)
                _tally(count, came)
            else:  # gone, a link out of the folder, replaced by another
                count["not read"] += 1
                _wrap(printed(came))
            step(display_name(path))
            before = time.monotonic()
    _print_sum(count, time.monotonic() - started, arguments)
    return 1 if count["set aside"] or count["not read"] else 0


def _facts(arguments: argparse.Namespace) -> "DocumentFacts":
    from waymark.actions.documents import DocumentFacts

    network = _network(arguments.network)
    facts = DocumentFacts(
        network=network,
        about=[_place(place) for place in arguments.about],
        title=arguments.title,
        publisher=arguments.publisher,
        published_on=given_day(arguments.published, "--published"),
        url=arguments.url,
        language=arguments.language,
        licence=arguments.licence,
        redistributable=arguments.redistributable,
        classification=arguments.classification,
        frameworks=[_framework(code) for code in arguments.framework],
        anew=arguments.ocr,
    )
    return replace(facts, former=_document(arguments.replaces)) if arguments.replaces else facts


def _network(code: str) -> "Network | None":
    from waymark.queries.named import network_codes, network_named
    from waymark.records.actors import OPERATOR_VIEWER

    if not code:
        return None
    found = network_named(code, OPERATOR_VIEWER)
    if found is None:
        known = ", ".join(network_codes(OPERATOR_VIEWER)) or "none yet"
        raise NotFoundError(
            f"--network {code}", "there is no such network here", expected=f"one of: {known}", todo="Correct the code"
        )
    return found


def _framework(code: str) -> "Framework":
    from waymark.queries.named import framework_named
    from waymark.records.actors import OPERATOR_VIEWER

    found = framework_named(code, OPERATOR_VIEWER)
    if found is None:
        raise NotFoundError(
            f"--framework {code}",
            "there is no such framework here",
            expected="a code of `waymark frameworks list`",
            todo="Look at the list",
        )
    return found


def _place(name: str) -> "Place":
    from waymark.gcm.places import find
    from waymark.queries.named import place_named

    known = find(name)
    found = place_named(known.code)
    if found is None:
        raise NotFoundError(
            f"place {name}",
            f"the record does not hold the place {known.code}, which the catalogue knows",
            expected="a record with the catalogue of this version",
            todo="Run `waymark setup` once",
        )
    return found


def _document(code: str) -> "Document":
    from waymark.queries.documents.listing import find_document
    from waymark.records.actors import OPERATOR_VIEWER

    return find_document(code, OPERATOR_VIEWER)


def _print_file(added: "Added", path: Path, seconds: float) -> None:
    from waymark.engines.documents.model import FLAG_WORDS, Flag

    document = added.document
    if added.outcome in ("held", "corrected"):
        changed = "what you say of it was taken over" if added.changes else "nothing was changed"
        print(f"{display_name(path)}\n  already on record as {document.code}; {changed}")
        if document.reading == "quarantined":
            _wrap(f"it was set aside: {document.reading_note}", "  ")
        return
    if added.outcome == "set aside":
        print(display_name(path))
        _wrap(f"set aside: {document.reading_note}", "  ")
        return
    pages = f"{counted(document.pages, 'page', 'pages')}, " if document.pages else ""
    passages = counted(added.passages, "passage", "passages")
    language = document.language or "language not known"
    print(f"{display_name(path)}\n  {document.code}: {pages}{passages}, {language}, {seconds:.1f} s")
    marked = Counter(flag for flags in document.flags.values() for flag in flags)
    for flag in Flag:
        if marked[flag]:
            _wrap(f"{marked[flag]} of {counted(document.pages or 1, 'page', 'pages')}: {FLAG_WORDS[flag]}", "  ")
    if document.reading_note:
        _wrap(document.reading_note, "  ")
    if added.near is not None and document.former is None:
        _wrap(
            f"it shares most of its text with {added.near.code}. If it is a new version of that, add it once more with "
            f"--replaces {added.near.code}",
            "  ",
        )


def _tally(count: Counter[str], added: "Added") -> None:
    outcome = {"held": "already", "corrected": "already", "read again": "added"}.get(added.outcome, added.outcome)
    count[outcome] += 1
    if outcome == "added":
        count["public"] += added.document.classification == "public"
        count["passages"] += added.passages
        count["pages"] += added.document.pages or 0
        count["flagged"] += len(added.document.flags)


def _print_sum(count: Counter[str], seconds: float, arguments: argparse.Namespace) -> None:
    files = sum(count[name] for name in ("added", "already", "set aside", "not read"))
    print(
        f"\n{counted(files, 'file', 'files')}: {count['added']} added, {count['already']} already on record, "
        f"{count['set aside'] + count['not read']} not read; {seconds:.1f} s"
    )
    if not count["added"]:
        return
    pages = f" of {counted(count['pages'], 'page', 'pages')}" if count["pages"] else ""
    flagged = f"; {counted(count['flagged'], 'page is', 'pages are')} flagged" if count["flagged"] else ""
    print(f"{counted(count['passages'], 'passage', 'passages')}{pages}{flagged}")
    _wrap("Tags are suggestions of a program until a person confirms or cites a passage.")
    if count["public"] == count["added"]:
        _wrap("The passages may be shown to everybody. A file without a licence is never passed on.")
    else:
        _wrap(
            "The passages are for the network: a review made for the public does not show them. Build the network's "
            "review with --audience network, or add published documents with --classification public."
        )
    if not arguments.about:
        _wrap("They are about no country in particular. Name countries with --about, such as --about GEO.")


def _wrap(words: str, indent: str = "") -> None:
    fill = textwrap.TextWrapper(WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    print(fill.fill(words))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda name: bar.update(task, advance=1, description=name[:30])
