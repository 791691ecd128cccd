"""The published schema of review.json: it takes what is built, names every field, and refuses what is broken."""

import dataclasses
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docs.review_schema import VIEWS
from tests.queries.world import Built
from waymark.engines.sheets.recorded import OwnReview
from waymark.engines.sheets.reviews import read_review

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "reference" / "review.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_itself_is_well_made() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("audience", ["public", "network"])
def test_review_json_of_the_world_is_valid(built: Built, audience: str) -> None:
    tree = json.loads(built.files[audience]["review.json"])
    assert [error.message for error in VALIDATOR.iter_errors(tree)] == []
    assert [objective["number"] for objective in tree["objectives"]] == list(range(1, 24))
    assert {"statistics", "commitments", "evidence", "findings", "gaps"} <= set(tree["objectives"][0])


@pytest.mark.parametrize("audience", ["public", "network"])
def test_what_another_installation_takes_in_is_what_was_told(built: Built, audience: str, tmp_path: Path) -> None:
    path = tmp_path / "review.json"
    path.write_bytes(built.files[audience]["review.json"])
    read = read_review(path)
    assert isinstance(read, OwnReview)
    assert read.record == built.data[audience].record
    assert read.record.findings
    assert read.record.positions


def test_every_field_of_every_view_is_in_the_schema() -> None:
    assert {"ReviewData", "ObjectiveView", "StatisticView", "CommitmentView", "SourceView"} <= set(VIEWS)
    for name, view in VIEWS.items():
        described = SCHEMA if name == "ReviewData" else SCHEMA["$defs"][name.removesuffix("View")]
        fields = {field.name for field in dataclasses.fields(view)}
        if name == "ReviewData":
            fields = (fields - {"statistics"}) | {"$schema", "format"}
        assert set(described["properties"]) == set(described["required"]) == fields, name


def drop_an_objective(tree: dict[str, Any]) -> None:
    tree["objectives"].pop()


def unknown_field(tree: dict[str, Any]) -> None:
    tree["objectives"][0]["grade"] = "A"


def unknown_state(tree: dict[str, Any]) -> None:
    tree["objectives"][0]["commitments"][0]["state"] = "done"


def number_as_text(tree: dict[str, Any]) -> None:
    tree["objectives"][0]["commitments"][0]["reports_due"] = "2"


def no_gaps(tree: dict[str, Any]) -> None:
    del tree["objectives"][3]["gaps"]


def share_above_one(tree: dict[str, Any]) -> None:
    tree["objectives"][0]["commitments"][0]["reports"][0]["share"] = 1.5


def day_in_words(tree: dict[str, Any]) -> None:
    tree["as_of"] = "8 May 2026"


def other_voice(tree: dict[str, Any]) -> None:
    tree["objectives"][0]["commitments"][0]["reports"][0]["voice"] = "average"


@pytest.mark.parametrize(
    "damage",
    [
        drop_an_objective,
        unknown_field,
        unknown_state,
        number_as_text,
        no_gaps,
        share_above_one,
        day_in_words,
        other_voice,
    ],
)
def test_the_schema_refuses(built: Built, damage: Callable[[dict[str, Any]], None]) -> None:
    tree = json.loads(built.files["public"]["review.json"])
    damage(tree)
    assert not VALIDATOR.is_valid(tree)


def test_the_schema_holds_no_view_that_a_review_never_shows() -> None:
    used = set(re.findall(r"#/\$defs/(\w+)", json.dumps(SCHEMA)))
    assert set(SCHEMA["$defs"]) == used
