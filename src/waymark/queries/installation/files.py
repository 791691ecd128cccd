"""Every stored file against what the record says of it: documents, texts, candidates, editions, statistics, weights."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from waymark.engines.documents.filing import Filing
from waymark.engines.indicators.store import dataset_folders
from waymark.engines.indicators.verifying import dataset_fault
from waymark.engines.safekeeping.shelf import CANDIDATES, EDITIONS, Shelf, fault
from waymark.engines.safekeeping.staging import file_sha256
from waymark.gcm.nouns import counted
from waymark.queries.installation.views import Fault, Verified
from waymark.records.documents import Document, Reading
from waymark.records.editions import Candidate, Edition, files_hash
from waymark.records.events import Event


def verify_documents(folder: Path) -> Verified:
    """Each document's file and stored text, by their hashes."""
    filing, faults, files = Filing(folder), [], 0
    rows = Document.objects.exclude(sha256="").order_by("code")
    for code, sha256, text, reading in rows.values_list("code", "sha256", "text_sha256", "reading").iterator():
        kept = reading != Reading.NOT_READ  # of a document that is only registered, the hash alone is known
        for place, wanted, what in (
            (filing.file(sha256), sha256, "file"),
            (folder / "texts" / text[:2] / f"{text}.txt", text, "stored text"),
        ):
            if wanted and (kept or place.exists()):
                files += 1
                problem = _file_fault(place, wanted)
                if problem:
                    faults.append(Fault("documents", problem, f"document {code}: its {what} {problem} ({place})"))
    return Verified(tuple(faults), (f"documents: {counted(files, 'file', 'files')}",))


def _file_fault(place: Path, sha256: str) -> str:
    """What is wrong with a file that is named by its hash; "" when nothing is."""
    try:
        return "" if file_sha256(place) == sha256 else "was changed"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def verify_editions(data: Path) -> Verified:
    """Each edition against its own hash and what the log says was published; every file of it; its record of clearance.

    `data` is the data folder. Of an edition that was published elsewhere no file is kept here.
    """
    faults: list[Fault] = []
    shelf, files, elsewhere, count, known = Shelf(data), 0, 0, 0, set()
    for edition in Edition.objects.select_related("review").order_by("code"):
        count += 1
        name, listed = f"edition {edition.code}", edition.listed()
        if files_hash(listed.items()) != edition.hash:
            faults.append(Fault("editions", "was changed", f"{name}: its hash is not that of its list of files"))
        faults += [
            Fault("editions", "was changed", f"{name}: the log says that it was published with the hash {logged}")
            for logged in _published_hashes(edition)
            if logged != edition.hash
        ]
        if edition.candidate_id is None:
            elsewhere += len(listed)
            continue
        known.add(edition.hash)
        files += len(listed)
        faults += _folder_faults("editions", name, shelf.edition(edition.hash), listed)
        record = shelf.record(edition.hash)
        problem = _file_fault(record, edition.record_sha256)
        if problem:
            faults.append(Fault("editions", problem, f"{name}: its record of clearance {problem} ({record})"))
    notes = [
        *(
            [f"editions: {counted(elsewhere, 'file is', 'files are')} kept elsewhere, not looked at"]
            if elsewhere
            else []
        ),
        *_of_nobody(data / EDITIONS, known, "edition", "the publication was cut off; publish again"),
    ]
    return Verified(tuple(faults), (f"editions: {count:,}, with {counted(files, 'file', 'files')}",), tuple(notes))


def verify_candidates(data: Path) -> Verified:
    """Every file of each candidate for clearance, by its hash."""
    faults: list[Fault] = []
    shelf, files, known = Shelf(data), 0, set()
    rows = list(Candidate.objects.order_by("code"))
    for candidate in rows:
        known.add(candidate.hash)
        files += len(candidate.files)
        name = f"candidate {candidate.code}"
        faults += _folder_faults("candidates", name, shelf.candidate(candidate.hash), candidate.listed())
    counts = (f"candidates: {len(rows):,}, with {counted(files, 'file', 'files')}",) if rows else ()
    notes = _of_nobody(data / CANDIDATES, known, "candidate", "the submission was cut off; submit again")
    return Verified(tuple(faults), counts, tuple(notes))


def _folder_faults(area: str, name: str, folder: Path, listed: dict[str, str]) -> list[Fault]:
    """The first fault of a folder of files, named by the file."""
    problem = fault(folder, listed)
    kind = "is missing" if problem.endswith("is missing") else "was changed"
    return [Fault(area, kind, f"{name}: its file {problem} ({folder})")] if problem else []


def _of_nobody(folder: Path, known: set[str], what: str, why: str) -> list[str]:
    """A note on folders under a hash that no row names."""
    names = {path.name for path in folder.iterdir() if path.name[0] != "."} if folder.is_dir() else set()
    left = sorted(names - known)
    return (
        [f"{what}s: {counted(len(left), 'folder is', 'folders are')} of no {what} on record, such as {left[0]}: {why}"]
        if left
        else []
    )


def _published_hashes(edition: Edition) -> Iterator[str]:
    for event in Event.objects.filter(subject=edition.urn).select_related("detail"):
        words = event.detail.words if hasattr(event, "detail") else {}
        changes = words.get("changes") if isinstance(words, dict) else None
        if isinstance(changes, dict) and "hash" in changes:
            yield str(changes["hash"])


def verify_datasets(root: Path) -> Verified:
    """Each dataset: its manifest, its hashes, its arithmetic and its rows."""
    folders = dataset_folders(root)
    faults = [
        Fault("statistics", "was changed", f"dataset {folder.name}: {problem} ({folder})")
        for folder in folders
        if (problem := dataset_fault(folder))
    ]
    return Verified(tuple(faults), (f"statistics: {counted(len(folders), 'dataset', 'datasets')}",))


def verify_weights(path: Path) -> Verified:
    """What the tagger learned here, by the checks that its container holds."""
    if not path.exists():
        return Verified()
    try:
        with zipfile.ZipFile(path) as archive:
            bad = archive.testzip()
        problem = f"its part {bad} was changed" if bad else ""
    except (OSError, zipfile.BadZipFile) as error:
        problem = f"it cannot be read ({error})"
    faults = (Fault("weights", "was changed", f"learned weights: {problem} ({path})"),) if problem else ()
    return Verified(faults, ("learned weights: 1 file",))
