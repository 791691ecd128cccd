"""`waymark documents list`, `show` and `passages`: what is on record, for the audience that is named."""

import argparse
import json
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError
from waymark.gcm.nouns import counted
from waymark.interfaces.cli.options import viewer_named
from waymark.interfaces.cli.record import ready_record

if TYPE_CHECKING:
    from waymark.queries.documents.views import DocumentView, PassageView, TagView
    from waymark.records.viewers import Viewer

WIDTH = 80


def run_list(arguments: argparse.Namespace) -> int:
    """Print the documents, one paragraph each."""
    ready_record()
    from waymark.gcm.places import find
    from waymark.queries.documents.listing import documents

    place = find(arguments.place).code if arguments.place else ""
    rows = documents(viewer_named(arguments.audience), place=place)
    for row in rows:
        print(row.code)
        _wrap(row.title)
        _wrap(_state(row))
    if not rows:
        print("No document is on record. Add some with: waymark documents add PATH…")
    return 0


def _state(row: "DocumentView") -> str:
    about = f"about {', '.join(row.about)}" if row.about else "about no country in particular"
    facts = [about, row.classification]
    if row.language:
        facts.append(row.language)
    if row.reading == "read":
        pages = f"{counted(row.pages, 'page', 'pages')}, " if row.pages else ""
        facts.append(f"{pages}{counted(row.passages, 'passage', 'passages')}")
        if row.flagged_pages:
            facts.append(f"{counted(row.flagged_pages, 'page', 'pages')} flagged")
    else:
        facts.append("set aside" if row.reading == "quarantined" else "no file here")
    if row.newer_version:
        facts.append(f"newer version: {row.newer_version}")
    return "; ".join(facts)


def run_show(arguments: argparse.Namespace) -> int:
    """Print one document with its facts, flags and mentions, and with --passages every passage."""
    ready_record()
    from waymark.queries.documents.listing import document, passages

    viewer = viewer_named(arguments.audience)
    row = document(arguments.document, viewer)
    print(row.code)
    _wrap(row.title)
    facts = {
        "publisher": row.publisher,
        "file": row.file_name,
        "SHA-256": row.sha256,
        "licence": row.licence or ("not stated, so the file is never passed on" if row.sha256 else ""),
        "network": row.network,
        "replaces": row.former,
        "newer version": row.newer_version,
        "nearly the same": row.near,
        "note": row.reading_note,
    }
    _wrap(_state(row))
    for name, value in facts.items():
        if value:
            _wrap(f"{name}: {value}")
    for words, pages in row.flags:
        _wrap(f"flag on {counted(pages, 'page', 'pages')}: {words}")
    found = passages(viewer, document=row.code)
    _print_mentions(found, viewer, row.about)
    for passage in found if arguments.passages else ():
        _print_passage(passage)
    return 0


def _print_mentions(found: "tuple[PassageView, ...]", viewer: "Viewer", about: Sequence[str]) -> None:
    from waymark.queries.documents.mentions import mentions_in

    for kind, names in mentions_in(found, viewer, about).items():
        _wrap(f"{kind}: {'; '.join(f'{name} ({times})' if times > 1 else name for name, times in names)}")


def run_passages(arguments: argparse.Namespace) -> int:
    """Print passages by objective or document, with the reasons of their tags."""
    if arguments.objective is None and not arguments.document:
        raise InputError(
            "waymark documents passages",
            "neither an objective nor a document is named",
            expected="--objective N, --document CODE, or both",
            todo="Name one",
        )
    if arguments.objective is not None and not 1 <= arguments.objective <= 23:
        raise InputError(
            f"--objective {arguments.objective}", "there is no such objective", expected="1 to 23", todo="Correct it"
        )
    if arguments.limit < 1:
        raise InputError(
            f"--limit {arguments.limit}", "nothing would be shown", expected="1 or more", todo="Correct it"
        )
    ready_record()
    from waymark.gcm.places import find
    from waymark.queries.documents.listing import passages

    found = passages(
        viewer_named(arguments.audience),
        document=arguments.document,
        objective=str(arguments.objective or ""),
        place=find(arguments.place).code if arguments.place else "",
        least=arguments.least,
        limit=arguments.limit,
    )
    for passage in found:
        if arguments.format == "jsonl":
            print(json.dumps(_plain(passage), ensure_ascii=False))
        else:
            _print_passage(passage)
    if not found and arguments.format == "text":
        print("No passage fits. Lower the score with --least, or add documents:\nwaymark documents add PATH…")
    return 0


def _plain(passage: "PassageView") -> dict[str, object]:
    return {
        "id": passage.code,
        "document": passage.document,
        "title": passage.title,
        "where": passage.where,
        "language": passage.language,
        "headings": list(passage.headings),
        "flags": list(passage.flags),
        "text": passage.text,
        "tags": [
            {
                "framework": tag.framework,
                "code": tag.code,
                "by": tag.by,
                "verdict": tag.verdict,
                "score": tag.score,
                "reasons": list(tag.reasons),
            }
            for tag in passage.tags
        ],
    }


def _print_passage(passage: "PassageView") -> None:
    print(f"\n{passage.code}")
    where = f", {_where(passage.where)}" if passage.where else ""
    _wrap(f"{passage.title}{where}")
    if passage.headings:
        _wrap(" > ".join(passage.headings))
    for flag in passage.flags:
        _wrap(f"take care: {flag}")
    print(textwrap.fill(passage.text, WIDTH, initial_indent="    ", subsequent_indent="    "))
    for tag in passage.tags:
        _wrap(_tag_words(tag))


def _where(where: str) -> str:
    return where if " " in where or "!" in where else f"page {where}"


def _tag_words(tag: "TagView") -> str:
    name = f"{tag.framework} {tag.code} {tag.label}".strip()
    if tag.score is None:
        return f"{tag.verdict.replace('_', ' ')}: {name} ({tag.by})"
    because = f", because of {', '.join(tag.reasons)}" if tag.reasons else ""
    return f"suggested {tag.score:.2f}: {name}{because}"


def _wrap(words: str) -> None:
    fill = textwrap.TextWrapper(WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    print(fill.fill(words))
