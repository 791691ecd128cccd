"""No dead reference in the catalogue: whatever a row names exists, and every row says where it is from.

The files are read as they lie there, without the code that loads them, so that a loader that forgives nothing more than
it should is not the judge of its own input.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

CATALOGUE = Path(__file__).parents[2] / "src" / "waymark" / "catalogue"
DEMONSTRATIONS = ("georgia", "orvenia")
GENERAL_FOLDERS = ("frameworks", "crosswalks", "cycles", "scales", "vocabulary", "paper-templates")

KEYED_SOURCES = [
    path
    for folder in GENERAL_FOLDERS
    for path in sorted((CATALOGUE / folder).iterdir())
    if path.name not in ("sources.csv", "gcm-in-our-words.csv")  # the summaries are made from the resolution itself
]

WITHOUT = {
    "demonstrations/orvenia": {"source", "locator", "mark"},  # invented as a whole; demonstration.yaml says so
    "demonstrations/georgia/sources.csv": {"source", "locator", "mark"},  # the list of sources itself
    "frameworks/sources.csv": {"source", "locator", "mark"},  # the list of sources itself
    "indicators/several-series.csv": {"source", "locator"},  # our readings of series, marked as proposals
    "tagging/lexicon": {"source", "locator"},  # words chosen by us, marked as proposals
    "tagging/examples": {"source", "locator", "mark"},  # passages written by us, about no real country
}
"""Files or folders whose rows lack these columns, with the reason."""


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of the catalogue."""
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def loaded(name: str) -> Any:
    """A YAML file of the catalogue."""
    return yaml.safe_load((CATALOGUE / name).read_text(encoding="utf-8"))


def column(name: str, field: str) -> set[str]:
    """The values of one column."""
    return {row[field] for row in table(name)}


