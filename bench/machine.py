"""What a measurement ran on, and how results are kept."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("duckdb", "ibis-framework", "polars", "pandas", "pyarrow", "typst", "python-docx", "django")


def machine() -> dict[str, Any]:
    """Processor count, system and package versions; no name of the machine and no path."""
    return {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "load": [round(load, 2) for load in os.getloadavg()],
    }


def timed(work: Callable[[], object], *, runs: int = 5, warm: int = 1) -> dict[str, float]:
    """Median, least and greatest wall and CPU seconds of `runs` calls after `warm` calls that do not count."""
    for _ in range(warm):
        work()
    wall, cpu = [], []
    for _ in range(runs):
        start, start_cpu = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    return {
        "wall_median": statistics.median(wall),
        "wall_min": min(wall),
        "wall_max": max(wall),
        "cpu_median": statistics.median(cpu),
        "runs": runs,
    }


def peak_mib() -> float:
    """The greatest memory this process held since its program began, in MiB (`VmHWM`).

    Not `ru_maxrss`: a process that is started by a larger one begins with the peak of that one, and keeps it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return round(int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024, 1)


def write(name: str, result: dict[str, Any]) -> Path:
    """Keep a result as bench/results/<name>.json."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({"machine": machine(), **result}, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path
