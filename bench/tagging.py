"""Tagging passages: speed, load time and memory of each tier, and accuracy beside baselines on labelled passages.

`python -m bench.tagging --labelled FOLDER --day 2026-11-24` measures accuracy too: FOLDER holds *.jsonl with one
passage a line, {"id", "text", "language", "label", "labels"}; label 0 means none of them. Texts stay outside the
repository; the list is known by its hash. Every accuracy run adds a line to bench/results/tagging-runs.jsonl.

`--calibrate` fits the curves of catalogue/tagging/calibration.yaml on FOLDER instead, which must be a development set.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.machine import RESULTS, peak_mib, timed, write

RUNS = RESULTS / "tagging-runs.jsonl"
GOALS = {
    "first": 0.72, "among_three": 0.88, "reciprocal": 0.80, "none_precision": 0.80,
    "passages_per_second": 1500, "load_seconds": 0.5, "peak_mib": 200,
}  # fmt: skip
TO_BEAT = {"first": 0.670, "among_three": 0.839, "reciprocal": 0.770}
"""The best earlier method without a neural model, on other passages: see the reference of the document engine."""
BINS = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Labelled:
    """A passage with the objectives its publisher gave; no labels when it speaks to none of them."""

    id: str
    text: str
    language: str
    label: str
    labels: frozenset[str]


def read_labelled(folder: Path) -> list[Labelled]:
    """The passages of every *.jsonl of a folder, in the order of their ids."""
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line
    ]
    return [
        Labelled(
            row["id"],
            row["text"],
            row["language"],
            str(row["label"] or ""),
            frozenset(str(label) for label in row["labels"] if label),
        )
        for row in sorted(rows, key=lambda row: row["id"])
    ]


def run(
    data: Path | None = None, labelled: Path | None = None, *, day: str = "", official: Path | None = None
) -> dict[str, Any]:
    """Measure speed, load and memory, and accuracy when `labelled` is given; `data` is not needed.

    Without labelled texts the accuracy of the last run with them is kept, because the reference page shows it.
    """
    result: dict[str, Any] = {"goals": GOALS, "to_beat": TO_BEAT, "tiers": {}}
    for tier in ("best", "linear", "lexicon"):
        runs = [_child(tier) for _ in range(3)]
        result["tiers"][tier] = {
            name: sorted(one[name] for one in runs)[1] for name in sorted(runs[0]) if name != "tier"
        }
    if labelled is not None:
        result["accuracy"] = accuracy(read_labelled(labelled), official)
        log(day, labelled, result["accuracy"])
    elif (RESULTS / "tagging.json").exists():
        result["accuracy"] = json.loads((RESULTS / "tagging.json").read_text(encoding="utf-8")).get("accuracy", {})
    write("tagging", result)
    return result


def _child(tier: str) -> dict[str, Any]:
    """Speed, load time and memory of a tier in a process of its own, on one thread."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "bench.tagging", "--tier", tier]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=RESULTS.parent.parent, env={**os.environ, **single}
    )
    return dict(json.loads(done.stdout))


def passages() -> list[tuple[str, str]]:
    """Passages of 40 to 200 words made of our own examples, two by two, with their languages."""
    from waymark.engines.documents.tagging.corpus import read_examples

    found = read_examples()
    pairs = zip(found[::2], found[1::2], strict=False)
    return [(f"{one.text} {two.text}", one.language) for one, two in pairs if one.language == two.language]


def measure(tier: str) -> dict[str, Any]:
    """What the child process measures."""
    import pyarrow as pa

    from waymark.engines.documents.tagging.passages import PASSAGES

    start = time.process_time()
    from waymark.engines.documents.tagging.batches import tag_batch, tagger
    from waymark.engines.documents.tagging.results import strings

    imported = time.process_time()
    using = tagger(tier)  # type: ignore[arg-type]
    for language in ("en", "fr", "es"):
        using.lexicon(language)
    loaded = time.process_time()
    made = passages()
    texts = [text for text, _ in made]
    columns = [strings([str(number) for number in range(len(made))]), strings(texts), strings([one for _, one in made])]
    batch = pa.record_batch(columns, schema=PASSAGES)
    took = timed(lambda: tag_batch(batch, tier), runs=3)["cpu_median"]  # type: ignore[arg-type]
    return {
        "import_seconds": imported - start,
        "load_seconds": loaded - imported,
        "passages": len(made),
        "words_per_passage": sum(len(text.split()) for text in texts) / len(texts),
        "passages_per_second": len(made) / took,
        "peak_mib": peak_mib(),
    }


