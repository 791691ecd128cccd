"""A parser that crashes, hangs or attacks is stopped, says so, and the next file is read."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from waymark.engines.documents.parsers import text
from waymark.engines.documents.walled import parse
from waymark.engines.files.walls.kinds import DOCUMENT, MEGABYTE, Limits
from waymark.engines.files.walls.wall import Wall, open_file, shared
from waymark.gcm.errors import InputError

ACTS = """
import ctypes, os, shlex, signal, socket, subprocess, sys, threading, time
from pathlib import Path
from waymark.engines.documents.model import Block, ParsedDocument
from waymark.engines.documents.parsers import Parser

LIBC = ctypes.CDLL(None, use_errno=True)

def segfault(where): ctypes.string_at(0)
def kill_self(where): signal.raise_signal(signal.SIGSEGV)
def abort(where): os.abort()
def hang(where): time.sleep(6000)
def spin(where):
    while True: pass
def allocate(where):
    held = []
    while True: held.append(bytearray(10_000_000))
def allocate_at_once(where): bytearray(200_000_000_000)
def connect(where): socket.create_connection(("127.0.0.1", int(where)))
def connect_quietly(where):
    try: socket.socket()
    except PermissionError: pass
def write(where): Path(where).write_text("escaped")
def write_quietly(where):
    try: open(where, "ab")
    except PermissionError: pass
def read_other(where): return Path(where).read_text()
def start(where): subprocess.run(["/bin/sh", "-c", f"echo escaped > {where}"])
def fork(where): os.fork()
def remove(where): os.remove(where)
def kill_parent(where): os.kill(os.getppid(), signal.SIGKILL)
def error(where): raise KeyError("no such part")
def leave(where): os._exit(0)
def leave_politely(where): sys.exit(3)
def much(where): return "word " * 30_000_000
def thread(where): threading.Thread(target=print).start()
def noise(where): os.write(4, b"[1, 2\\n")
def endless(where):
    while True: os.write(4, b"x" * 65536)
def impostor(where): os.write(4, b'["document","a","b","c","d",[]]\\n["end",0,0]\\n')
def recursion(where): return recursion(where)

def program(where):
    done = subprocess.run(shlex.split(where), input=b"given", capture_output=True)
    return f"{done.returncode} {done.stdout.decode()}"

def c_socket(where): return str(LIBC.socket(2, 1, 0))
def c_open_to_write(where): return str(LIBC.open(where.encode(), os.O_WRONLY | os.O_CREAT, 0o600))
def c_read_other(where): return str(LIBC.open(where.encode(), os.O_RDONLY))
def c_fork(where): return str(LIBC.fork())
def c_system(where): return str(LIBC.system(f"echo escaped > {where}".encode()))
def c_unlink(where): return str(LIBC.unlink(where.encode()))
def c_rename(where): return str(LIBC.rename(where.encode(), (where + ".gone").encode()))
def c_truncate(where): return str(LIBC.truncate(where.encode(), 0))
def c_mkdir(where): return str(LIBC.mkdir((where + ".d").encode(), 0o700))
def c_kill_parent(where): return str(LIBC.kill(os.getppid(), 9))
def c_kill_all(where): return str(LIBC.kill(-1, 9))
def c_ptrace(where): return str(LIBC.ptrace(16, os.getppid(), 0, 0))
def c_shell(where): return str(LIBC.execv(b"/bin/sh", (ctypes.c_char_p * 2)(b"sh", None)))
def c_chmod(where): return str(LIBC.chmod(where.encode(), 0o777))
def c_limits(where): return str(LIBC.setrlimit(1, (ctypes.c_ulong * 2)(10**9, 10**9)))

def parse(path):
    act, _, where = path.read_text().partition(" ")
    words = globals()[act](where) if act != "good" else "read"
    return ParsedDocument("text/plain", (Block("paragraph", str(words or "nothing")),), parser="acts")

