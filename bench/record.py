"""Speed of the record on SQLite: the commitments of a country and a list of its reports, alone and among twenty.

The record is that of the demonstration Orvenia, loaded as `waymark demo` loads it. The other countries are copies of
its rows, made in the database. Milliseconds are of the processor. A process opens both records and reads them turn by
turn, so that other work on the machine slows both; the numbers are medians of three such processes. The floor is a
fixed piece of work in Python in the same turns: where it takes longer than on another day, the machine was busy. The
names of all bodies are read before the commitments, as a page does that names them more than once; that reading stands
beside.
"""

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

COUNTRIES = 20
ROUNDS = 3
RUNS = 15
ROWS = 100
DAY = date(2026, 5, 8)
PLACE, NETWORK = "QOR", "qor-network"
NAMED = ("code", "urn", "keeper", "sealed_by", "subject", "sha256", "receipt_hash")
"""Columns that name a row or its keeper, or that may stand once only; a copy has its number added."""

FAR = 1_000_000
"""How far apart the ids of two copies are."""

GOALS = {
    "commitments_cpu_ms": 60,
    "commitments_statements": 10,
    "reports_cpu_ms": 20,
    "ratio_of_twenty_countries": [0.8, 1.2],
}
MAKE = "from bench.record import make; make()"


def make() -> None:
    """Load Orvenia into the data folder of the environment; say which rows were there before, by table."""
    from waymark.interfaces.cli.record import prepare_record

    prepare_record()
    from django.apps import apps

    from waymark.interfaces.cli.demonstrations import load
    from waymark.records.actors import Actor

    models = apps.get_app_config("records").get_models(include_auto_created=True)
    shared = {row._meta.db_table: _last(row) for row in models}
    load("orvenia", by=Actor.operator())
    print(json.dumps(shared))


def _last(model: Any) -> int:
    """The greatest id of a table."""
    return int(model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0)


def copy_countries(one: Path, into: Path, shared: Mapping[str, int], number: int) -> dict[str, int]:
    """Copy what lies beyond the `shared` ids of `one`, and the country itself, `number` times; returns rows by table.

    Ids and the keys to rows that are copied too are moved; what names a row gets the number of the copy. The log is
    left alone: no copy was acted. Raises sqlite3.IntegrityError when a key then points to nothing.
    """
    from django.apps import apps

    connection = sqlite3.connect(into)
    connection.execute("ATTACH ? AS origin", (str(one),))
    place = connection.execute("SELECT id FROM records_place WHERE code = ?", (PLACE,)).fetchone()[0]
    copied = {"records_place": f"= {place}"}  # the places beside it belong to the catalogue
    models = [
        model
        for model in apps.get_app_config("records").get_models(include_auto_created=True)
        if model.__module__ != "waymark.records.events" and model._meta.db_table != "records_place_parents"
    ]
    for model in models:
        copied.setdefault(model._meta.db_table, f"> {shared[model._meta.db_table]}")
    connection.execute("PRAGMA foreign_keys = OFF")
    with connection:
        for model in models:
            connection.executemany(*_copying(model, copied, number))
    lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        raise sqlite3.IntegrityError(f"{len(lost)} keys of copied rows point to nothing, the first: {lost[0]}")
    counts = {table: connection.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0] for table in sorted(copied)}
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return counts


def copied(one: str, into: str, shared: Mapping[str, int]) -> None:
    """In a process of its own: add the other countries."""
    import django

    django.setup()
    print(json.dumps(copy_countries(Path(one), Path(into), shared, COUNTRIES - 1)))


def _copying(model: Any, copied: Mapping[str, str], number: int) -> tuple[str, list[dict[str, Any]]]:
    """The statement that copies the rows of one table, with the numbers of the copies."""
    table = model._meta.db_table
    columns, values = [], []
    for field in model._meta.concrete_fields:
        name = f'"{field.column}"'
        target = field.related_model._meta.db_table if field.is_relation else table if field.primary_key else ""
        columns.append(name)
        if target in copied:
            values.append(f"CASE WHEN {name} {copied[target]} THEN {name} + :far ELSE {name} END")
        elif field.name in NAMED:
            values.append(f"CASE WHEN {name} > '' THEN {name} || :mark ELSE {name} END")
        else:
            values.append(name)
    words = f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM origin.{table} "
    words += f"WHERE id {copied[table]}"
    return words, [{"far": FAR * at, "mark": f"~{at}"} for at in range(1, number + 1)]