def accuracy(given: Sequence[Labelled], official: Path | None = None) -> dict[str, Any]:
    """Figures of every tier and baseline over the same passages, all languages and one by one."""
    from bench.tagging_baselines import baselines
    from waymark.engines.documents.tagging.tagger import Tagger

    tagger = Tagger.load()
    kept = [row for row in given if row.labels]
    methods: dict[str, Callable[[str, str], list[str]]] = {
        tier: _ranker(Tagger.load(tier)) for tier in ("best", "linear", "lexicon")
    }
    methods |= baselines(official)
    rankings = {name: [method(row.text, row.language) for row in kept] for name, method in methods.items()}
    languages = sorted({row.language for row in kept})
    return {
        "methods": {
            name: {
                "all": _figures(found, kept),
                **{language: _figures(*_only(found, kept, language)) for language in languages},
            }
            for name, found in rankings.items()
        },
        "objectives": _objectives(rankings["best"], kept),
        "calibration": _calibration(tagger, kept),
        "none": _none(tagger, given),
    }


def _ranker(tagger: Any) -> Callable[[str, str], list[str]]:
    def rank(text: str, language: str) -> list[str]:
        tagged = tagger.tag_one(text, language)
        return [one.code for one in tagged.objectives or tagged.below]

    return rank


def _only(found: list[list[str]], rows: list[Labelled], language: str) -> tuple[list[list[str]], list[Labelled]]:
    chosen = [number for number, row in enumerate(rows) if row.language == language]
    return [found[number] for number in chosen], [rows[number] for number in chosen]


def _figures(found: Sequence[Sequence[str]], rows: Sequence[Labelled]) -> dict[str, Any]:
    """n and the three figures with intervals; `main` holds those for the first label alone."""
    from waymark.engines.documents.tagging.measuring import figures, interval, passage_figures

    each = [passage_figures(ranking, row.labels) for ranking, row in zip(found, rows, strict=True)]
    means = figures(found, [row.labels for row in rows])
    main = figures(found, [{row.label} for row in rows])
    names = ("first", "among_three", "reciprocal")
    return {
        "n": means.count,
        **{name: round(getattr(means, name), 3) for name in names},
        "interval": {
            name: [round(end, 3) for end in interval([one[place] for one in each])] for place, name in enumerate(names)
        },
        "main": {name: round(getattr(main, name), 3) for name in names},
    }


def _objectives(found: Sequence[Sequence[str]], rows: Sequence[Labelled]) -> dict[str, Any]:
    """For each objective and language: passages with it as first label, how often it comes first and among three."""
    table: dict[str, Any] = {}
    for number in range(1, 24):
        code = str(number)
        for language in sorted({row.language for row in rows}):
            own = [
                ranking
                for ranking, row in zip(found, rows, strict=True)
                if row.label == code and row.language == language
            ]
            if own:
                table.setdefault(code, {})[language] = {
                    "n": len(own),
                    "first": round(sum(ranking[:1] == [code] for ranking in own) / len(own), 3),
                    "among_three": round(sum(code in ranking[:3] for ranking in own) / len(own), 3),
                }
    return table


