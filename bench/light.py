"""Quick and light: kept assessments beside made ones, a first and a second review, statements of each read.

Also what a light read loads, and what the process that makes a paper takes.

CPU seconds and memory hold also on a machine that does other work; every number is of a fresh process. The floor of the
memory is a Python process that does nothing but start.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PLACES = ("GEO", "QOR")
CYCLE = "imrf-2026"
RUNS = 3
GOALS = {"statements_of_a_review": 25, "heavy_packages_of_light_reads": 0, "paper_peak_mib": 300}

KEEP = """
from datetime import date
from waymark.engines.indicators.keeping import keep
from waymark.interfaces.cli.folders import data_folder
days = (date(2026, 5, 8), date(2022, 5, 20))
keep(sys.argv[1], days, datasets=data_folder("datasets"), kept=data_folder("assessments"))
"""
COMMAND = """
from waymark.interfaces.cli.main import main
assert main(["review", sys.argv[1], "--cycle", "imrf-2026", "--out", sys.argv[2]]) == 0
"""
PAPER = """
from waymark.papers.child import PAPERS
import pickle
PAPERS["review"](pickle.load(open(sys.argv[1], "rb")))
"""
READS = """
import waymark.queries.commitments.reading, waymark.queries.documents.listing, waymark.queries.networks.reading
import waymark.queries.organisations.reading, waymark.queries.reviews.data, waymark.queries.search.asking
"""
DJANGO = """
from waymark.interfaces.cli.record import open_record
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "waymark.config.settings"
open_record()
"""
HAND_OVER = """
import pickle
from waymark.interfaces.cli.folders import data_folder
from waymark.queries.reviews.data import review_data, review_scope
data = review_data(review_scope(sys.argv[1], "imrf-2026"), folder=data_folder("datasets"),
                   kept=data_folder("assessments"))
pickle.dump(data, open(sys.argv[2], "wb"))
"""
COUNTS = """
import json
from datetime import date
from django.db import connection
from django.test.utils import CaptureQueriesContext
from waymark.interfaces.cli.folders import data_folder
from waymark.queries.commitments.reading import commitments_of
from waymark.queries.documents.listing import documents
from waymark.queries.networks.reading import networks_of
from waymark.queries.organisations.reading import organisations_on
from waymark.queries.reviews.data import review_data, review_scope
from waymark.queries.search.asking import search, search_folder
from waymark.queries.sources.reading import SourceBook
from waymark.records.viewers import PUBLIC
connection.ensure_connection()
day = date(2026, 5, 8)
book = organisations_on(day, PUBLIC, "en")
given = {"viewer": PUBLIC, "day": day, "language": "en", "organisations": book}
scope = lambda audience: review_scope("QOR", "imrf-2026", audience=audience)
reads = {
    "review, public": lambda: review_data(scope("public"), folder=data_folder("datasets")),
    "review, network": lambda: review_data(scope("network"), folder=data_folder("datasets")),
    "commitments": lambda: commitments_of("QOR", **given),
    "organisations": lambda: organisations_on(day, PUBLIC, "en"),
    "networks": lambda: networks_of("QOR", sources=SourceBook(), **given),
    "documents": lambda: documents(PUBLIC, place="QOR"),
    "search": lambda: search(text="remittances", viewer=PUBLIC, folder=search_folder()),
}
counted = {}
for name, read in reads.items():
    with CaptureQueriesContext(connection) as seen:
        read()
    counted[name] = len(seen)
sys.stderr.write("COUNTS " + json.dumps(counted) + chr(10))
"""
SMALL = """
import csv, json, time
from importlib.resources import files
from waymark.engines.documents.words.tokens import tokens
from waymark.gcm import places
PASSAGE = ("The State's programmes protect migrants' labour rights; access to education follows (A/RES/73/195). " * 8)
def best(act, runs):
    def once():
        start = time.process_time()
        act()
        return time.process_time() - start
    return min(once() for _ in range(runs))
def table():
    places.by_code.cache_clear()
    places.memberships.cache_clear()
    places.places()
def bare():
    for name in ("places.csv", "memberships.csv"):
        with files("waymark").joinpath("catalogue", "places", name).open(encoding="utf-8", newline="") as lines:
            list(csv.DictReader(lines))
tokens(PASSAGE, "en")
found = {"words_of_120": best(lambda: tokens(PASSAGE, "en"), 200), "split_of_120": best(PASSAGE.split, 200),
         "places": best(table, 5), "bare_csv": best(bare, 5)}
sys.stderr.write("SMALL " + json.dumps(found) + chr(10))
"""
END = """
used = resource.getrusage(resource.RUSAGE_SELF)
heavy = sorted({"pandas", "ibis", "pyarrow", "duckdb"} & set(sys.modules))
import json
from bench.machine import peak_mib
own = used.ru_utime + used.ru_stime
of = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.write("END " + json.dumps({"cpu": own, "cpu_of_children": of.ru_utime + of.ru_stime, "peak_mib": peak_mib(),
                                      "heavy": len(heavy)}) + chr(10))
"""


def fresh(code: str, environment: dict[str, str], *arguments: str) -> tuple[dict[str, Any], str]:
    """What one fresh process used, and what it wrote on standard error."""
    whole = f"import resource, sys\n{code}\n{END}"
    done = subprocess.run(
        [sys.executable, "-c", whole, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    line = next(line for line in done.stderr.splitlines() if line.startswith("END "))
    return dict(json.loads(line.removeprefix("END "))), done.stderr


def medians(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The median of each number."""
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}


def of_a_place(place: str, environment: dict[str, str], folder: Path) -> dict[str, Any]:
    """Making and finding the assessments of a place; the first and the second review; the paper's own process."""
    kept, out, handed = folder / "data" / "assessments", str(folder / place), str(folder / "handed")
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("made", "kept", "first", "second", "paper")}
    for _ in range(RUNS):
        shutil.rmtree(kept, ignore_errors=True)
        found["made"].append(fresh(KEEP, environment, place)[0])
        found["kept"].append(fresh(KEEP, environment, place)[0])
        shutil.rmtree(kept, ignore_errors=True)
        found["first"].append(fresh(COMMAND, environment, place, out)[0])
        found["second"].append(fresh(COMMAND, environment, place, out)[0])
        fresh(DJANGO + HAND_OVER, environment, place, handed)
        found["paper"].append(fresh(PAPER, environment, handed)[0])
    return {name: medians(runs) for name, runs in found.items()}


def run() -> dict[str, Any]:
    """Measure on the demonstrations, in a folder of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "WAYMARK_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT)}
        waymark = [sys.executable, "-m", "waymark"]
        for words in (["demo", "--out", str(folder / "demo")], ["search", "--rebuild", "remittances"]):
            subprocess.run([*waymark, *words], env=environment, check=True, capture_output=True, cwd=ROOT)
        places = {place: of_a_place(place, environment, folder) for place in PLACES}
        said = fresh(DJANGO + COUNTS, environment)[1]
        counted = next(line for line in said.splitlines() if line.startswith("COUNTS ")).removeprefix("COUNTS ")
        small = fresh(SMALL, environment)[1].split("SMALL ")[1].splitlines()[0]
        return {
            "floor": medians([fresh("", environment)[0] for _ in range(RUNS)]),
            "light_reads_loaded": medians([fresh(DJANGO + READS, environment)[0] for _ in range(RUNS)]),
            "places": places,
            "statements": json.loads(counted),
            "small_microseconds": {name: round(1e6 * value, 1) for name, value in json.loads(small).items()},
            "goals": GOALS,
        }
