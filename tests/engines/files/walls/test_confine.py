"""What a walled process may do: the verdict on each event of Python, and the filter of system calls step by step."""

import ctypes
import os
import struct
from pathlib import Path

import pytest

from waymark.engines.files.walls import syscalls
from waymark.engines.files.walls.confine import code_folders, refusal

READABLE = frozenset({"/usr/lib", "/data/report.pdf"})


@pytest.mark.parametrize(
    ("event", "arguments", "words"),
    [
        ("open", ("/data/report.pdf", "rb", 0), ""),
        ("open", ("/usr/lib/python3/x.py", "r", 0), ""),
        ("open", (b"/usr/lib/x", None, os.O_RDONLY), ""),
        ("open", ("/proc/self/fd/3", "rb", 0), ""),
        ("open", (3, "rb", 0), ""),
        ("open", ("/usr/library/x", "r", 0), "read another file"),
        ("open", ("/usr/lib/../../etc/passwd", "r", 0), "read another file"),
        ("open", ("/data/other.pdf", "r", 0), "read another file"),
        ("open", ("/data/report.pdf", "r+", 0), "write a file"),
        ("open", ("/data/report.pdf", "w", 0), "write a file"),
        ("open", ("/data/report.pdf", "x", 0), "write a file"),
        ("open", ("/data/report.pdf", "ab", 0), "write a file"),
        ("open", ("/data/report.pdf", None, os.O_WRONLY), "write a file"),
        ("open", ("/data/report.pdf", None, os.O_CREAT), "write a file"),
        ("open", (3, "w", 0), ""),
        ("socket.connect", (), "use the network"),
        ("socket.__new__", (), "use the network"),
        ("os.remove", (), "change files"),
        ("os.rename", (), "change files"),
        ("shutil.rmtree", (), "change files"),
        ("subprocess.Popen", (), "start a program"),
        ("os.fork", (), "start a program"),
        ("os.exec", (), "start a program"),
        ("os.kill", (), "reach other programs"),
        ("import", ("json",), ""),
        ("os.listdir", (), ""),
    ],
)
def test_the_verdict_on_an_event(event: str, arguments: tuple[object, ...], words: str) -> None:
    assert refusal(event, arguments, READABLE) == words


def test_a_program_may_be_started_for_ocr_only() -> None:
    assert refusal("subprocess.Popen", (), READABLE, processes=True) == ""
    assert refusal("os.kill", (), READABLE, processes=True) == ""
    assert refusal("socket.connect", (), READABLE, processes=True) == "use the network"
    assert refusal("os.remove", (), READABLE, processes=True) == "change files"
    assert refusal("open", ("/x", "w", 0), READABLE, processes=True) == "write a file"


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to("/etc/hostname")
    readable = frozenset({str(tmp_path / "in")})
    assert refusal("open", (str(tmp_path / "in" / "link"), "r", 0), readable) == "read another file"
    assert refusal("open", (str(tmp_path / "in" / "own"), "r", 0), readable) == ""


def test_the_code_is_readable_and_homes_are_not() -> None:
    folders = code_folders()
    assert str(Path(syscalls.__file__).parents[3]) in folders
    for private in ("/", "/home", "/root", "/etc", "/tmp", "/var", str(Path.home())):
        assert private not in folders


ALLOW, EPERM, EACCES, ENOTTY, ENOSYS = 0x7FFF0000, 0x00050001, 0x0005000D, 0x00050019, 0x00050026
PID = 4321