def _calibration(tagger: Any, rows: Sequence[Labelled]) -> list[dict[str, Any]]:
    """In each band of scores: how many tags, their mean score, and the share that the publisher gave."""
    pairs = [
        (one.score, one.code in row.labels)
        for row in rows
        for tagged in (tagger.tag_one(row.text, row.language),)
        for one in (*tagged.objectives, *tagged.below)
    ]
    table = []
    for low, high in pairwise(BINS):
        own = [(score, right) for score, right in pairs if low <= score < high or score == high == 1.0]
        if own:
            table.append(
                {
                    "from": low,
                    "to": high,
                    "tags": len(own),
                    "mean_score": round(sum(score for score, _ in own) / len(own), 3),
                    "right": round(sum(right for _, right in own) / len(own), 3),
                }
            )
    return table


def _none(tagger: Any, rows: Sequence[Labelled]) -> dict[str, Any]:
    """Precision and recall of "none of them", and the share of labelled passages wrongly called so."""
    answers = [(tagger.tag_one(row.text, row.language).nothing, not row.labels) for row in rows]
    called = [none for answer, none in answers if answer]
    nones = [answer for answer, none in answers if none]
    labelled = [answer for answer, none in answers if not none]
    return {
        "called": len(called),
        "precision": round(sum(called) / len(called), 3) if called else None,
        "of_none": len(nones),
        "recall": round(sum(nones) / len(nones), 3) if nones else None,
        "labelled_lost": round(sum(labelled) / len(labelled), 4) if labelled else None,
    }


def log(day: str, folder: Path, found: dict[str, Any]) -> None:
    """Add a run to the log: the day, the set and its hash, the hash of weights and settings, the figures."""
    from waymark.gcm.files import catalogue_path

    listed = hashlib.sha256()
    for row in read_labelled(folder):
        listed.update(f"{row.id} {row.language} {row.label} {sorted(row.labels)} {row.text}\n".encode())
    weights = hashlib.sha256()
    for name in ("head.npz", "calibration.yaml"):
        weights.update(catalogue_path("tagging", name).read_bytes())
    line = {
        "day": day,
        "set": folder.name,
        "list": listed.hexdigest(),
        "weights": weights.hexdigest(),
        "figures": {name: figures["all"] for name, figures in found["methods"].items()},
        "none": found["none"],
    }
    with RUNS.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line, sort_keys=True) + "\n")


def calibrate(folder: Path, official: Path | None) -> None:
    """Fit the curves on a development set and write them into the catalogue."""
    import yaml

    from waymark.engines.documents.tagging import settings
    from waymark.engines.documents.tagging.calibration import calibrate as fit_curves
    from waymark.engines.documents.tagging.calibration import with_curves
    from waymark.engines.documents.tagging.corpus import Example
    from waymark.engines.documents.tagging.training import sources
    from waymark.engines.sheets.provisions import read_provisions
    from waymark.gcm.files import catalogue_path, read_yaml

    held_out = [
        Example(row.text, row.language, tuple(sorted(row.labels, key=int)) or ("none",))
        for row in read_labelled(folder)
    ]
    now = read_yaml("tagging", "calibration.yaml")
    texts = read_provisions(official) if official else None
    found = fit_curves(sources(texts), held_out, settings.read(now))
    path = catalogue_path("tagging", "calibration.yaml")
    head = "".join(line for line in path.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
    text = yaml.safe_dump(with_curves(now, found), sort_keys=False, default_flow_style=None)
    path.write_text(head + text, encoding="utf-8")


def main() -> None:
    """Measure and print, or calibrate."""
    parser = argparse.ArgumentParser(prog="python -m bench.tagging", description=__doc__)
    parser.add_argument("--labelled", type=Path, help="folder of labelled *.jsonl")
    parser.add_argument("--official", type=Path, help="the official text, for the baseline and for calibrating")
    parser.add_argument("--day", default="", help="the day that the log names")
    parser.add_argument("--calibrate", action="store_true", help="fit the calibration on the folder instead")
    parser.add_argument("--tier", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.tier:
        print(json.dumps(measure(given.tier)))
    elif given.calibrate:
        calibrate(given.labelled, given.official)
    else:
        print(json.dumps(run(None, given.labelled, day=given.day, official=given.official), indent=2, sort_keys=True))


if __name__ == "__main__":
    main()
