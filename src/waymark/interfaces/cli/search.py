"""Searches the record: passages of documents, findings, commitments, recommendations, meetings, indicators of the
catalogue and national ones, and organisations, for the audience that is named.

Words are found in all their forms and without regard to accents; all of them must be there, else entries with some of
them are given. "In quotation marks" is a phrase, -word excludes, migr* is the beginning of a word; AND, OR, NOT and
parentheses work. Names are found across Latin, Georgian and Cyrillic letters. What was done in the record since the
last question is taken into the index before.
"""

import argparse
import json
import re
import sys
import textwrap
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError, NotFoundError
from waymark.gcm.nouns import FINDABLE, Noun
from waymark.interfaces.cli.options import add_audience, viewer_named
from waymark.interfaces.cli.terminal import OFF, ON, WIDTH, clean

if TYPE_CHECKING:
    from waymark.engines.documents.search.index import Snippet
    from waymark.queries.search.asking import Found, SearchResult

BOLD, PLAIN = "\033[1m", "\033[0m"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the question, its filters, and how the answer is printed."""
    parser.add_argument("question", nargs="*", metavar="QUERY", help="what is looked for")
    parser.add_argument("--objective", type=int, action="append", metavar="N", help="only this objective (1 to 23)")
    parser.add_argument("--place", action="append", metavar="PLACE", help="only about this place: code or name")
    parser.add_argument("--language", action="append", metavar="TAG", help="only with words in this language, like fr")
    parser.add_argument("--kind", action="append", metavar="KIND", help="only these, like passage,finding")
    parser.add_argument("--year", type=int, action="append", metavar="YEAR", help="only of this year")
    parser.add_argument("--publisher", action="append", metavar="NAME", help="only of this publisher, as it is counted")
    add_audience(parser)
    parser.add_argument("--limit", type=int, default=10, help="hits shown; default: 10")
    parser.add_argument("--offset", type=int, default=0, help="hits passed over; default: 0")
    parser.add_argument("--counts", action="store_true", help="count by objective, place, language, year, publisher")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="default: text")
    parser.add_argument("--rebuild", action="store_true", help="build the index anew before")


def run(arguments: argparse.Namespace) -> int:
    """Bring the index up to date and answer the question."""
    filters = _filters(arguments)
    question = " ".join(arguments.question)
    if not (question.strip() or filters or arguments.rebuild):
        raise InputError(
            "waymark search",
            "neither a question nor a filter is given",
            expected="words to look for, or a filter such as --objective 20",
            todo="Type what you look for, such as: waymark search remittances.",
        )
    from waymark.interfaces.cli.record import ready_record

    ready_record()
    from waymark.queries.search.asking import search, search_folder

    viewer = viewer_named(arguments.audience)
    folder = search_folder()
    _bring_up_to_date(anew=arguments.rebuild)
    if not (question.strip() or filters):
        return 0
    asked = partial(
        search,
        text=question,
        viewer=viewer,
        folder=folder,
        filters=filters,
        limit=arguments.limit,
        offset=arguments.offset,
    )
    try:
        answer = asked()
    except NotFoundError:  # its files are damaged; it is a copy, so it is made again
        _bring_up_to_date(anew=True)
        answer = asked()
    if arguments.format == "jsonl":
        for hit in answer.hits:
            print(json.dumps(_plain(hit), ensure_ascii=False))
        for note in _notes(answer):
            print(note, file=sys.stderr)
    else:
        _print(answer, arguments)
    return 0


def _filters(arguments: argparse.Namespace) -> dict[str, tuple[str, ...]]:
    """The filters given, by facet. Raises InputError for one that cannot be."""
    from waymark.gcm.places import find

    for number in arguments.objective or ():
        if not 1 <= number <= 23:
            raise InputError(
                f"--objective {number}", "there is no such objective", expected="1 to 23", todo="Correct it"
            )
    filters: dict[str, tuple[str, ...]] = {
        "objective": tuple(str(number) for number in arguments.objective or ()),
        "place": tuple(find(place).code for place in _parts(arguments.place)),
        "language": tuple(tag.lower() for tag in _parts(arguments.language)),
        "year": tuple(str(year) for year in arguments.year or ()),
        "publisher": tuple(arguments.publisher or ()),
        **_kinds(_parts(arguments.kind)),
    }
    for values in filters.values():
        for value in values:
            if value != value.encode("utf-8", "replace").decode():
                raise InputError(
                    f"the filter {value.encode('utf-8', 'replace').decode()}",
                    "it holds signs that are no text",
                    expected="text in UTF-8",
                    todo="Type it again",
                )
    return {facet: values for facet, values in filters.items() if values}


def _parts(values: Sequence[str] | None) -> list[str]:
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def _kinds(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What is named by --kind: nouns (passage, finding …), or kinds within one (pledge, challenge …)."""
    if not names:
        return {}
    nouns = {word: noun for noun in FINDABLE for word in (noun, Noun(noun, 2).words())}
    if all(name in nouns for name in names):
        return {"noun": tuple(nouns[name] for name in names)}
    if any(name in nouns for name in names) or any(not re.fullmatch(r"[a-z_-]+", name) for name in names):
        raise InputError(
            f"--kind {','.join(names)}",
            "it names kinds of different sorts",
            expected=f"some of {', '.join(FINDABLE)}; or kinds within one of them, such as pledge",
            todo="Choose of one sort",
        )
    return {"kind": tuple(name.replace("-", "_") for name in names)}


