"""Compiles the figures that come with Waymark: one small Parquet file of what indicators need and licences allow.

Kept are series that an indicator definition names, whose licence allows reuse there and in the file they come from, of
all places. Figures by origin are kept only where `ORIGINS` says so, because they are most of the rows. Same sources,
same bytes.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators import ingest, walled
from waymark.engines.indicators.manifest import Manifest
from waymark.engines.indicators.outcome import Progress
from waymark.engines.indicators.publishers import known_files
from waymark.engines.indicators.schema import OBSERVATIONS
from waymark.engines.indicators.store import OBSERVATIONS_FILE, ORDER, remove
from waymark.gcm.errors import InputError, OutputError
from waymark.gcm.indicators import indicators

MOST_BYTES = 4_000_000
"""The largest the file may be, by the project's own limit."""

ORIGINS = frozenset({"gdidata-undesa-stocks"})
"""Datasets whose figures by origin are bundled: the newest stock of migrants."""

ENDINGS = (".csv", ".csv.gz", ".xlsx", ".parquet", ".zip")


BY_PLACE = sorted(ORDER, key=lambda pair: pair[0] != "place")
"""Place first: a review asks for one place, and then reads a few groups of rows instead of all."""

ROWS_OF_A_GROUP = 16_384


@dataclass(frozen=True, slots=True)
class Made:
    """What was compiled: a manifest per dataset, what was left out and why, rows and bytes of the file."""

    manifests: tuple[Manifest, ...]
    left_out: tuple[tuple[str, str], ...]
    rows: int
    size: int


def compile_bundle(folder: Path, out: Path, *, progress: Progress | None = None) -> Made:
    """Read every source in `folder` and write `observations.parquet` and `manifests/*.json` into `out`.

    Raises InputError when the folder has nothing that may be bundled or the file would be too large, OutputError when
    `out` cannot be written; what was there before is then left as it was.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name.endswith(ENDINGS))
    wanted = frozenset(known.series for known in indicators() if known.licence_allows_reuse)
    tables: list[pa.Table] = []
    manifests: list[Manifest] = []
    left_out: list[tuple[str, str]] = []
    for number, path in enumerate(files):
        if progress:
            progress(number, len(files), sum(table.num_rows for table in tables))
        try:
            prepared = walled.check(path)
        except InputError as refusal:
            left_out.append((path.name, refusal.problem))
            continue
        table, reason = _allowed(prepared, wanted)
        if reason:
            left_out.append((path.name, reason))
        else:
            tables.append(table)
            manifests.append(_restated(prepared.manifest, table))
    if not tables:
        todo = "Name a folder with sources as their publishers give them out"
        raise InputError(str(folder), "Nothing here may be bundled", expected="files of statistics", todo=todo)
    return _written(pa.concat_tables(tables).sort_by(BY_PLACE), manifests, left_out, out)


def _allowed(prepared: ingest.Prepared, wanted: Collection[str]) -> tuple[pa.Table, str]:
    """The rows that may be bundled, and why there are none."""
    if not prepared.manifest.reuse:
        return OBSERVATIONS.empty_table(), f"reuse is not cleared (licence: {prepared.manifest.licence})"
    table = prepared.checked.observations
    table = table.filter(pc.is_in(table.column("series"), pa.array(sorted(wanted), pa.string()))).cast(OBSERVATIONS)
    if prepared.manifest.id not in ORIGINS:
        table = table.filter(pc.invert(pc.match_substring(table.column("disagg"), "origin=")))
    return table, "" if table.num_rows else "no indicator uses its series"


def _restated(manifest: Manifest, table: pa.Table) -> Manifest:
    """The manifest with the counts of what is bundled; the arithmetic of the ingest stays that of the whole file."""
    years = pc.min_max(table.column("year")).as_py()
    note = f"Bundled: {table.num_rows} of {manifest.observations} observations, those that indicators use"
    obtained = known_files().get(manifest.sha256, {}).get("obtained")
    mirror = (f"Obtained {obtained}; the day is not known",) if obtained else ()
    return replace(
        manifest,
        observations=table.num_rows,
        series=len(table.column("series").unique()),
        places=len(table.column("place").unique()),
        years=(years["min"], years["max"]),
        notes=(*manifest.notes, note, *mirror),
    )


def _written(table: pa.Table, manifests: list[Manifest], left_out: list[tuple[str, str]], out: Path) -> Made:
    """Write everything beside its place, then rename it into its place."""
    partial, former = (out.with_name(f".{out.name}-{word}") for word in ("partial", "former"))
    try:
        remove(partial)
        (partial / "manifests").mkdir(parents=True)
        path = partial / OBSERVATIONS_FILE
        ingest.write_observations(table, path, level=19, rows=ROWS_OF_A_GROUP)
        size = path.stat().st_size
        if size > MOST_BYTES:
            todo = "Bundle fewer series or breakdowns"
            raise InputError(str(out), f"The file would have {size:,} bytes", expected=f"{MOST_BYTES:,}", todo=todo)
        digest = ingest.file_digest(path)
        manifests.sort(key=lambda manifest: manifest.id)
        made = tuple(replace(manifest, files={OBSERVATIONS_FILE: digest}) for manifest in manifests)
        for manifest in made:
            (partial / "manifests" / f"{manifest.id}.json").write_text(manifest.to_json(), encoding="utf-8")
        remove(former)
        if out.exists():
            out.rename(former)
        partial.rename(out)
        remove(former)
    except OSError as problem:
        words = problem.strerror or str(problem)
        todo = "Choose another folder with --out"
        raise OutputError(f"{out}: The figures cannot be written ({words}). {todo}.") from None
    finally:
        remove(partial)
    return Made(made, tuple(left_out), table.num_rows, size)
