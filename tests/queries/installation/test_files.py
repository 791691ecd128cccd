"""Verifying stored files: each kind that is changed, missing or miscounted is named."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories import people, reviews
from tests.factories.documents import REMITTANCES, added, document, filing
from waymark.actions.reviews import FindingFacts, add_finding, publish
from waymark.engines.indicators.ingest import add
from waymark.engines.indicators.store import Store
from waymark.engines.indicators.verifying import dataset_fault
from waymark.engines.safekeeping.published import Published
from waymark.queries.installation.files import (
    verify_candidates,
    verify_datasets,
    verify_documents,
    verify_editions,
    verify_weights,
)
from waymark.queries.installation.verifying import verify_installation
from waymark.queries.installation.views import Verified
from waymark.records.editions import Edition, files_hash

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
def test_an_edition_is_held_to_its_files_and_to_the_log(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    row = reviews.published(reviews.review())
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
    first, second = verify_editions(tmp_path).faults
    assert "its hash is not that of its list of files" in first.words
    assert f"its file {row.files[0]['name']} was changed" in second.words
    Edition.objects.update(hash=files_hash((one["name"], one["sha256"]) for one in listed))
    assert "the log says that it was published with the hash" in verify_editions(tmp_path).faults[0].words


@pytest.mark.django_db
@pytest.mark.parametrize("kept", ["candidate", "edition"])
def test_every_file_of_a_candidate_and_an_edition_is_held_to_its_hash(kept: str, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    row = reviews.published(reviews.review())
    shelf = reviews.shelf()
    folder = shelf.candidate(row.hash) if kept == "candidate" else shelf.edition(row.hash)
    verify = verify_candidates if kept == "candidate" else verify_editions
    assert verify(tmp_path) == Verified((), (f"{kept}s: 1, with 3 files",))
    for name in row.listed():
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(b"other words")
        (fault,) = verify(tmp_path).faults
        assert (
            f"{kept} {'qor-2026.c1' if kept == 'candidate' else 'qor-2026.v1'}: its file {name} was changed"
            in fault.words
        )
        (folder / name).unlink()
        (fault,) = verify(tmp_path).faults
        assert f"its file {name} is missing" in fault.words
        (folder / name).write_bytes(whole)
    (folder / "more.html").write_bytes(b"")
    (fault,) = verify(tmp_path).faults
    assert "its file more.html was added" in fault.words


@pytest.mark.django_db
def test_the_record_of_a_clearance_is_held_to_its_hash(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    row = reviews.published(reviews.review())
    place = reviews.shelf().record(row.hash)
    place.write_bytes(place.read_bytes().replace(b"Dora", b"Nora"))
    (fault,) = verify_editions(tmp_path).faults
    assert "its record of clearance was changed" in fault.words


@pytest.mark.django_db
def test_what_a_publication_left_that_was_cut_off_is_told(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    candidate = reviews.cleared(reviews.review())
    reviews.shelf().publish(candidate.hash, candidate.listed(), b"{}")
    (note,) = verify_editions(tmp_path).notes
    assert f"1 folder is of no edition on record, such as {candidate.hash}: the publication was cut off" in note
    publish(by=people.dora(), candidate=candidate, shelf=reviews.shelf(), on=reviews.DAY)
    assert verify_editions(tmp_path) == Verified((), ("editions: 1, with 3 files",))


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
    add_finding(by=people.bob(), review=reviews.review(), facts=FindingFacts(kind="progress", text="It moves"))
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        cursor.execute("UPDATE records_finding SET review_id = 999")
        found = verify_installation(Path("/nowhere"), Published(Path("/nowhere")))
        cursor.execute("UPDATE records_finding SET review_id = (SELECT min(id) FROM records_review)")
    assert [fault.words for fault in found.faults] == [
        "database: records_finding, row 1: it points to a row of records_review that is not there"
    ]
