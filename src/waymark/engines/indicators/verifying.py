"""Whether the datasets of a folder are as they were written: hashes, arithmetic, rows counted in the Parquet files.

Only the footers of the Parquet files are read, so that nothing heavy is loaded.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from waymark.engines.indicators.manifest import Manifest, is_as_written, read_manifest
from waymark.gcm.errors import InputError

OBSERVATIONS_FILE, REJECTS_FILE, MANIFEST_FILE = "observations.parquet", "rejects.parquet", "manifest.json"


def dataset_fault(folder: Path) -> str:
    """The first thing that is wrong with a dataset, in words; "" when nothing is."""
    return next(_faults(folder), "")


def _faults(folder: Path) -> Iterator[str]:
    try:
        content = (folder / MANIFEST_FILE).read_bytes()
        manifest = read_manifest(folder / MANIFEST_FILE)
    except OSError as error:
        yield f"{MANIFEST_FILE} cannot be read ({error.strerror})"
        return
    except InputError as error:
        yield f"{MANIFEST_FILE} was changed: {error.problem}"
        return
    if is_as_written(content) is False:
        yield f"{MANIFEST_FILE} was changed: it is not what its digest says"
    if manifest.id != folder.name:
        yield f"{MANIFEST_FILE} is that of another dataset, {manifest.id}"
    if manifest.rows_read != manifest.rows_stored + manifest.rows_rejected:
        yield (
            f"{MANIFEST_FILE}: {manifest.rows_read:,} rows read are not {manifest.rows_stored:,} stored and "
            f"{manifest.rows_rejected:,} rejected"
        )
    if sum(manifest.rejected_by_reason.values()) != manifest.rows_rejected:
        yield f"{MANIFEST_FILE}: the reasons do not add up to {manifest.rows_rejected:,} rejected rows"
    for name, rows in ((OBSERVATIONS_FILE, manifest.observations), (REJECTS_FILE, manifest.rows_rejected)):
        yield from _file_faults(folder / name, manifest, rows)


def _file_faults(path: Path, manifest: Manifest, rows: int) -> Iterator[str]:
    from pyarrow import ArrowException
    from pyarrow.parquet import read_metadata

    try:
        with path.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        yield f"{path.name} cannot be read ({error.strerror})"
        return
    if manifest.files.get(path.name, found) != found:
        yield f"{path.name} was changed: it is not what {MANIFEST_FILE} says"
        return
    try:
        counted = read_metadata(path).num_rows
    except (ArrowException, OSError) as error:
        yield f"{path.name} was changed: it cannot be read ({str(error).splitlines()[0]})"
        return
    if counted != rows:
        yield f"{path.name} holds {counted:,} rows; {MANIFEST_FILE} says {rows:,}"
