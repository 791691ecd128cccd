"""Papers made in a process of their own: the same bytes, told failures, and no process that outlives its caller."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.queries.world import Built
from waymark.gcm.errors import OutputError
from waymark.papers import apart
from waymark.papers.apart import files_apart
from waymark.papers.sdg import sdg_files


def children() -> set[int]:
    """The processes that this one started and that still run; other tests may have left a reading process."""
    found = set()
    for tasks in Path("/proc/self/task").glob("*/children"):
        found |= {int(pid) for pid in tasks.read_text("ascii").split()}
    return found


@pytest.mark.parametrize("audience", ["public", "network"])
def test_the_files_are_those_made_in_this_process(built: Built, audience: str) -> None:
    before = children()
    assert files_apart("review", built.data[audience]) == built.files[audience]
    assert children() <= before


def test_a_paper_by_target_is_made_apart_too(built: Built) -> None:
    assert files_apart("sdg", built.data["public"]) == sdg_files(built.data["public"])


def test_a_paper_that_takes_too_long_is_given_up(built: Built) -> None:
    before = children()
    with pytest.raises(OutputError, match="not ready after 0 seconds and was given up; nothing was written"):
        files_apart("review", built.data["public"], seconds=0.001)
    assert children() <= before


def test_a_process_that_is_ended_from_outside_is_told(built: Built, tmp_path: Path) -> None:
    ended: list[int] = []
    before = children()

    def end() -> None:
        while not ended:
            for pid in children() - before:
                os.kill(pid, signal.SIGKILL)
                ended.append(pid)
            time.sleep(0.001)

    watching = threading.Thread(target=end)
    watching.start()
    try:
        with pytest.raises(OutputError, match=r"ended from outside \(signal 9\)"):
            files_apart("review", built.data["public"])
    finally:
        ended.append(0)
        watching.join()


def test_a_defect_comes_back_with_its_traceback() -> None:
    wrong: Any = "not the data of a review"
    with pytest.raises(RuntimeError, match=r"(?s)failed with status 1.*Traceback.*TypeError"):
        files_apart("review", wrong)


def test_a_refusal_comes_back_in_its_words(tmp_path: Path) -> None:
    error = apart._failure(apart.REFUSED, "The template is not known.\n")
    assert isinstance(error, OutputError)
    assert str(error) == "The template is not known."


def test_a_folder_of_temporary_files_that_cannot_be_used_is_told(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(OutputError, match="the folder of temporary files cannot be used"):
        files_apart("review", built.data["public"])


def test_a_full_folder_is_told_by_the_process(built: Built, tmp_path: Path) -> None:
    given = tmp_path / "data"
    given.write_bytes(pickle.dumps(built.data["public"]))
    command = [sys.executable, "-P", "-m", apart.MODULE, "review", str(given), "/dev/full"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.read()  # until it ends; its input stays open meanwhile
        assert (process.wait(), "No space left on device" in said) == (apart.REFUSED, True), said


def test_the_process_ends_when_its_caller_does(tmp_path: Path) -> None:
    """It would wait for ever for its data, from a pipe that nobody writes to."""
    given = tmp_path / "data"
    os.mkfifo(given)
    command = [sys.executable, "-P", "-m", apart.MODULE, "review", str(given), str(tmp_path / "files")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    writer = os.open(given, os.O_WRONLY)  # returns once the process opened it to read
    assert process.poll() is None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait() == 1
    os.close(writer)


def test_nothing_is_loaded_from_the_folder_one_stands_in(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('a foreign file was run')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "MANIFEST" in files_apart("review", built.data["public"])


def test_the_data_of_a_review_can_be_handed_over(built: Built) -> None:
    data = built.data["network"]
    assert pickle.loads(pickle.dumps(data)) == data