PARSER = Parser("acts", "acts", ("text/plain",), ("act",), lambda head, names: False, parse)
"""
TIGHT = Limits(seconds=600, computing=10, memory=256 * MEGABYTE)


@pytest.fixture(scope="module")
def wall(walls: Callable[[str], Wall]) -> Wall:
    return walls(ACTS)


@pytest.fixture
def act(wall: Wall, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Run one act; afterwards the same helper process must read the next file."""

    def run(name: str, where: object = "", limits: Limits = TIGHT) -> str:
        path = tmp_path / "report.act"
        path.write_text(f"{name} {where}")
        return parse(path, parser="acts", limits=limits, wall=wall).blocks[0].text

    run("good")
    before = wall.starts
    yield run
    assert run("good") == "read"
    assert wall.starts == before == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("segfault", "crash (SIGSEGV)"),
        ("kill_self", "crash (SIGSEGV)"),
        ("abort", "crash (SIG"),
        ("allocate_at_once", "more than 256 MB of memory"),
        ("allocate", "more than 256 MB of memory"),
        ("error", "failed on it (KeyError: 'no such part')"),
        ("leave", "without a result"),
        ("leave_politely", "SystemExit"),
        ("recursion", "RecursionError"),
        ("thread", "can't start new thread"),
        ("much", "more"),
        ("noise", "not a document"),
        ("endless", "longer than 1 MB"),
        ("impostor", "more came after its end"),
        ("start", "start a program"),
        ("fork", "start a program"),
        ("kill_parent", "reach other programs"),
        ("connect_quietly", "use the network"),
    ],
)
def test_what_breaks_costs_one_file(act: Callable[..., str], name: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        act(name)
    assert words in str(caught.value)
    assert str(caught.value).startswith("report.act: ")
    assert caught.value.todo


def test_a_hang_ends_by_the_clock(act: Callable[..., str]) -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match=r"took longer than 0\.3 seconds"):
        act("hang", limits=replace(TIGHT, seconds=0.3))
    assert time.monotonic() - start < 600, "it was left to hang"


def test_computing_without_end_stops(act: Callable[..., str]) -> None:
    with pytest.raises(InputError, match="more than 1 seconds of computing"):
        act("spin", limits=replace(TIGHT, computing=1))