def verdict(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    """Run the filter as the kernel would: classic BPF over number, architecture, instruction pointer, six arguments."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    at, held = 0, 0
    while True:
        code, then, otherwise, value = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        if code == 0x20:
            held = struct.unpack_from("<I", data, value)[0]
        elif code == 0x15:
            at += then if held == value else otherwise
        elif code == 0x45:
            at += then if held & value else otherwise
        else:
            assert code == 0x06
            return int(value)


MACHINES = [("x86_64", 0, 0xC000003E), ("aarch64", 1, 0xC00000B7)]


@pytest.mark.parametrize(("machine", "column", "architecture"), MACHINES)
def test_the_filter_allows_the_list_and_nothing_else(machine: str, column: int, architecture: int) -> None:
    program = syscalls.program(PID, machine=machine)
    listed = {numbers[column] for numbers in syscalls.NUMBERS.values()}
    special = {
        each[column]
        for each in (
            syscalls.OPEN,
            syscalls.OPENAT,
            *syscalls.SIGNALS_TO_SELF,
            syscalls.FCNTL,
            syscalls.IOCTL,
            syscalls.PRLIMIT,
        )
    }
    for number in range(600):
        if number not in special:
            assert verdict(program, architecture, number) == (ALLOW if number in listed else EPERM), number
    assert verdict(program, architecture, 0x40000000 + syscalls.NUMBERS["read"][column]) == EPERM
    assert verdict(program, 0x40000003, syscalls.NUMBERS["read"][column]) == EPERM


@pytest.mark.parametrize(("machine", "column", "architecture"), MACHINES)
def test_what_depends_on_the_arguments(machine: str, column: int, architecture: int) -> None:
    program = syscalls.program(PID, machine=machine)

    def call(numbers: tuple[int, int], *arguments: int) -> int:
        return verdict(program, architecture, numbers[column], *arguments)

    assert call(syscalls.OPENAT, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == ALLOW
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND):
        assert call(syscalls.OPENAT, 0, 0, flag) == EACCES
    if syscalls.OPEN[column] >= 0:
        assert call(syscalls.OPEN, 0, os.O_RDONLY) == ALLOW
        assert call(syscalls.OPEN, 0, os.O_RDWR) == EACCES
    for numbers in syscalls.SIGNALS_TO_SELF:
        assert call(numbers, PID) == ALLOW
        assert call(numbers, PID + 1) == EPERM
        assert call(numbers, 0xFFFFFFFF) == EPERM
    assert call(syscalls.FCNTL, 3, 3) == ALLOW
    assert call(syscalls.FCNTL, 3, 8) == EPERM
    assert call(syscalls.PRLIMIT, 0, 7, 0) == ALLOW
    assert call(syscalls.PRLIMIT, 0, 7, 1) == EPERM
    assert call(syscalls.IOCTL, 1, 2) == ENOTTY


@pytest.mark.parametrize(("machine", "column", "architecture"), MACHINES)
def test_programs_add_their_calls_and_no_network(machine: str, column: int, architecture: int) -> None:
    program = syscalls.program(PID, processes=True, machine=machine)
    assert verdict(program, architecture, syscalls.FOR_PROGRAMS["execve"][column]) == ALLOW
    assert verdict(program, architecture, {0: 41, 1: 198}[column]) == EPERM


def test_other_machines_have_no_filter() -> None:
    assert syscalls.program(PID, machine="riscv64") == b""


def test_a_filter_the_kernel_refuses_is_noticed() -> None:
    assert not syscalls.install(ctypes.CDLL(None, use_errno=True), b"")


@pytest.mark.parametrize(("machine", "column", "architecture"), MACHINES)
def test_threads_may_be_made_and_processes_not(machine: str, column: int, architecture: int) -> None:
    program = syscalls.program(PID, threads=True, machine=machine)
    clone, clone3 = syscalls.CLONE[column], syscalls.CLONE3[column]
    assert verdict(program, architecture, clone, syscalls.CLONE_THREAD | 0x100) == ALLOW
    assert verdict(program, architecture, clone, 0x11) == EPERM
    assert verdict(program, architecture, clone3, syscalls.CLONE_THREAD) == ENOSYS
    assert verdict(program, architecture, syscalls.FOR_PROGRAMS["execve"][column]) == EPERM
    without = syscalls.program(PID, machine=machine)
    assert verdict(without, architecture, clone, syscalls.CLONE_THREAD) == EPERM
