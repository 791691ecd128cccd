"""A job of any kind that crashes, hangs, grows, writes without end, lies or attacks costs one file and says so."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from waymark.engines.files.walls.kinds import MEGABYTE, SHEET, STATISTICS, Kind, Limits
from waymark.engines.files.walls.results import EndDecoder, result_files
from waymark.engines.files.walls.wall import Wall, shared
from waymark.gcm.errors import InputError, OutputError

KINDS = [SHEET, STATISTICS]
TIGHT = Limits(seconds=20, computing=10, memory=256 * MEGABYTE, result_bytes=20 * MEGABYTE)
Act = Callable[..., int]
T = TypeVar("T")


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def act(kind: Kind, acting: Callable[[Kind], Wall], tmp_path: Path) -> Iterator[Act]:
    """Run one act and give the number it sends; afterwards the same helper process must do the next job."""
    wall = acting(kind)

    def run(name: str, where: object = "", limits: Limits = TIGHT) -> int:
        path = tmp_path / "table.act"
        path.write_text(f"{name} {where}")
        decoder = EndDecoder()
        with result_files(kind.results) as files:
            results = [file.fileno() for file in files]
            wall.run(path, decoder, name="table.act", limits=limits, results=results)
        return decoder.rows

    run("good")
    before = wall.starts
    yield run
    assert run("good") == 0
    assert wall.starts == before == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("segfault", "crash (SIGSEGV)"),
        ("abort", "crash (SIG"),
        ("allocate_at_once", "more than 256 MB of memory"),
        ("allocate", "more than 256 MB of memory"),
        ("much", "what is read from it has more than 20 MB"),
        ("error", "failed on it (KeyError: 'no such part')"),
        ("leave", "without a result"),
        ("recursion", "RecursionError"),
        ("noise", "not the end of a result"),
        ("endless", "than 1 MB"),
        ("many_lines", "more came after its end"),
        ("start", "start a program"),
        ("fork", "start a program"),
        ("kill_parent", "reach other programs"),
        ("write_quietly", "write a file"),
    ],
)
def test_what_breaks_costs_one_file_and_says_what_to_do(act: Act, name: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        act(name, "/nowhere")
    assert words in str(caught.value)
    assert str(caught.value).startswith("table.act: ")
    assert caught.value.expected
    assert caught.value.todo


def test_threads_are_for_kinds_that_need_them_and_stand_behind_the_walls(kind: Kind, act: Act) -> None:
    if not kind.threads:
        with pytest.raises(InputError, match="can't start new thread"):
            act("thread")
        return
    assert act("thread") == 1
    assert act("connect_in_a_thread") == 0
    with pytest.raises(InputError, match="more than 256 MB of memory"):
        act("allocate_in_a_thread")


def test_a_hang_ends_by_the_clock(act: Act) -> None:
    with pytest.raises(InputError, match=r"took longer than 0\.3 seconds"):
        act("hang", limits=replace(TIGHT, seconds=0.3))


def test_computing_without_end_stops(act: Act) -> None:
    with pytest.raises(InputError, match="more than 1 seconds of computing"):
        act("spin", limits=replace(TIGHT, computing=1))


def test_a_full_disk_is_no_fault_of_the_file(act: Act) -> None:
    with pytest.raises(OutputError, match="the disk is full"):
        act("full_disk")


def test_nothing_is_connected(act: Act) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(InputError, match="use the network"):
            act("connect", server.getsockname()[1])
        with pytest.raises(TimeoutError):
            server.accept()


def test_nothing_else_is_written_read_or_removed(act: Act, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("secret")
    for name, words in (("read_other", "read another file"), ("remove", "change files"), ("write", "write a file")):
        with pytest.raises(InputError, match=words):
            act(name, other)
    assert other.read_text() == "secret"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["other", "table.act"]


@pytest.mark.parametrize(
    "name",
    ["c_socket", "c_open_to_write", "c_read_other", "c_fork", "c_unlink", "c_truncate", "c_kill_parent", "c_shell",
     "c_more"],
)  # fmt: skip
def test_machine_code_meets_the_same_walls(act: Act, tmp_path: Path, name: str) -> None:
    """Python's hook does not see calls of the C library; the kernel refuses them: they give -1, sent as 0."""
    other = tmp_path / "other"
    if name != "c_open_to_write":
        other.write_text("secret")
    assert act(name, other) == 0
    assert not other.exists() or other.read_text() == "secret"
    assert {each.name for each in tmp_path.iterdir()} <= {"table.act", "other"}


def test_the_parts_of_a_refusal_come_through(act: Act) -> None:
    with pytest.raises(InputError) as caught:
        act("refuse")
    refusal = caught.value
    assert (refusal.given, refusal.place) == ("table.act", "row 7")
    assert (refusal.problem, refusal.expected, refusal.todo) == ("cell B7 is\ufffd odd\ufffd", "a number", "Correct it")
    with pytest.raises(InputError, match=r"^--language xx: it is unknown\."):
        act("refuse_another")


def test_a_job_gets_as_many_files_as_its_kind_says(kind: Kind, acting: Callable[[Kind], Wall], tmp_path: Path) -> None:
    path = tmp_path / "table.act"
    path.write_text("good")
    with pytest.raises(ValueError, match="has"):
        acting(kind).run(path, EndDecoder(), name="table.act", results=[])
    with pytest.raises(ValueError, match="has"):
        acting(kind).run(path, EndDecoder(), name="table.act", results=[1] * kind.results, programs=True)


def test_one_helper_of_a_kind_serves_a_process(kind: Kind) -> None:
    assert shared(kind) is shared(kind)


STARTED = """
import sys
from dataclasses import replace
from pathlib import Path
from waymark.engines.files.walls import kinds
from waymark.engines.files.walls.results import EndDecoder, result_files
from waymark.engines.files.walls.wall import Wall

sys.path.insert(0, sys.argv[1])
kind = getattr(kinds, sys.argv[2].upper())
wall = Wall(replace(kind, job="waymark_acts:run", preload=""))
wall._started()
print(wall._process.pid, flush=True)
with result_files(kind.results) as files:
    wall.run(Path(sys.argv[3]), EndDecoder(), name="a", results=[file.fileno() for file in files])
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_no_process_is_left_when_the_command_is_ended(
    kind: Kind, acts_folder: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    path = tmp_path / "table.act"
    path.write_text("hang")
    words = [sys.executable, "-c", STARTED, str(acts_folder), kind.name, str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as command:
        assert command.stdout is not None
        helper = int(command.stdout.readline())
        child = _within(lambda: _children(helper))[0]
        command.send_signal(ending)
        command.wait()
    _within(lambda: not _alive(helper) and not _alive(child))


def _within(found: Callable[[], T], seconds: float = 30) -> T:
    """What is found, waited for: a process may take a moment to start or to end."""
    end = time.monotonic() + seconds
    while not (what := found()) and time.monotonic() < end:
        time.sleep(0.02)
    assert what
    return what


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
