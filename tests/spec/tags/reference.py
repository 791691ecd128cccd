"""The reference page of tags, made from their specification and from the measurements in bench/results."""

import json
from pathlib import Path
from typing import Any

from tests.spec.tags.examples import EXAMPLES, Example
from waymark.actions.documents.tagging import LEAST, MOST
from waymark.gcm.frameworks import objectives
from waymark.queries.documents.views import LEAST_SHOWN

MEASURED = Path(__file__).parents[3] / "bench" / "results" / "tagging.json"
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}
METHODS = {
    "best": "best of both (default)",
    "linear": "trained head alone",
    "lexicon": "terms alone",
}

INTRO = f"""# Tags

A tag says that a passage speaks to a provision. A program's tag is a suggestion with a score and reasons; a person's
tag is kept apart, belongs to a post, and no run changes it. Only a citation by a person makes a passage evidence.

## How a suggestion is made

1. `lexicon`: terms chosen for each language (`catalogue/tagging/lexicon/`), found by their stems in one pass. A longer
   term wins over the words in it; repeats count less and less; some terms speak against an objective.
2. `linear`: a small trained head over words, pairs of words, pieces of words and the terms found. It is trained by
   `waymark documents train` on passages written for it (`catalogue/tagging/examples/`) and on the catalogue's words.
3. `best`, the default, adds both. Its score says how often such a suggestion is right.

"None of them" is an answer. A target of the 2030 Agenda or a topic of the Progress Declaration gets a score from its
own terms and from the objectives that the catalogue ties to it; a guiding principle from its terms. The provisions of
an imported framework are compared by their words and their objectives (`waymark frameworks suggest`).

The record keeps up to {MOST["objectives"]} objectives with a score of {LEAST["objectives"]:.2f} or more for each
passage. `waymark documents passages` lists them; `waymark search --objective` finds a passage by a suggestion with a
score of {LEAST_SHOWN:.2f} or more. A passage that nobody cited stands in no review.

English, French and Spanish are measured below. Russian, Arabic, Chinese and Georgian have terms only and are **not
measured**: no labelled text was at hand. For any other language there is no suggestion.

This page is generated from `tests/spec/tags/` and `bench/results/tagging.json`. Write it again with `make docs`.
"""

ERRORS = """Passages of 40 to 200 words that were not used for building, with the label that their publisher's own
heading or tag gave; the heading was taken away. The list with hashes stands in
[bench/tagging](../../bench/tagging/README.md); it was kept before the first run. All labels are topics of a publisher
that stand for one objective; no passage under a heading that names an objective of the Compact could be used. Passages
are few and of mixed kinds (laws, reports, news): read the intervals (95 %, bootstrap over passages) before the means.
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [INTRO, "## Examples\n", *(_example(one) for one in EXAMPLES)]
    held = json.loads(MEASURED.read_text(encoding="utf-8"))
    return "\n".join([*parts, *_errors(held["accuracy"])])


def _example(example: Example) -> str:
    lines = [f"### {example.says.rstrip('.')}", "", f"> {example.text}", ""]
    answer = f"objective {example.first} first" if example.first else "none of them"
    if example.also:
        answer += f", {' and '.join(example.also)} among the first three"
    lines.append(f"- answer ({example.language}): {answer}")
    if example.reasons:
        lines.append(f"- among the reasons: {', '.join(example.reasons)}")
    if example.targets:
        lines.append(f"- among the targets: {', '.join(example.targets)}")
    return "\n".join([*lines, ""])


def _errors(found: dict[str, Any]) -> list[str]:
    return [
        "## How often it is wrong\n",
        ERRORS,
        _methods(found),
        _by_objective(found),
        _none(found),
        _calibration(found),
    ]


def _methods(found: dict[str, Any]) -> str:
    head = "| method | language | passages | first is right | among first three | mean reciprocal rank |"
    lines = [head, "|---|---|---|---|---|---|"]
    for name, figures in found["methods"].items():
        for language, row in figures.items():
            spoken = LANGUAGES.get(language, "all three" if language == "all" else language)
            cells = " | ".join(_with_interval(row, key) for key in ("first", "among_three", "reciprocal"))
            lines.append(f"| {METHODS.get(name, name)} | {spoken} | {row['n']} | {cells} |")
    return "\n".join([*lines, ""])


def _with_interval(row: dict[str, Any], key: str) -> str:
    low, high = row["interval"][key]
    return f"{row[key]:.2f} ({low:.2f} to {high:.2f})"


def _by_objective(found: dict[str, Any]) -> str:
    lines = [
        "## By objective and language\n",
        'First is right / among first three, of so many passages. "–": not measured.\n',
    ]
    lines += ["| objective | " + " | ".join(LANGUAGES.values()) + " |", "|---|---|---|---|"]
    for provision in objectives():
        row = found["objectives"].get(provision.code, {})
        cells = [_cell(row.get(language)) for language in LANGUAGES]
        lines.append(f"| {provision.code} {provision.label} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _cell(row: dict[str, Any] | None) -> str:
    return f"{row['first']:.2f} / {row['among_three']:.2f} of {row['n']}" if row and row["n"] else "–"


def _none(found: dict[str, Any]) -> str:
    none = found["none"]
    precision = "not measured" if none["precision"] is None else f"{none['precision']:.2f}"
    return "\n".join([
        "## None of them\n",
        f"- Called \"none of them\": {none['called']} passages; right: {precision}.",
        f"- Of {none['of_none']} passages that speak to none, found: {none['recall']:.2f}.",
        f"- Of the passages with a label, lost to \"none of them\": {none['labelled_lost']:.3f}.\n",
    ])  # fmt: skip


def _calibration(found: dict[str, Any]) -> str:
    lines = ["## What a score means\n", "| score | suggestions | mean score | right |", "|---|---|---|---|"]
    lines += [
        f"| {row['from']:.1f} to {row['to']:.1f} | {row['tags']} | {row['mean_score']:.2f} | {row['right']:.2f} |"
        for row in found["calibration"]
    ]
    return "\n".join([*lines, ""])