def readers() -> dict[str, Any]:
    """Who reads: the public, all members of the network, and its officer in office."""
    from waymark.records.people import Duty, PostHolding
    from waymark.records.permissions import viewer_of
    from waymark.records.viewers import PUBLIC, network_viewer

    seats = PostHolding.objects.filter(post__duty=Duty.SECRETARIAT_OFFICER, keeper=NETWORK).on(DAY).order_by("id")
    return {"public": PUBLIC, "network": network_viewer(NETWORK), "officer": viewer_of([seats[0]], DAY)}


def work_of(viewer: Any) -> dict[str, Callable[[], Any]]:
    """Every read that is measured, ready to be made; each gives what it found."""
    from waymark.queries.commitments.reading import commitments_of
    from waymark.queries.organisations.reading import organisations_on
    from waymark.queries.reports.reading import reports_of

    asked = {"viewer": viewer, "day": DAY, "language": "en"}
    book = organisations_on(DAY, viewer, "en", place=PLACE)
    return {
        "commitments": lambda: commitments_of(PLACE, organisations=book, **asked),
        "reports": lambda: reports_of(NETWORK, limit=ROWS, **asked).rows,
        "bodies": lambda: organisations_on(DAY, viewer, "en", place=PLACE).views,
    }


def piece_of_work() -> list[int]:
    """A fixed piece of work in Python, about as long as the shorter of the reads."""
    return [len(json.loads(json.dumps({"number": at, "words": ["a", "b"]}))) for at in range(1500)]


def read(one: str, many: str) -> None:
    """In a process of its own: CPU milliseconds, statements and rows of each read of each reader, in both records."""
    import django

    django.setup()
    from django.db import connection, connections

    records = {}
    for which, file in (("one_country", one), ("twenty_countries", many)):
        connections["default"] = records[which] = connections.create_connection("default")
        records[which].settings_dict = {**records[which].settings_dict, "NAME": file}
        connection.ensure_connection()
    works: dict[str, dict[str, Callable[[], Any]]] = {"floor": {"python": piece_of_work}}
    works |= {name: work_of(viewer) for name, viewer in readers().items()}
    found: dict[str, Any] = {which: {name: {} for name in works} for which in records}
    for name, nouns in works.items():
        for noun, work in nouns.items():
            for which, numbers in _by_turns(work, records).items():
                found[which][name][noun] = numbers
    print(json.dumps(found))


def _by_turns(work: Callable[[], Any], records: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """One piece of work on each record in turn, after a first time that warms and is counted."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    counted, taken = {}, {which: list[float]() for which in records}
    for which, record in records.items():
        connections["default"] = record
        with CaptureQueriesContext(record) as seen:
            rows = len(work())
        counted[which] = {"statements": len(seen), "rows": rows}
    for _ in range(RUNS):
        for which, record in records.items():
            connections["default"] = record
            start = time.process_time()
            work()
            taken[which].append(1000 * (time.process_time() - start))
    return {which: {"cpu_ms": statistics.median(taken[which]), **counted[which]} for which in records}


def _fresh(code: str, folder: Path) -> Any:
    environment = {**os.environ, "WAYMARK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "waymark.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _median(runs: list[Any]) -> Any:
    """The runs as one, with the median of each number."""
    if isinstance(runs[0], dict):
        return {name: _median([run[name] for run in runs]) for name in runs[0]}
    return round(statistics.median(runs), 1) if isinstance(runs[0], float) else runs[0]


def run() -> dict[str, Any]:
    """Measure in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        one, many = Path(name) / "one", Path(name) / "many"
        shared = _fresh(MAKE, one)
        shutil.copytree(one, many)
        files = [str(folder / "waymark.sqlite3") for folder in (one, many)]
        copying = f"from bench.record import copied; copied(*{files!r}, {shared!r})"
        rows = _fresh(copying, many)
        reading = f"from bench.record import read; read(*{files!r})"
        found = _median([_fresh(reading, one) for _ in range(ROUNDS)])
    alone, among = found["one_country"], found["twenty_countries"]
    ratios = {
        who: {noun: round(among[who][noun]["cpu_ms"] / row["cpu_ms"], 2) for noun, row in nouns.items()}
        for who, nouns in alone.items()
        if who != "floor"
    }
    kept = ("records_network", "records_commitment", "records_progressreport", "records_organisation")
    return {
        **found,
        "ratio_of_twenty_countries": ratios,
        "rows_of_twenty_countries": {table.removeprefix("records_"): rows[table] for table in kept},
        "goals": GOALS,
    }
