"""Ingest of the whole SDG database in DDF form (zip) with all checks, beside the plain Arrow floor of the same run.

Goal (issue 2, section 6): at most 2.5 times the floor. The floor reads each member with PyArrow's CSV reader, types
inferred, and writes Parquet (zstd), one file per shape of header: no areas, units, ranges, duplicates, order, manifest
or rejects. It is measured with one and with all threads; the faster one counts. Ours is `ingest.add` into a new store:
digest, every check, one sorted Parquet file flushed to disk, rejects, manifest. Memory is the greatest resident size of
a process of its own; the same process without the ingest is given beside it. What the wall costs is the processor time
of whole commands, all their processes counted, that read the source in their own process and behind the wall.
Without the real zip one of the same shape is generated: 472 series, 1.1 million rows, fixed seed.
"""

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from bench.machine import timed, write
from waymark.engines.indicators import ingest, walled
from waymark.engines.indicators.store import Store
from waymark.gcm.places import places

GOAL = 2.5
REAL = "unsd-sdg-global-2020-10-ddf.zip"
SERIES, ROWS = 472, 1_128_726
SEXES, AGES = ("bothsex", "female", "male"), ("allage", "15_24", "25")


def run(data: Path | None = None) -> dict[str, Any]:
    """Measure with the real zip in folder `data`, else with a generated one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        real = data / REAL if data else None
        source = real if real and real.exists() else generated(folder / "ddf.zip")
        runs = count()
        floors = {
            "floor_one_thread": timed(lambda: floor(source, fresh(folder, runs), threads=False), runs=5),
            "floor_all_threads": timed(lambda: floor(source, fresh(folder, runs), threads=True), runs=5),
        }
        ours = timed(lambda: ingest.add(source, store=Store(fresh(folder, runs))), runs=5)
        manifest = ingest.add(source, store=Store(fresh(folder, runs)))
        least = min(result["wall_median"] for result in floors.values())
        return {
            **floors,
            "waymark": ours,
            "ratio": ours["wall_median"] / least,
            "goal_ratio": GOAL,
            "input": "real" if source == real else "generated",
            "rows": manifest.rows_read,
            "rejected": manifest.rows_rejected,
            "rows_per_second": manifest.rows_read / ours["wall_median"],
            "wall": wall(source, folder, runs),
            "peak_mib": peak(source, fresh(folder, runs)),
            "peak_mib_before_reading": peak(None, folder),
        }


def fresh(folder: Path, runs: "count[int]") -> Path:
    """A new empty folder."""
    path = folder / f"run-{next(runs)}"
    path.mkdir()
    return path


def floor(source: Path, folder: Path, *, threads: bool) -> None:
    """CSV members to Parquet, nothing else."""
    writers: dict[tuple[Any, ...], pq.ParquetWriter] = {}
    with zipfile.ZipFile(source) as archive:
        for entry in archive.infolist():
            if "datapoints" not in entry.filename:
                continue
            options = pacsv.ReadOptions(use_threads=threads)
            table = pacsv.read_csv(pa.py_buffer(archive.read(entry)), read_options=options)
            table = table.rename_columns([*table.column_names[:-1], "value"])
            shape = (tuple(table.schema.names), tuple(map(str, table.schema.types)))
            if shape not in writers:
                path = folder / f"{len(writers)}.parquet"
                writers[shape] = pq.ParquetWriter(path, table.schema, compression="zstd")
            writers[shape].write_table(table)
    for writer in writers.values():
        writer.close()


def peak(source: Path | None, folder: Path) -> float:
    """Greatest resident size, in MiB, of a process that ingests the source, or only starts."""
    words = [sys.executable, "-m", "bench.ingest", "--peak", str(folder), *([str(source)] if source else [])]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def wall(source: Path, folder: Path, runs: "count[int]") -> dict[str, float]:
    """Processor seconds of a command without and with the wall, their ratio, and the same of a file of one row."""
    small = folder / "small.csv"
    small.write_text("series,place,year,value\na,GEO,2015,1\n", encoding="utf-8")
    found = {}
    for name, path in (("", source), ("small_", small)):
        for door in ("ingest", "walled"):
            taken = []
            for _ in range(5):
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                words = [sys.executable, "-m", "bench.ingest", "--add", door, str(fresh(folder, runs)), str(path)]
                subprocess.run(words, check=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            found[f"{name}{door}_cpu"] = statistics.median(taken)
    return {**found, "ratio": found["walled_cpu"] / found["ingest_cpu"]}


def generated(path: Path) -> Path:
    """A zip of the same number of series and rows as the real one, by a fixed seed."""
    draw = random.Random(0)
    codes = [place.m49.lstrip("0") for place in places() if place.kind == "country" and place.m49]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(SERIES):
            wide = number % 3 == 0
            head = (
                ["age", "geo_area", "nature", "sex", "units", "year"]
                if wide
                else ["geo_area", "nature", "units", "year"]
            )
            lines = [",".join([*head, f"made_up_{number}"])]
            share = ROWS // SERIES + (number < ROWS % SERIES)
            for row in range(share):
                area, year = codes[row % len(codes)], str(2000 + row // len(codes) % 20)
                part = row // len(codes) // 20
                value = f"{draw.uniform(0, 100):.3f}"
                sides = (
                    [AGES[part % 3], area, "c", SEXES[part // 3 % 3], "index", year]
                    if wide
                    else [area, "c", "index", year]
                )
                lines.append(",".join([*sides, value]))
            archive.writestr(f"ddf--datapoints--made_up_{number}.csv", "\n".join(lines) + "\n")
    return path


def main(words: list[str]) -> None:
    """Measure and write the result; with --peak FOLDER [SOURCE] print the greatest resident size.

    With --add DOOR FOLDER SOURCE it only adds the source to a new store.
    """
    if words[:1] == ["--add"]:
        {"ingest": ingest, "walled": walled}[words[1]].add(Path(words[3]), store=Store(Path(words[2]) / "store"))
        return
    if words[:1] == ["--peak"]:
        if len(words) > 2:
            ingest.add(Path(words[2]), store=Store(Path(words[1]) / "store"))
        status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage would tell the parent's peak too
        print(float(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024)
        return
    result = run(Path(words[0]) if words else None)
    print(write("ingest", result).read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
