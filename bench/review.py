"""The main job: one review from the record to its files, warm in one process, and as a whole command.

Budgets of DESIGN section 7: data → HTML + PDF/UA + DOCX ≤ 2 s CPU warm, ≤ 300 MiB; the whole command ≤ 5 s;
`waymark --help` ≤ 0.3 s.
The floor in the same run is a Python process that does nothing but start.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.machine import peak_mib, timed

PROGRAM = [sys.executable, "-m", "waymark"]
WARM = """
import json, sys
from bench.review import warm_in_this_process
print(json.dumps(warm_in_this_process(sys.argv[1])))
"""


def warm_in_this_process(place: str) -> dict[str, Any]:
    """CPU and wall seconds of review data → three formats after a warm run, and this process's peak memory (MiB)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waymark.config.settings")
    import django

    django.setup()
    from waymark.interfaces.cli.folders import data_folder
    from waymark.papers.review import rendered, review_paper
    from waymark.queries.reviews.data import review_data, review_scope

    scope = review_scope(place, "imrf-2026")
    data = review_data(scope, folder=data_folder("datasets"))
    rendered(review_paper(data, "0" * 64), data)
    peak = peak_mib()  # of one review in a fresh process; Typst remembers later runs of a process on top of it
    formats = timed(lambda: rendered(review_paper(data, "0" * 64), data), warm=0)
    reading = timed(lambda: review_data(scope, folder=data_folder("datasets")))
    return {"formats": formats, "read_data": reading, "peak_mib": peak}


def seconds(command: list[str], environment: dict[str, str], runs: int = 5) -> dict[str, float]:
    """Median, least and greatest wall seconds of a command as a process of its own."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return {"wall_median": statistics.median(times), "wall_min": min(times), "wall_max": max(times)}


def run() -> dict[str, Any]:
    """Measure both demonstrations in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "WAYMARK_DATA": str(Path(folder) / "data")}
        out = str(Path(folder) / "demo")
        first = seconds([*PROGRAM, "demo", "--out", out], environment, runs=1)
        second = seconds([*PROGRAM, "demo", "--out", out], environment, runs=3)
        commands = {
            place: seconds(
                [*PROGRAM, "review", place, "--cycle", "imrf-2026", "--out", str(Path(folder) / place)], environment
            )
            for place in ("GEO", "QOR")
        }
        warm = {}
        for place in ("GEO", "QOR"):
            output = subprocess.run(
                [sys.executable, "-c", WARM, place], env=environment, check=True, capture_output=True, text=True
            )
            warm[place] = json.loads(output.stdout.splitlines()[-1])
        floor = seconds([sys.executable, "-c", "pass"], environment)
        usage = seconds([*PROGRAM, "--help"], environment)
    return {
        "demo_first": first,
        "demo_second": second,
        "command": commands,
        "warm": warm,
        "help": usage,
        "floor_python": floor,
        "ratio_help_to_floor": usage["wall_median"] / floor["wall_median"],
        "goals": {"formats_cpu": 2.0, "peak_mib": 300, "command_wall": 5.0, "help_wall": 0.3, "demo_second": 10.0},
    }