def test_nothing_is_connected(act: Callable[..., str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(InputError, match="use the network"):
            act("connect", server.getsockname()[1])
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("name", ["write", "write_quietly", "start"])
def test_nothing_is_written(act: Callable[..., str], tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="try to"):
        act(name, tmp_path / "escaped")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["report.act"]


def test_no_other_file_is_read_or_removed(act: Callable[..., str], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("secret")
    with pytest.raises(InputError, match="read another file"):
        act("read_other", other)
    with pytest.raises(InputError, match="change files"):
        act("remove", other)
    assert other.read_text() == "secret"


@pytest.mark.parametrize(
    "name",
    [
        "c_socket", "c_open_to_write", "c_read_other", "c_fork", "c_system", "c_unlink", "c_rename", "c_truncate",
        "c_mkdir", "c_kill_parent", "c_kill_all", "c_ptrace", "c_shell", "c_chmod", "c_limits",
    ],
)  # fmt: skip
def test_machine_code_meets_the_same_walls(act: Callable[..., str], tmp_path: Path, name: str) -> None:
    """Python's hook does not see calls of the C library; the kernel refuses them."""
    other = tmp_path / "other"
    if name != "c_open_to_write":
        other.write_text("secret")
    before = other.stat().st_mode if other.exists() else None
    assert act(name, other) == ("32512" if name == "c_system" else "-1")  # 127: the shell was not started
    assert (other.stat().st_mode if other.exists() else None) == before
    assert before is None or other.read_text() == "secret"
    assert {each.name for each in tmp_path.iterdir()} <= {"report.act", "other"}


def test_a_program_for_ocr_stands_behind_the_same_walls(wall: Wall, tmp_path: Path) -> None:
    """It reads what it is given and answers; the network, other files and writing stay closed to it too."""
    path = tmp_path / "report.act"

    def run(words: str) -> str:
        path.write_text(words)
        return parse(path, parser="acts", limits=TIGHT, ocr=True, wall=wall).blocks[0].text

    assert run("program cat") == "0 given"
    assert run(f"program sh -c 'echo x > {tmp_path}/escaped'") != "0 given"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        assert run(f"program bash -c 'exec 3<>/dev/tcp/127.0.0.1/{server.getsockname()[1]}'") != "0 given"
        with pytest.raises(TimeoutError):
            server.accept()
    (tmp_path / "other").write_text("secret")
    assert "secret" not in run(f"program cat {tmp_path}/other")
    assert run("c_socket") == "-1"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["other", "report.act"]
    seconds = f"{10_000_000 + os.getpid()}"  # so long that no other program sleeps as long
    path.write_text(f"program sleep {seconds}")
    with pytest.raises(InputError, match="took longer"):
        parse(path, parser="acts", limits=replace(TIGHT, seconds=0.5), ocr=True, wall=wall)
    end = time.monotonic() + 600  # it is ended by then, however busy the machine is
    while _running(seconds) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _running(seconds)


def _running(word: str) -> bool:
    """Whether a process has this word in its command line; processes may end while they are looked at."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if word.encode() in each.read_bytes().split(b"\0"):
                return True
    return False


def test_the_helper_is_started_again_when_it_was_killed(walls: Callable[[str], Wall], tmp_path: Path) -> None:
    own = walls(ACTS)
    path = tmp_path / "a.act"
    path.write_text("good")
    assert parse(path, parser="acts", wall=own).blocks[0].text == "read"
    assert own._process is not None
    os.kill(own._process.pid, signal.SIGKILL)
    own._process.wait()
    assert parse(path, parser="acts", wall=own).blocks[0].text == "read"
    assert own.starts == 2


def test_the_helper_has_one_thread(wall: Wall, act: Callable[..., str]) -> None:
    """A fork of a process with more threads may copy a lock that nobody opens again."""
    assert act("good") == "read"
    assert wall._process is not None
    assert len(list(Path(f"/proc/{wall._process.pid}/task").iterdir())) == 1


def test_the_result_is_the_one_without_walls(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Héading\n\nWords – “quoted” – 移民 მიგრაცია\n\n- one\n- two\n")
    assert parse(path, parser="text") == text.parse(path)


def test_one_helper_reads_many_files(tmp_path: Path) -> None:
    """Starting one costs a hundred times what a small file costs."""
    path = tmp_path / "a.txt"
    path.write_text("Some words.\n")
    parse(path, parser="text")
    before = shared(DOCUMENT).starts
    for _ in range(20):
        parse(path, parser="text")
    assert shared(DOCUMENT).starts == before


def test_a_helper_that_cannot_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Some words.\n")
    with Wall(DOCUMENT) as own:
        for program in ("/bin/false", str(tmp_path / "nothing")):
            monkeypatch.setattr("sys.executable", program)
            with pytest.raises(InputError, match="could not be started"):
                parse(path, parser="text", wall=own)
        monkeypatch.undo()
        assert parse(path, parser="text", wall=own).blocks


def test_an_unknown_parser_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Some words.\n")
    with pytest.raises(InputError, match="no parser of this name"):
        parse(path, parser="tea-leaves")


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "missing", "empty", "large", "zero byte in name"])
def test_only_regular_files_are_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "report.pdf"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "empty":
        path.touch()
    elif kind == "large":
        path.write_bytes(b"x" * 2000)
    elif kind == "zero byte in name":
        path = tmp_path / "a\0b.pdf"
    with pytest.raises(InputError) as caught:
        open_file(path, 1000, name="report.pdf")
    words = {"folder": "folder", "pipe": "pipe", "device": "device", "missing": "cannot be opened", "empty": "0 bytes",
             "large": "at most", "zero byte in name": "cannot be opened"}  # fmt: skip
    assert words[kind] in caught.value.problem


def test_it_is_closed_twice_without_harm(walls: Callable[[str], Wall]) -> None:
    with Wall(DOCUMENT) as own:
        own.close()
    own.close()
