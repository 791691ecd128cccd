"""Assessing 4.5 million observations: ours (Ibis on DuckDB) beside hand-written SQL, Polars and pandas.

All read the same Parquet file, keep the same rules, write the same columns and may use the same number of threads. Each
run of an engine is a process of its own: one warm-up, then timed calls; engines take turns, so that a busy machine
disturbs all alike. Peak memory is that of the whole process, libraries included. CPU seconds are the steadier ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.machine import RESULTS, peak_mib, write

ROUNDS, RUNS = 3, 2
"""Processes per engine, and timed calls in each: six timed calls in all."""
DDF = "unsd-sdg-global-2020-10-ddf.zip"
FOLDER = RESULTS.parent.parent / "build" / "bench"
METHODS = ("unsd-progress-chart-2023", "opensdg-2.4")
ENGINES = ("duckdb", "ibis", "ibis-two-methods", "polars", "pandas")
GOALS = {"wall": 1.15, "further_method": 1.10, "peak_mib": 400}


def run(data: Path | None = None) -> dict[str, Any]:
    """Measure every engine; `data` is the folder with the DDF zip, without it the table is generated."""
    import pyarrow.parquet as pq

    from bench.data import ROWS, build, rules
    from waymark.engines.indicators.statistics import rules_table

    ddf = data / DDF if data and (data / DDF).exists() else None
    table = build(FOLDER / ("assess-real.parquet" if ddf else "assess-made.parquet"), ddf)
    rule_file = table.with_suffix(".rules.json")
    given = rules(table)
    rule_file.write_text(json.dumps([asdict(rule) for rule in given]), encoding="utf-8")
    pq.write_table(rules_table(given), rule_file.with_suffix(".parquet"))
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        outputs = {engine: Path(folder) / f"{engine}.parquet" for engine in ENGINES}
        found: dict[str, list[dict[str, Any]]] = {engine: [] for engine in ENGINES}
        for _ in range(ROUNDS):
            for engine, output in outputs.items():
                found[engine].append(_child(engine, table, rule_file, output))
        counts = {engine: _counts(output) for engine, output in outputs.items()}
    entries = {engine: _entry(runs) for engine, runs in found.items()}
    result = {
        "input": {"rows": ROWS, "table": "real" if ddf else "generated", "keys": sum(counts["duckdb"].values())},
        "entries": entries,
        "ratios": _ratios(entries),
        "goals": GOALS,
        "counts": counts["duckdb"],
        "counts_agree": all(found == counts["duckdb"] for found in counts.values()),
    }
    write("assess", result)
    _child("plan", table, rule_file, RESULTS / "assess-plan.txt")
    return result


def _child(engine: str, table: Path, rules: Path, output: Path) -> dict[str, Any]:
    """Run one engine in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "bench.assess", engine, str(table), str(rules), str(output)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=RESULTS.parent.parent)
    return dict(json.loads(done.stdout or "{}"))


def _entry(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians of all timed calls of one engine."""
    wall, cpu = ([second for run in runs for second in run[name]] for name in ("wall", "cpu"))
    return {
        "wall_median": statistics.median(wall),
        "wall_min": min(wall),
        "cpu_median": statistics.median(cpu),
        "cpu_min": min(cpu),
        "peak_mib": statistics.median(run["peak_mib"] for run in runs),
        "start_seconds": statistics.median(run["start"] for run in runs),
        "first_call_seconds": statistics.median(run["first"] for run in runs),
        "runs": len(wall),
    }


def _ratios(entries: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Ours against the hand-written SQL, the second method against one, and the peers."""
    ratios = {}
    for name in ("wall_median", "wall_min", "cpu_median", "cpu_min"):
        floor, ours = entries["duckdb"][name], entries["ibis"][name]
        ratios[f"ibis_to_duckdb_{name}"] = ours / floor
        ratios[f"two_methods_to_one_{name}"] = entries["ibis-two-methods"][name] / ours
        ratios |= {f"{peer}_to_duckdb_{name}": entries[peer][name] / floor for peer in ("polars", "pandas")}
    return {name: round(ratio, 3) for name, ratio in ratios.items()}


def _counts(output: Path) -> dict[str, int]:
    """How many keys each category and reason has in a result."""
    import duckdb

    category, reason = (f"unsd_progress_chart_2023_{name}" for name in ("category", "reason"))
    rows = duckdb.execute(
        f"select {category}, coalesce({reason}, ''), count(*) from read_parquet(?) group by all order by all",
        [str(output)],
    ).fetchall()
    return {f"{name}{': ' if why else ''}{why}": count for name, why, count in rows}


def _work(engine: str, table: Path, rules: Path, output: Path) -> Callable[[], object]:
    """What one engine does, ready to be called."""
    import duckdb

    from bench import assess_peers

    threads = os.cpu_count() or 1
    rule_table = rules.with_suffix(".parquet")
    if engine == "duckdb":
        connection = duckdb.connect(config={"threads": threads})
        return lambda: assess_peers.with_duckdb(table, rule_table, output, connection)
    if engine in assess_peers.PEERS:
        return lambda: assess_peers.PEERS[engine](table, rule_table, output)
    from waymark.engines.indicators.assess import assess_file
    from waymark.engines.indicators.statistics import SeriesRule

    given = [SeriesRule(**row) for row in json.loads(rules.read_text(encoding="utf-8"))]
    methods = METHODS if engine == "ibis-two-methods" else METHODS[:1]
    connection = duckdb.connect(config={"threads": threads})
    return lambda: assess_file(table, output, given, methods=methods, connection=connection)


def _measure(engine: str, table: Path, rules: Path, output: Path) -> dict[str, Any]:
    """The seconds to start, of the first call, and of the timed calls; the peak of memory."""
    begun = time.perf_counter()
    work = _work(engine, table, rules, output)
    start = time.perf_counter() - begun
    wall, cpu = [], []
    for _ in range(RUNS + 1):
        clock, used = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - clock)
        cpu.append(time.process_time() - used)
    return {"start": start, "first": wall[0], "wall": wall[1:], "cpu": cpu[1:], "peak_mib": peak_mib()}


def main() -> None:
    """One engine in this process; `plan` writes DuckDB's plan of the hand-written SQL instead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=[*ENGINES, "plan"])
    for name in ("table", "rules", "output"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    if given.engine != "plan":
        print(json.dumps(_measure(given.engine, given.table, given.rules, given.output)))
        return
    import duckdb

    from bench.assess_peers import plan

    connection = duckdb.connect(config={"threads": os.cpu_count() or 1})
    text = plan(given.table, given.rules.with_suffix(".parquet"), connection)
    given.output.write_text(text.replace(str(given.table), given.table.name), encoding="utf-8")


if __name__ == "__main__":
    main()
