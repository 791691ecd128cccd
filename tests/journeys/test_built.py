"""What `waymark demo` and `waymark paper` leave behind: marked numerals, links, the same bytes, hashes, valid data."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from frictionless import Package, system
from jsonschema import Draft202012Validator

from tests.engines.printing.links import link_faults
from tests.engines.printing.numerals import unmarked_numerals
from tests.journeys.conftest import REPOSITORY, Demonstrations
from tests.journeys.pages import pages_of

pytestmark = pytest.mark.slow

BUILT = ("GEO-imrf-2026", "QOR-imrf-2026", "QOR-sdg")
REVIEWS = BUILT[:2]
FIRST_VIEW, NEXT = 60_000, 25_000
"""The most bytes, packed as a server sends them, of the first page and of a later one."""
OTHER = {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Auckland"}


def content(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", BUILT)
def test_every_numeral_of_the_pages_says_what_it_is(demonstrations: Demonstrations, name: str) -> None:
    found = {page: unmarked_numerals(html) for page, html in pages_of(demonstrations.pages / name).items()}
    assert len(found) > 20
    assert {page: numerals for page, numerals in found.items() if numerals} == {}


@pytest.mark.parametrize("name", BUILT)
def test_every_link_of_the_pages_leads_somewhere(demonstrations: Demonstrations, name: str) -> None:
    folder = demonstrations.pages / name
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert link_faults(files) == []
    read_on = set(pages_of(folder)) | ({"brief.html"} & set(files))
    assert read_on == {file for file in files if file.endswith(".html")}, "each page is reached by reading on"


@pytest.mark.parametrize("name", BUILT)
def test_every_citation_leads_to_its_source_on_the_page_and_back(demonstrations: Demonstrations, name: str) -> None:
    cited = 0
    for page, html in pages_of(demonstrations.pages / name).items():
        numbers = set(re.findall(r'role="doc-noteref"[^>]* href="#source-(\d+)"', html))
        entries = dict(re.findall(r'<li id="source-(\d+)">(.*?)</li>', html, re.S))
        lost = [number for number in numbers if 'role="doc-backlink" href="#cite-' not in entries.get(number, "")]
        assert lost == [], page
        cited += len(numbers)
    assert cited > 20


@pytest.mark.parametrize("name", BUILT)
def test_the_first_view_is_soon_there_on_a_slow_link(demonstrations: Demonstrations, name: str) -> None:
    """A page asks for nothing else (test_pages), so that its own bytes are all that a first view takes."""
    sizes = {page: len(gzip.compress(html.encode())) for page, html in pages_of(demonstrations.pages / name).items()}
    assert sizes.pop("index.html") <= FIRST_VIEW
    assert {page: size for page, size in sizes.items() if size > NEXT} == {}


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
    pages = pages_of(folder)
    tree = json.loads((folder / "review.json").read_bytes())
    assert hashlib.sha256((folder / "review.json").read_bytes()).hexdigest() in pages["index.html"]
    assert tree["marking"]
    assert [name for name, page in pages.items() if tree["marking"].split(";")[0] not in page] == []