WHY = {
    "asked": "",
    "none": ", because there was none",
    "other": ", because it was of another version, catalogue or record",
    "much": ", because much in the record has changed",
}
"""Why the index was built anew, in words."""


def _bring_up_to_date(*, anew: bool) -> None:
    """Take into the index what was done since the last question; say so when it was built anew."""
    from waymark.queries.search.asking import search_folder
    from waymark.queries.search.following import bring_up_to_date

    start = time.monotonic()
    brought = bring_up_to_date(search_folder(), anew=anew)
    if brought.how == "busy":
        print(
            "Another command is changing the search index; what was done last may not be found yet. Search again.",
            file=sys.stderr,
        )
    if brought.why is not None:
        seconds = time.monotonic() - start
        print(
            f"Built the search index{WHY[brought.why]}: {brought.entries:,} entries in {seconds:.1f} s.",
            file=sys.stderr,
        )


def _plain(hit: "Found") -> dict[str, object]:
    """A hit as JSON."""
    return {
        "urn": hit.urn,
        "noun": hit.noun,
        "kind": hit.kind,
        "code": hit.code,
        "title": hit.title.text,
        "document": hit.document,
        "where": hit.where,
        "headings": list(hit.headings),
        "objectives": [int(number) for number in hit.objectives],
        "places": list(hit.places),
        "languages": list(hit.languages),
        "year": hit.year,
        "publisher": hit.publisher,
        "flags": list(hit.flags),
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
    }


def _notes(answer: "SearchResult") -> list[str]:
    meant = [f"Did you mean: {clean(answer.suggestion)}"] if answer.suggestion else []
    anew = ["Run: waymark search --rebuild"] if answer.gone else []
    return [*map(clean, answer.notes), *anew, *meant]


def _print(answer: "SearchResult", arguments: argparse.Namespace) -> None:
    print(_total(answer, arguments.offset))
    for note in _notes(answer):
        _wrap(note, "")
    if arguments.counts:
        for facet, name in FACETS.items():
            if answer.counts.get(facet):
                _wrap(f"{name}: {', '.join(f'{clean(value)} ({n:,})' for value, n in answer.counts[facet])}", "")
    for number, hit in enumerate(answer.hits, arguments.offset + 1):
        print()
        _wrap(f"{number}. {_marked(hit.title) or hit.code}", "")
        _wrap(_facts(hit), "   ")
        for flag in hit.flags:
            _wrap(f"take care: {flag}", "   ")
        if hit.snippet.text:
            _wrap(_marked(hit.snippet), "   ")


FACETS = {
    "kind": "By kind",
    "objective": "By objective",
    "place": "By place",
    "language": "By language",
    "year": "By year",
    "publisher": "By publisher",
}


def _total(answer: "SearchResult", offset: int) -> str:
    """How much was found, by noun."""
    if not answer.total:
        return "Nothing was found. Try other words, fewer of them, or the beginning of a word with a *."
    counts = dict(answer.counts.get("noun", ()))
    nouns = [f"{counts[noun]:,} {Noun(noun, counts[noun]).words()}" for noun in FINDABLE if noun in counts]
    found = f"{answer.total:,} found: {', '.join(nouns)}."
    if len(answer.hits) < answer.total:
        last = offset + len(answer.hits)
        found += f" Shown: {offset + 1:,} to {last:,}." if answer.hits else " None of them is on this page."
    return found


def _facts(hit: "Found") -> str:
    """What a hit is and where it stands, in one line."""
    noun = f"{hit.noun} ({hit.kind_words})" if hit.kind_words else hit.noun
    where = hit.where if not hit.where or " " in hit.where or "!" in hit.where else f"page {hit.where}"
    many = "objective" if len(hit.objectives) == 1 else "objectives"
    facts = [
        noun,
        where,
        f"{many} {', '.join(hit.objectives)}" if hit.objectives else "",
        ", ".join(hit.places),
        ", ".join(hit.languages),
        hit.year,
        hit.publisher,
        hit.code,
    ]
    return clean("; ".join(fact for fact in facts if fact))


def _marked(snippet: "Snippet") -> str:
    """The words with ON and OFF around the matches."""
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [clean(snippet.text[at:start]), ON, clean(snippet.text[start:end]), OFF]
        at = end
    return "".join([*parts, clean(snippet.text[at:])])


def _wrap(words: str, indent: str) -> None:
    """Print words in lines, the matches in bold on a terminal."""
    text = textwrap.fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    on, off = (BOLD, PLAIN) if sys.stdout.isatty() else ("", "")
    print(text.replace(ON, on).replace(OFF, off))
