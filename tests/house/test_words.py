"""One word, one thing: a review has editions, a dataset releases, a document versions (docs/explanation/house.md)."""

import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.house.sources import SOURCE

EDITION = re.compile(r"editions?(?![a-z])", re.IGNORECASE)

OTHERS = (
    "engines/indicators",
    "engines/documents",
    "actions/documents",
    "interfaces/cli/documents",
    "interfaces/cli/data.py",
    "interfaces/cli/used.py",
    "queries/documents",
    "queries/indicators",
    "records/documents.py",
)
"""Where datasets and documents are at home, and no review is spoken of."""

PUBLISHED = "newer_edition"
"""The one field of published files (`review.json`, `evidence.csv`) that was called so before; published names stay."""


def words(path: Path) -> list[str]:
    """Every name, text and comment of a file, with its line."""
    with io.BytesIO(path.read_bytes()) as content:
        return [
            f"{path.relative_to(SOURCE)}:{one.start[0]}: {one.string}" for one in tokenize.tokenize(content.readline)
        ]


@pytest.mark.parametrize("folder", OTHERS)
def test_only_reviews_have_editions(folder: str) -> None:
    where = SOURCE / folder
    files = [where] if where.is_file() else sorted(where.rglob("*.py"))
    assert files, "the folder has moved: name its new place"
    told = [line for path in files for line in words(path) if EDITION.search(line.replace(PUBLISHED, ""))]
    assert told == []


def test_titles_of_bundled_datasets_name_their_release() -> None:
    titles = (SOURCE / "catalogue" / "datasets" / "files.yaml").read_text("utf-8")
    assert "release of October 2020" in titles
    assert not EDITION.search(titles)