def walk(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every plain value below a node, with the key it stands under; items of a list stand under the list's key."""
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from walk(inner, str(name))
    elif isinstance(node, list):
        for inner in node:
            yield from walk(inner, key)
    elif node is not None:
        yield key, str(node)


def named(path: Path, *keys: str) -> list[str]:
    """The values under some keys in a YAML file, or in some columns of a CSV file; words apart."""
    if path.suffix == ".yaml":
        found = [value for key, value in walk(yaml.safe_load(path.read_text(encoding="utf-8"))) if key in keys]
    else:
        rows = table(str(path.relative_to(CATALOGUE)))
        found = [row[key] for row in rows for key in keys if row.get(key)]
    return [word for value in found for word in value.split()]


def provisions(framework: str) -> set[str]:
    """The codes of a framework of the catalogue."""
    return column(f"frameworks/{framework}.csv", "code")


def frameworks() -> set[str]:
    """The codes of all frameworks of the catalogue."""
    return column("frameworks/frameworks.csv", "code")


def places() -> set[str]:
    """The codes of all places."""
    return column("places/places.csv", "code")


def cycles() -> set[str]:
    """The codes of all review cycles."""
    return column("cycles/cycles.csv", "code")


def definitions() -> dict[str, dict[str, Any]]:
    """The indicator definitions by the name of their file."""
    paths = sorted((CATALOGUE / "indicators").glob("*.yaml"))
    return {path.stem: loaded(f"indicators/{path.name}") for path in paths if path.name != "questions.yaml"}


def series() -> set[str]:
    """The series that a definition names."""
    return {known["series"] for known in definitions().values()}


def steps() -> dict[str, set[str]]:
    """The steps of each scale, those outside it too."""
    return {
        scale["code"]: {step["code"] for step in [*scale["steps"], *scale["outside"]]}
        for scale in loaded("scales/scales.yaml")
    }


@pytest.mark.parametrize("path", KEYED_SOURCES, ids=lambda path: path.name)
def test_every_source_key_is_listed(path: Path) -> None:
    keys = named(path, "source")
    assert keys, "no row of this file has a source"
    assert sorted({*keys} - column("frameworks/sources.csv", "key")) == []


def test_every_source_of_georgia_is_listed() -> None:
    known = column("demonstrations/georgia/sources.csv", "key")
    used = {key for path in (CATALOGUE / "demonstrations/georgia").glob("*.yaml") for key in named(path, "source")}
    assert (sorted(used - known), bool(used)) == ([], True)
    addresses = [row["address"] for row in table("demonstrations/georgia/sources.csv")]
    assert [one for one in addresses if not re.match(r"https?://\S+$", one)] == []


def test_every_source_of_the_lists_is_used() -> None:
    own = {key for path in KEYED_SOURCES for key in named(path, "source")}
    assert sorted(column("frameworks/sources.csv", "key") - own) == []


def test_provisions_have_parents_in_their_framework() -> None:
    for code in frameworks():
        parents = {row["parent"] for row in table(f"frameworks/{code}.csv")} - {""}
        assert sorted(parents - provisions(code)) == []


def test_links_and_wordings_name_provisions_that_exist() -> None:
    ends = [
        (row[f"{side}_framework"], row[f"{side}_code"])
        for name in ("crosswalks/gcm-sdg.csv", "crosswalks/pd-gcm.csv")
        for row in table(name)
        for side in ("from", "to")
    ]
    ends += [(row["framework"], row["code"]) for row in table("frameworks/wordings.csv")]
    assert [end for end in ends if end[0] not in frameworks() or end[1] not in provisions(end[0])] == []
    assert column("frameworks/gcm-in-our-words.csv", "code") == {str(number) for number in range(1, 24)}


def test_indicators_name_codes_units_and_objectives_that_exist() -> None:
    units = column("indicators/units.csv", "code")
    wrong = []
    for name, known in definitions().items():
        objectives = {str(tie["objective"]) for tie in known["ties"]}
        if known["unit"] not in units or not objectives <= provisions("gcm"):
            wrong.append(name)
        if known["framework_code"] and known["framework_code"] not in provisions("sdg"):
            wrong.append(f"{name}: {known['framework_code']}")
    assert wrong == []
    assert len(series()) == len(definitions())


def test_derived_series_and_their_bases_are_defined_and_written_units_exist() -> None:
    assert column("indicators/derived.csv", "series") | column("indicators/derived.csv", "base") <= set(series())
    assert column("indicators/written-units.csv", "unit") <= column("indicators/units.csv", "code")


def test_questions_and_missing_series_name_objectives_that_exist() -> None:
    asked = {str(row["objective"]) for row in loaded("indicators/questions.yaml")}
    lacking = column("indicators/missing.csv", "objective")
    assert sorted((asked | lacking) - provisions("gcm")) == []
    served = {str(tie["objective"]) for known in definitions().values() for tie in known["ties"]}
    assert sorted({str(number) for number in range(1, 24)} - served - asked) == []


def test_series_belong_to_a_publisher() -> None:
    prefixes = {row["code"] for row in loaded("datasets/publishers.yaml")}
    assert sorted(name for name in series() if name.split(":")[0] not in prefixes) == []


def test_known_files_name_publishers_that_exist() -> None:
    publishers = {row["code"] for row in loaded("datasets/publishers.yaml")}
    assert [row["id"] for row in loaded("datasets/files.yaml") if not {*row["by"].split()} <= publishers] == []


def test_places_that_are_named_exist() -> None:
    used = column("places/memberships.csv", "member") | column("places/memberships.csv", "group")
    used |= column("places/names.csv", "place") | column("places/aliases.csv", "place")
    used |= column("places/codes.csv", "place") | column("cycles/cycles.csv", "area")
    used |= {loaded(f"demonstrations/{code}/demonstration.yaml")["place"] for code in DEMONSTRATIONS}
    used |= column("demonstrations/orvenia/observations.csv", "place")
    assert sorted(used - places() - {""}) == []


def test_cycles_that_are_named_exist() -> None:
    used = {code for row in table("cycles/cycles.csv") for code in [*row["feeds"].split(), row["previous"]] if code}
    used |= column("cycles/clusters.csv", "cycle") | column("cycles/milestones.csv", "cycle")
    for code in DEMONSTRATIONS:
        used |= {review["cycle"] for review in loaded(f"demonstrations/{code}/reviews.yaml")}
    assert sorted(used - cycles()) == []
    clustered = {code for row in table("cycles/clusters.csv") for code in row["objectives"].split()}
    assert sorted(clustered - provisions("gcm")) == []


def test_scales_that_are_named_exist() -> None:
    ends = [
        (row[f"{side}_scale"], row[f"{side}_step"]) for row in table("scales/mappings.csv") for side in ("from", "to")
    ]
    assert [end for end in ends if end[1] and end[1] not in steps().get(end[0], ())] == []
    ratings = column("demonstrations/orvenia/reports.csv", "rating") - {""}
    ratings |= {*named(CATALOGUE / "demonstrations/orvenia/consultations.yaml", "rating")}
    assert sorted(ratings - steps()["completion-5"]) == []
    empty = {row["code"] for row in table("vocabulary/terms.csv") if row["vocabulary"] == "empty-values"}
    told = column("demonstrations/orvenia/reports.csv", "empty_reason") - {""}
    assert (sorted(told - empty), bool(told)) == ([], True)


def test_marks_are_those_of_the_list() -> None:
    marks = {row["code"] for row in table("vocabulary/terms.csv") if row["vocabulary"] == "marks"}
    paths = [path for path in CATALOGUE.rglob("*") if path.suffix in (".csv", ".yaml")]
    used = {word for path in paths for word in named(path, "mark", "label_mark")}
    assert used <= marks
    assert len(marks) == 4


def test_the_bundled_figures_use_known_series_places_and_units() -> None:
    path = CATALOGUE / "observations" / "observations.parquet"
    bundle = pq.read_table(path, columns=["series", "place", "dataset"])
    used = {name: {*bundle.column(name).unique().to_pylist()} for name in bundle.schema.names}
    assert sorted(used["series"] - series()) == []
    assert sorted(used["place"] - places()) == []
    assert used["dataset"] == {path.stem for path in (CATALOGUE / "observations" / "manifests").glob("*.json")}
    invented = column("demonstrations/orvenia/observations.csv", "series")
    assert sorted(invented - series()) == []
    assert (
        sorted(column("demonstrations/orvenia/observations.csv", "unit") - column("indicators/units.csv", "code")) == []
    )


def orvenia() -> dict[str, set[str]]:
    """What the files of Orvenia may name, by noun."""
    folder = "demonstrations/orvenia"
    networks = loaded(f"{folder}/networks.yaml")
    advice = [row for block in loaded(f"{folder}/recommendations.yaml") for row in block["rows"]]
    return {
        "organisation": column(f"{folder}/organisations.csv", "code"),
        "commitment": column(f"{folder}/measures.csv", "code")
        | {row["code"] for row in loaded(f"{folder}/commitments.yaml")},
        "period": column(f"{folder}/periods.csv", "code"),
        "document": column(f"{folder}/documents.csv", "code"),
        "post": column(f"{folder}/people.csv", "post"),
        "network": {row["code"] for row in networks},
        "review": {row["code"] for row in loaded(f"{folder}/reviews.yaml")},
        "claim": {row["code"] for row in loaded(f"{folder}/claims.yaml")},
        "recommendation": {row["code"] for row in advice},
        "strategy": column(f"{folder}/strategy.csv", "code"),
        "objective": provisions("gcm"),
        "sdg": provisions("sdg"),
    }


NAMES = {
    "organisation": ("organisation", "into", "lead", "contributors", "addressee", "leads", "attendance", "payer",
                     "co_payer", "publishing_body", "co_chair", "secretariat", "partner", "observer", "home"),
    "commitment": ("commitment", "superseded_by", "follow_up"),
    "period": ("period",),
    "document": ("document",),
    "post": ("post", "confirmed"),
    "network": ("network",),
    "review": ("review",),
    "claim": ("claim",),
    "recommendation": ("answers",),
    "strategy": ("strategy",),
    "objective": ("objective", "objectives"),
    "sdg": ("sdg",),
}  # fmt: skip
"""Noun → keys and columns of Orvenia's files that name one."""


@pytest.mark.parametrize("noun", NAMES)
def test_what_orvenia_names_exists(noun: str) -> None:
    used = {
        (path.name, word)
        for path in (CATALOGUE / "demonstrations" / "orvenia").iterdir()
        if path.suffix in (".csv", ".yaml")
        for word in named(path, *NAMES[noun])
    }
    assert used
    assert sorted(pair for pair in used if pair[1] not in orvenia()[noun]) == []


def test_what_georgia_names_exists() -> None:
    folder = CATALOGUE / "demonstrations" / "georgia"
    pages = {row["key"] for row in csv.DictReader((folder / "sources.csv").read_text("utf-8").splitlines())}
    known = {
        "organisation": {row["code"] for row in loaded("demonstrations/georgia/organisations.yaml")},
        "network": {row["code"] for row in loaded("demonstrations/georgia/networks.yaml")},
        "document": {row["code"] for row in loaded("demonstrations/georgia/documents.yaml")} | pages,
        "objectives": provisions("gcm"),
        "objective": provisions("gcm"),
        "framework": frameworks(),
        "frameworks": frameworks(),
    }
    for key, codes in known.items():
        used = {(path.name, word) for path in folder.glob("*.yaml") for word in named(path, key)}
        assert sorted(pair for pair in used if pair[1] not in codes) == [], key


def lacking(name: str, rows: tuple[dict[str, str], ...]) -> list[str]:
    """What a file's rows lack of source, locator and mark, apart from what WITHOUT allows."""
    allowed = set().union(*(columns for prefix, columns in WITHOUT.items() if name.startswith(prefix)))
    return [
        f"{name}, line {number}: {field}"
        for number, row in enumerate(rows, start=2)
        for field in ("source", "locator", "mark")
        if field not in allowed and not row.get(field)
    ]


@pytest.mark.parametrize("path", sorted(CATALOGUE.rglob("*.csv")), ids=lambda path: str(path.relative_to(CATALOGUE)))
def test_every_row_says_where_it_is_from(path: Path) -> None:
    name = str(path.relative_to(CATALOGUE))
    assert lacking(name, table(name)) == []


def test_a_row_without_a_source_is_seen() -> None:
    row = {"source": "GUIDE", "locator": "", "mark": "verified"}
    assert lacking("cycles/new.csv", (row,)) == ["cycles/new.csv, line 2: locator"]
    assert lacking("frameworks/sources.csv", (row,)) == []


def test_every_exception_is_still_needed() -> None:
    for name, columns in WITHOUT.items():
        if name.endswith(".csv"):
            held = {field for field in columns if all(row.get(field) for row in table(name))}
            assert held == set(), f"{name} has these now; take them out of the exceptions"


def test_every_definition_and_outline_says_where_it_is_from() -> None:
    wrong = []
    for name, known in definitions().items():
        target, ties = known["target"], known["ties"]
        wrong += [name] if not (known["source_note"] and known["mark"] and known["licence"]) else []
        wrong += [f"{name}: tie" for tie in ties if not (tie["basis"] and tie["source"] and tie["mark"])]
        wrong += (
            [f"{name}: target"] if target and not (target["source"] and target["locator"] and target["mark"]) else []
        )
    for path in sorted((CATALOGUE / "paper-templates").glob("*.yaml")):
        outline = loaded(f"paper-templates/{path.name}")
        wrong += [path.name] if not (outline["source"] and outline["locator"] and outline["mark"]) else []
        wrong += [f"{path.name}: {part['key']}" for part in outline["sections"] if not part["mark"]]
    for row in [*loaded("scales/scales.yaml"), *loaded("vocabulary/steps.yaml")]:
        wrong += [row["code"]] if not (row["source"] and row["locator"] and row["mark"]) else []
    assert wrong == []


def test_words_of_indicators_group_numbers_as_sentences_do() -> None:
    spaced = re.compile(r"(?<!\d)\d{1,3} \d{3}(?!\d)")
    folder = CATALOGUE / "indicators"
    assert [path.name for path in sorted(folder.glob("*.yaml")) if spaced.search(path.read_text("utf-8"))] == []
