"""What `waymark demo` and `waymark paper` leave behind: marked numerals, the same bytes, hashes, valid data."""

import hashlib
import json
from pathlib import Path

import pytest
from frictionless import Package, system
from jsonschema import Draft202012Validator

from tests.engines.printing.numerals import unmarked_numerals
from tests.journeys.conftest import REPOSITORY, Demonstrations

pytestmark = pytest.mark.slow

BUILT = ("GEO-imrf-2026", "QOR-imrf-2026", "QOR-sdg")
REVIEWS = BUILT[:2]
OTHER = {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Auckland"}


def content(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", BUILT)
def test_every_numeral_of_the_page_says_what_it_is(demonstrations: Demonstrations, name: str) -> None:
    assert unmarked_numerals((demonstrations.pages / name / "index.html").read_text("utf-8")) == []


@pytest.mark.parametrize("name", BUILT)
def test_another_process_gives_the_same_bytes(own: Demonstrations, name: str, tmp_path: Path) -> None:
    place = name[:3]
    words = (
        ("paper", place, "--framework", "sdg") if name.endswith("sdg") else ("review", place, "--cycle", "imrf-2026")
    )
    result = own.waymark(*words, "--out", str(tmp_path / "again"), **OTHER)
    assert result.returncode == 0, result.stderr
    assert content(tmp_path / "again") == content(own.pages / name)


@pytest.mark.parametrize("name", BUILT)
def test_the_manifest_names_every_file_and_its_hash(demonstrations: Demonstrations, name: str) -> None:
    folder = demonstrations.pages / name
    lines = (folder / "MANIFEST").read_text("utf-8").splitlines()
    listed = {line[66:]: line[:64] for line in lines if not line.startswith("# ")}
    found = content(folder)
    del found["MANIFEST"]
    assert listed == found


@pytest.mark.parametrize("name", BUILT)
def test_the_data_package_is_valid_for_a_second_reader(demonstrations: Demonstrations, name: str) -> None:
    with system.use_context(trusted=True):
        report = Package(str(demonstrations.pages / name / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


@pytest.mark.parametrize("name", REVIEWS)
def test_review_json_follows_its_schema(demonstrations: Demonstrations, name: str) -> None:
    schema = json.loads((REPOSITORY / "docs" / "reference" / "review.schema.json").read_text("utf-8"))
    tree = json.loads((demonstrations.pages / name / "review.json").read_bytes())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(tree)][:5] == []
    assert len(tree["objectives"]) == 23


@pytest.mark.parametrize("name", REVIEWS)
def test_the_page_carries_the_hash_of_its_data_and_the_marking(demonstrations: Demonstrations, name: str) -> None:
    folder = demonstrations.pages / name
    page = (folder / "index.html").read_text("utf-8")
    tree = json.loads((folder / "review.json").read_bytes())
    assert hashlib.sha256((folder / "review.json").read_bytes()).hexdigest() in page
    assert tree["marking"]
    assert tree["marking"].split(";")[0] in page
