"""The curated terms of each language as the catalogue has them: one row claims that a word speaks for a code."""

import csv
from dataclasses import dataclass
from pathlib import Path

from waymark.gcm.errors import InputError
from waymark.gcm.files import catalogue_path

COLUMNS = ("framework", "code", "term", "weight", "mark", "note")
FRAMEWORKS = ("gcm", "sdg", "pd-2022")
HEAVIEST = 3.0
"""The greatest weight a term may have, for or against."""

CONTEXT, NONE = "context", "none"
"""Codes of the Compact's terms that name no objective: words of migration at all, and words of something else."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term speaks for (weight above 0) or against (below 0) one code of a framework. `mark` says how sure we are."""

    framework: str
    code: str
    term: str
    weight: float
    mark: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The words to find: one phrase, or the two of "a + b"."""
        return tuple(part.strip() for part in self.term.split(" + "))


def lexicon_folder() -> Path:
    """Where the shipped terms lie, one CSV file a language."""
    return catalogue_path("tagging", "lexicon")


def read_terms(path: Path) -> tuple[Term, ...]:
    """The terms of one file (UTF-8, comma, header row COLUMNS; `mark` and `note` may be absent).

    Raises InputError for a missing column, an unknown framework, an empty term or a weight that is no number from
    -HEAVIEST to HEAVIEST; the words name the line.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in COLUMNS[:4] if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                path.name,
                f"the column {missing[0]} is missing",
                expected=f"a first line with {', '.join(COLUMNS)}",
                todo="Add the column",
            )
        return tuple(_term(row, path.name, reader.line_num) for row in reader)


def _term(row: dict[str, str | None], name: str, line: int) -> Term:
    framework, code, term = ((row[column] or "").strip() for column in COLUMNS[:3])
    try:
        weight = float(row["weight"] or "")
    except ValueError:
        weight = float("nan")
    place = f"line {line}"
    if framework not in FRAMEWORKS or not code:
        raise InputError(
            name,
            f'"{framework}", "{code}" is no provision',
            expected=f"a framework of {', '.join(FRAMEWORKS)} and one of its codes",
            todo="Correct the row",
            place=place,
        )
    if not term or not -HEAVIEST <= weight <= HEAVIEST:
        raise InputError(
            name,
            f'term "{term}" with weight "{row["weight"]}" cannot be used',
            expected="words, and a weight such as 3, 2, 1 or -1",
            todo="Correct the row",
            place=place,
        )
    return Term(framework, code, term, weight, (row.get("mark") or "").strip())


def read_lexicons(folder: Path | None = None) -> dict[str, tuple[Term, ...]]:
    """The terms of every language of a folder (by default the shipped ones), languages in alphabetical order."""
    return {path.stem: read_terms(path) for path in sorted((folder or lexicon_folder()).glob("*.csv"))}
