"""What the head is trained on: our own example passages, the catalogue's words, the terms, and an official text.

All of it is open: examples and terms are ours, and the official text (a document of the United Nations) is read from a
file that the person who trains names. No passage of the development or test sets is ever read here.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from waymark.engines.documents.tagging.features import CLASSES, OBJECTIVES
from waymark.engines.documents.tagging.terms import NONE, Term
from waymark.gcm.errors import InputError
from waymark.gcm.files import catalogue_path, read_table
from waymark.gcm.frameworks import provisions

Origin = Literal["example", "catalogue", "terms", "official", "person"]

WEIGHTS: dict[Origin, float] = {"example": 1.0, "catalogue": 0.5, "terms": 0.5, "official": 1.0, "person": 2.0}
"""How much a passage of each origin counts in training."""

ALSO = 0.5
"""What a second objective counts beside the first; shares of a passage sum to one."""

TERMS_TOGETHER = 12
"""So many terms of one code make one passage."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with its objectives, the first the main one; ("none",) when it speaks to none of them."""

    text: str
    language: str
    codes: tuple[str, ...]
    origin: Origin = "example"
    genre: str = ""

    @property
    def shares(self) -> dict[str, float]:
        """How the passage is shared out among its objectives; the shares sum to one."""
        whole = 1.0 + ALSO * (len(self.codes) - 1)
        return {code: (ALSO if place else 1.0) / whole for place, code in enumerate(self.codes)}


def examples_folder() -> Path:
    """Where the shipped example passages lie, one CSV file a language."""
    return catalogue_path("tagging", "examples")


def read_examples(folder: Path | None = None) -> list[Example]:
    """Our example passages, languages in alphabetical order; columns code, also, genre, text.

    Raises InputError for a code that is no objective and not "none", or an empty text; the words name the line.
    """
    found: list[Example] = []
    for path in sorted((folder or examples_folder()).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for row in reader:
                codes = ((row.get("code") or "").strip(), *(row.get("also") or "").split())
                if not set(codes) <= set(CLASSES) or not (row.get("text") or "").strip():
                    raise InputError(
                        path.name,
                        f'"{" ".join(codes)}" cannot be used',
                        expected='a number from 1 to 23 or "none", and a text',
                        todo="Correct the row",
                        place=f"line {reader.line_num}",
                    )
                codes = tuple(dict.fromkeys(codes))
                found.append(Example(row["text"].strip(), path.stem, codes, "example", row.get("genre") or ""))
    return found


def catalogue_examples() -> Iterator[Example]:
    """The catalogue's own words: titles and labels of objectives and actions, and each objective in our words."""
    for one in provisions("gcm"):
        if one.kind in ("objective", "action"):
            code = one.code.partition(".")[0]
            yield Example(". ".join(dict.fromkeys(filter(None, (one.title, one.label)))), "en", (code,), "catalogue")
    for row in read_table("frameworks", "gcm-in-our-words.csv"):
        yield Example(row["words"], row["language"], (row["code"],), "catalogue")


def term_examples(lexicons: Mapping[str, Iterable[Term]]) -> Iterator[Example]:
    """The terms of each objective, TERMS_TOGETHER at a time, as passages; terms against an objective are left out."""
    for language in sorted(lexicons):
        words: dict[str, list[str]] = {}
        for term in lexicons[language]:
            if term.framework == "gcm" and term.code in CLASSES and term.weight > 0:
                words.setdefault(term.code, []).append(" ".join(term.parts))
        for code in CLASSES:
            terms = words.get(code, [])
            for start in range(0, len(terms), TERMS_TOGETHER):
                yield Example(". ".join(terms[start : start + TERMS_TOGETHER]), language, (code,), "terms")


class OfficialText(Protocol):
    """One provision of an official text: its code ("20" or "20.b"), its words and their language, "" when not said."""

    @property
    def code(self) -> str:
        """ "20" or "20.b"."""

    @property
    def text(self) -> str:
        """The words, "" when the file says none."""

    @property
    def language(self) -> str:
        """Language tag, "" when not said."""


def official_examples(texts: Iterable[OfficialText], language: str = "en") -> Iterator[Example]:
    """The commitments and actions of an official text of the Compact, which the caller has read.

    Raises InputError when none of them is an objective with a text.
    """
    found = False
    for row in texts:
        code = row.code.partition(".")[0]
        if code in OBJECTIVES and row.text:
            found = True
            yield Example(row.text, row.language or language, (code,), "official")
    if not found:
        raise InputError(
            "the official text",
            "it holds no objective with a text",
            expected="the Compact's text",
            todo="Choose another file",
        )


def digest(examples: Iterable[Example], lexicons: Mapping[str, Iterable[Term]]) -> str:
    """A hash of everything a head is made from, so that a stale head can be told from a fresh one."""
    sums = hashlib.sha256()
    for one in examples:
        sums.update(repr((one.text, one.language, one.codes, one.origin)).encode())
    for language in sorted(lexicons):
        for term in lexicons[language]:
            sums.update(repr((language, term.framework, term.code, term.term, term.weight)).encode())
    return sums.hexdigest()


def without_none(codes: Iterable[str]) -> tuple[str, ...]:
    """The objectives among codes."""
    return tuple(code for code in codes if code != NONE)
