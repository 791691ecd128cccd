"""Verifying stored files: each kind that is changed, missing or miscounted is named."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories import people, reviews
from tests.factories.documents import REMITTANCES, added, document, filing
from waymark.actions import frameworks
from waymark.actions import reviews as review_acts
from waymark.actions.reviews import publishing as editions
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.store import Store
from waymark.engines.indicators.verifying import dataset_fault
from waymark.engines.safekeeping.published import Published
from waymark.queries.installation.files import verify_datasets, verify_documents, verify_editions, verify_weights
from waymark.queries.installation.verifying import verify_installation
from waymark.records.actors import Actor
from waymark.records.reviews import Edition

ROWS = "place,series,period,value\nGEO,wb:X,2020,1\nGEO,wb:X,2021,2\nZZZ,wb:X,2021,2\n"
FILES = ("observations.parquet", "rejects.parquet", "manifest.json")


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    root = tmp_path / "datasets"
    made = add(tmp_path / "rows.csv", store=Store(root), dataset="rows", publisher="Office", licence="CC BY 4.0")
    assert (made.rows_read, made.rows_rejected) == (3, 1)
    assert dataset_fault(root / "rows") == ""
    return root / "rows"


@pytest.mark.parametrize("name", FILES)
def test_each_byte_of_a_dataset_counts(dataset: Path, name: str) -> None:
    whole = (dataset / name).read_bytes()
    for place in range(0, len(whole), 97):
        (dataset / name).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert name in dataset_fault(dataset), f"byte {place}"


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_dataset_that_is_missing_is_named(dataset: Path, name: str) -> None:
    (dataset / name).unlink()
    (fault,) = verify_datasets(dataset.parent).faults
    assert fault.words.startswith(f"dataset rows: {name} ")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rows_read": 4}, "4 rows read are not 2 stored and 1 rejected"),
        ({"observations": 5}, "observations.parquet holds 2 rows; manifest.json says 5"),
        ({"rejected_by_reason": {}}, "the reasons do not add up"),
        ({"id": "other"}, "that of another dataset, other"),
    ],
)
def test_a_manifest_without_a_digest_is_held_to_its_arithmetic(
    dataset: Path, change: dict[str, Any], words: str
) -> None:
    """Manifests of an earlier version hold no digest."""
    facts = json.loads((dataset / "manifest.json").read_text("utf-8"))
    del facts["digest"]
    (dataset / "manifest.json").write_text(json.dumps(facts | change), "utf-8")
    assert words in dataset_fault(dataset)


@pytest.mark.django_db
def test_documents_are_held_to_their_hashes(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"
    document("only-registered")
    row = added(tmp_path / "one.md", REMITTANCES, tags=False).document
    folder = tmp_path / "data" / "documents"
    assert verify_documents(folder) == verify_documents(folder).__class__((), ("documents: 2 files",))
    place = filing().file(row.sha256)
    text = folder / "texts" / row.text_sha256[:2] / f"{row.text_sha256}.txt"
    for path, what in ((place, "file"), (text, "stored text")):
        whole = path.read_bytes()
        path.write_bytes(whole[:5] + bytes([whole[5] ^ 1]) + whole[6:])
        (fault,) = verify_documents(folder).faults
        assert fault.words.startswith(f"document one: its {what} was changed")
        path.unlink()
        (fault,) = verify_documents(folder).faults
        assert fault.words.startswith(f"document one: its {what} is missing")
        path.write_bytes(whole)


@pytest.mark.django_db
def test_an_edition_is_held_to_its_files_and_to_the_log(tmp_path: Path) -> None:
    row = published()
    assert verify_editions(tmp_path).faults == ()
    if connection.vendor == "sqlite":
        drop = ["DROP TRIGGER edition_is_frozen"]
    else:
        drop = ["SET CONSTRAINTS ALL IMMEDIATE", "DROP TRIGGER edition_is_frozen ON records_edition"]
    with connection.cursor() as cursor:
        for statement in drop:
            cursor.execute(statement)
    listed = [row.files[0] | {"sha256": "f" * 64}, *row.files[1:]]
    Edition.objects.update(files=listed)
    (fault,) = verify_editions(tmp_path).faults
    assert "its hash is not that of its list of files" in fault.words
    files = [editions.EditionFile(**one) for one in listed]
    Edition.objects.update(hash=editions.edition_hash(files))
    (fault,) = verify_editions(tmp_path).faults
    assert "the log says that it was published with the hash" in fault.words


@pytest.mark.django_db
def test_a_kept_file_of_an_edition_is_held_to_its_hash(tmp_path: Path) -> None:
    row = published()
    sha256 = row.files[0]["sha256"]
    place = tmp_path / "files" / sha256[:2] / sha256
    place.parent.mkdir(parents=True)
    place.write_bytes(b"other words")
    (fault,) = verify_editions(tmp_path).faults
    assert f"its file {row.files[0]['name']} was changed" in fault.words


def published() -> Edition:
    by = Actor.operator()
    review = reviews.review()
    review_acts.add_finding(by=by, review=review, kind="progress", text="It moves")
    review_acts.recommend(by=by, review=review, advice=frameworks.Advice("R1", "Do more"))
    review_acts.send_for_clearance(by=by, review=review)
    for actor in (people.dora(), people.emil()):
        review_acts.clear(by=actor, review=review, on=date(2025, 3, 3))
    return editions.publish(by=by, review=review, on=date(2025, 3, 3), files=reviews.FILES)


def test_learned_weights_are_held_to_the_checks_of_their_container(tmp_path: Path) -> None:
    path = tmp_path / "learned.npz"
    assert verify_weights(path).counts == ()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("weights.npy", b"0123456789" * 50)
    assert verify_weights(path).faults == ()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"0123456789", b"0123456788", 1))
    assert "weights.npy was changed" in verify_weights(path).faults[0].words
    path.write_bytes(whole[:100])
    assert "cannot be read" in verify_weights(path).faults[0].words


@pytest.mark.django_db
def test_an_empty_installation_is_whole(tmp_path: Path) -> None:
    found = verify_installation(tmp_path, Published(tmp_path / "heads"))
    assert found.faults == ()
    assert found.notes == ()


@pytest.mark.django_db
def test_a_row_that_points_nowhere_is_named() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses such a row")
    published()
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        cursor.execute("UPDATE records_finding SET review_id = 999")
        found = verify_installation(Path("/nowhere"), Published(Path("/nowhere")))
        cursor.execute("UPDATE records_finding SET review_id = (SELECT min(id) FROM records_review)")
    assert [fault.words for fault in found.faults] == [
        "database: records_finding, row 1: it points to a row of records_review that is not there"
    ]
