"""Adding datasets: once, whole or not at all."""

import fcntl
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stops import stopped
from waymark.engines.indicators import ingest
from waymark.engines.indicators.store import Store
from waymark.gcm.errors import InputError, OutputError, RefusedError

TIDY = "series,place,year,value\na,GEO,2015,1\na,GEO,2016,..\n"


def snapshot(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_a_manifest_says_what_is_known(store, write):
    manifest = ingest.add(
        write("Births (2).csv", TIDY),
        store=store,
        publisher="Office",
        licence="CC BY 4.0",
        retrieved="2026-01-31",
        address="https://example.org",
    )
    assert manifest.id == "births-2"
    assert (manifest.rows_read, manifest.rows_stored, manifest.rows_rejected) == (2, 1, 1)
    assert manifest.rejected_by_reason == {"no-value": 1}
    assert (manifest.publisher, manifest.licence, manifest.retrieved, manifest.released) == (
        "Office",
        "CC BY 4.0",
        "2026-01-31",
        "unknown",
    )
    assert (manifest.series, manifest.places, manifest.years, manifest.reuse) == (1, 1, (2015, 2015), False)
    assert store.manifest("births-2") == manifest
    assert ingest.faults(store, manifest) == []


def test_publishers_are_told_by_their_series(store, write):
    text = "Country Name,Country Code,Indicator Name,Indicator Code,2019\nGeorgia,GEO,R,BM.TRF.PWKR.CD.DT,5\n"
    manifest = ingest.add(write("x.csv", text), store=store)
    assert (manifest.publisher, manifest.licence, manifest.reuse) == ("World Bank", "CC BY 4.0", True)


def test_a_second_ingest_of_the_same_file_changes_nothing(store, write):
    path = write("a.csv", TIDY)
    first = ingest.add(path, store=store)
    before, times = snapshot(store.root), {p: p.stat().st_mtime_ns for p in store.root.rglob("*.parquet")}
    again = ingest.add(write("other-name.csv", TIDY), store=store)
    assert (first.already, again.already) == (False, True)
    assert again == first
    assert snapshot(store.root) == before
    assert {p: p.stat().st_mtime_ns for p in store.root.rglob("*.parquet")} == times


def test_another_file_of_the_same_name_is_refused_unless_asked(store, write):
    ingest.add(write("a.csv", TIDY), store=store)
    before = snapshot(store.root)
    path = write("a.csv", TIDY + "a,GEO,2017,3\n")
    with pytest.raises(RefusedError, match="or replace the former one"):
        ingest.add(path, store=store)
    assert snapshot(store.root) == before
    ingest.add(path, store=store, replace_former=True)
    assert store.observations().column("value").to_pylist() == [1.0, 3.0]
    assert not list(store.root.glob(".former-*"))


@pytest.mark.parametrize(
    "facts", [{"dataset": "Über"}, {"dataset": "../x"}, {"retrieved": "yesterday"}, {"released": "2021-3"}]
)
def test_facts_have_a_form(store, write, facts):
    with pytest.raises(InputError, match="Expected"):
        ingest.add(write("a.csv", TIDY), store=store, **facts)
    assert not store.root.exists()


def test_a_refused_file_leaves_the_store_as_it_was(store, write):
    ingest.add(write("a.csv", TIDY), store=store)
    before = snapshot(store.root)
    with pytest.raises(InputError):
        ingest.add(write("b.csv", "series,place,year,value\na,GEO,2015,..\n"), store=store)
    assert snapshot(store.root) == before


def test_progress_tells_bytes_and_rows(store, zipped):
    seen = []
    path = zipped("a.zip", {"a.csv": TIDY, "b.csv": TIDY.replace("a,GEO", "b,GEO")})
    ingest.add(path, store=store, progress=lambda *state: seen.append(state))
    assert [state[2] for state in seen] == [2, 4, 4]
    assert seen[-1][0] == seen[-1][1] == 2 * len(TIDY)


def test_a_check_stores_nothing(tmp_path, write):
    report = ingest.check(write("a.csv", TIDY))
    assert report.manifest.rows_stored == 1
    assert {path.name for path in tmp_path.iterdir()} == {"sources"}


def test_one_ingest_at_a_time(store, write, monkeypatch):
    monkeypatch.setattr(ingest, "PATIENCE", 0.0)
    store.root.mkdir()
    with (store.root / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(RefusedError, match="are being added here already"):
            ingest.add(write("a.csv", TIDY), store=store)
    assert ingest.add(write("a.csv", TIDY), store=store).rows_stored == 1


@pytest.mark.parametrize("place", ["a-file", "a-file/below"])
def test_a_store_that_cannot_be_written(tmp_path, write, place):
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(OutputError, match="nothing was changed") as caught:
        ingest.add(write("a.csv", TIDY), store=Store(tmp_path / place))
    assert caught.value.exit_code == 4


def test_changed_and_missing_files_are_found(store, write):
    manifest = ingest.add(write("a.csv", TIDY), store=store)
    (store.root / "a" / "observations.parquet").write_bytes(b"changed")
    (store.root / "a" / "rejects.parquet").unlink()
    assert ingest.faults(store, manifest) == [
        "observations.parquet was changed after it was written",
        "rejects.parquet is missing",
    ]


ADD = (
    "import sys, resource\n"
    "from pathlib import Path\n"
    "from waymark.engines.indicators import ingest\n"
    "from waymark.engines.indicators.store import Store\n"
    "from waymark.gcm.errors import WaymarkError\n"
    "limit = int(sys.argv[3])\n"
    "if limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
    "print('ready', flush=True)\n"
    "try: print(ingest.add(Path(sys.argv[1]), store=Store(Path(sys.argv[2]))).id)\n"
    "except WaymarkError as refusal: sys.exit(str(refusal))\n"
)


@pytest.fixture
def large(write):
    rows = "".join(f"s{n % 50},GEO,{1900 + n // 50 % 150},{n},{n}\n" for n in range(100_000))
    return write("large.csv", "series,place,year,value,sample\n" + rows)


def test_a_full_disk_leaves_nothing_half_written(store, write, large):
    """A limit on the size of files stands for a full disk: the write fails in the middle in the same way."""
    ingest.add(write("a.csv", TIDY), store=store)
    before = snapshot(store.root)
    done = subprocess.run(
        [sys.executable, "-c", ADD, large, store.root, "20000"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "The store cannot be written" in done.stderr
    assert "Free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(store.root) == before
    assert not list(store.root.glob(".incoming-*"))


@pytest.mark.slow
def test_a_full_disk_that_is_one(tmp_path, large):
    """A disk of 64 kB where we may mount one; elsewhere the limit on files stands for it again, at its start."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    )
    limit = "0" if mounted.returncode == 0 else "100"
    try:
        command = [sys.executable, "-c", ADD, large, disk / "datasets", limit]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "The store cannot be written" in done.stderr
        assert snapshot(disk) == {}
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", disk], check=True)


@pytest.mark.slow
def test_a_killed_ingest_leaves_the_former_state(store, write, large):
    """Killed at every thing it does to the store: always the old state or the new one, then repaired."""
    ingest.add(write("a.csv", TIDY), store=store)
    before = snapshot(store.root)

    def run(root, at):
        program = stopped(ADD, root, at, signal.SIGKILL)
        return subprocess.run([sys.executable, "-c", program, large, root, "0"], capture_output=True, text=True)

    assert run(store.root.parent / "whole", 0).returncode == 0
    whole = snapshot(store.root.parent / "whole")
    states = []
    while states[-1:] != [["a", "large"]]:
        assert run(store.root, len(states) + 1).returncode == -signal.SIGKILL
        found = {name: content for name, content in snapshot(store.root).items() if not name.startswith(".incoming-")}
        states.append([known.id for known in Store(store.root).datasets()])
        if states[-1] == ["a"]:
            assert found == before
        else:
            assert {name: found[name] for name in whole} == whole
    assert len(states) > 10
    assert ingest.add(large, store=store).rows_read == 100_000
    assert {name: content for name, content in snapshot(store.root).items() if name.startswith("large/")} == whole
    assert not list(store.root.glob(".incoming-*"))


def test_what_a_killed_ingest_left_is_cleared_away(store, write):
    (store.root / ".incoming-x").mkdir(parents=True)
    (store.root / ".incoming-x" / "observations.parquet").write_bytes(b"half")
    assert store.datasets() == ()
    ingest.add(write("a.csv", TIDY), store=store)
    assert {path.name for path in store.root.iterdir()} == {".lock", "a"}


def test_an_interrupted_ingest_clears_up_after_itself(store, write):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest.add(write("a.csv", TIDY), store=store, progress=interrupt)
    assert store.datasets() == ()
    assert not Path(store.root).exists()
