"""The other side of the wall: a helper process that has the code of a kind loaded, and forks a walled child per job.

The helper itself never looks at a file. Its child gets one open file, walls itself in (`confine`), does the job, sends
lines (`lines`), writes its results into files that are open already, and ends; whatever happened in it is gone with it.
"""

import gc
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from waymark.engines.files.walls import confine
from waymark.engines.files.walls.lines import line
from waymark.gcm.errors import InputError

OCR_FOLDERS = ("/usr/bin", "/usr/share", "/etc/alternatives", "/usr/local/share")
"""What a program for OCR may read besides: itself, its languages and fonts."""

GRACE = 2.0
"""Seconds that a child may take to end after it has sent everything."""

FORBIDDEN = 77
"""Exit status of a child that tried what is not allowed."""

FILE, OUT = 3, 4
"""Descriptors of the file and of the lines in the child; the files for results follow."""

MOST_DESCRIPTORS = 16
HELD = 65_536
"""Bytes of lines that are sent together."""


@dataclass(slots=True)
class Task:
    """What a job is given: its file, its options, and where to put what it reads.

    `file` opens the file by its descriptor, whatever its name leads to now; `path` is its name as it was given, for a
    reader that goes by the ending. `results` are descriptors open for writing.
    """

    file: Path
    path: Path
    options: dict[str, Any]
    results: tuple[int, ...] = ()
    out: int = OUT
    held: list[bytes] = field(default_factory=list)
    size: int = 0

    def send(self, kind: str, *values: Any) -> None:
        """Send one line, together with others."""
        self.send_line(line(kind, *values))

    def send_line(self, data: bytes) -> None:
        """Send a line that is made already."""
        self.held.append(data)
        self.size += len(data)
        if self.size > HELD:
            self.flush()

    def flush(self) -> None:
        """Send what is held."""
        view = memoryview(b"".join(self.held))
        self.held, self.size = [], 0
        while view:
            view = view[os.write(self.out, view) :]


Job = Callable[[Task], None]


def function_named(name: str) -> Any:
    """The function that "module:function" names."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def serve(descriptor: int, preload: str) -> None:
    """Answer requests on a socket until it closes. One request, one child, one reply, in turn."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = socket.socket(fileno=descriptor)
    if preload:
        function_named(preload)()
    folders = confine.code_folders()
    gc.collect()
    gc.freeze()
    connection.sendall(b'{"ready": 1}\n')
    while True:
        message, descriptors, _, _ = socket.recv_fds(connection, HELD, MOST_DESCRIPTORS)
        while message and not message.endswith(b"\n"):
            message += connection.recv(HELD) or b"\n"
        if not message.strip():
            return
        child = os.fork()
        if child == 0:
            connection.close()
            do_one(message, descriptors, folders)
        for each in descriptors:
            os.close(each)
        connection.sendall(json.dumps({"started": child}).encode() + b"\n")
        order = connection.recv(100)
        status, most = finish(child, at_once=order.strip() != b"end")
        if not order:
            return
        connection.sendall(json.dumps({"status": status, "memory": most}).encode() + b"\n")


def finish(child: int, *, at_once: bool) -> tuple[int, int]:
    """Wait for a child, or end it; give its wait status and the most memory it held, in kB."""
    if not at_once:
        deadline = time.monotonic() + GRACE
        pause = 0.0005
        while time.monotonic() < deadline:
            done, status, usage = os.wait4(child, os.WNOHANG)
            if done:
                end_group(child)
                return status, usage.ru_maxrss
            time.sleep(pause)
            pause = min(0.05, pause * 2)
    os.kill(child, signal.SIGKILL)
    end_group(child)
    _, status, usage = os.wait4(child, 0)
    return status, usage.ru_maxrss


def end_group(child: int) -> None:
    """End what a child may have started (OCR)."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def do_one(message: bytes, descriptors: list[int], folders: list[str]) -> None:
    """In the child: wall in, do the job, send, end. Never returns."""
    status = 1
    file, out, errors, *results = descriptors
    try:
        os.setsid()
        confine.die_with_parent()
        arrange(file, out, errors, results)
        out = OUT
        status = walled(json.loads(message), tuple(range(OUT + 1, OUT + 1 + len(results))), folders)
    except MemoryError:
        with suppress(BaseException):
            os.write(out, line("failed", "MemoryError", ""))
    except BaseException as error:
        number = error.errno if isinstance(error, OSError) else None
        with suppress(BaseException):
            kind = "OSError" if number else type(error).__name__
            os.write(out, line("failed", kind, str(error)[:500], str(number or "")))
    finally:
        os._exit(status)


def arrange(file: int, out: int, errors: int, results: list[int]) -> None:
    """Put the descriptors at 3, 4, 2 and from 5 on and close all others: nothing of the parent is left in reach."""
    os.dup2(errors, 2)
    wanted = [os.dup(each) for each in (file, out, *results)]
    high = 60
    for place, each in enumerate(wanted, start=high):
        os.dup2(each, place)
    os.closerange(3, high)
    os.closerange(high + len(wanted), 65_536)
    for place in range(len(wanted)):
        os.dup2(high + place, FILE + place)
    os.closerange(high, high + len(wanted))


def walled(request: dict[str, Any], results: tuple[int, ...], folders: list[str]) -> int:
    """Do the job within the walls; give the exit status."""
    job: Job = function_named(request["job"])
    file = Path(f"/proc/self/fd/{FILE}" if sys.platform == "linux" else f"/dev/fd/{FILE}")
    task = Task(file, Path(request["path"]), request["options"], results)
    tried = wall_in(request, os.path.realpath(file), folders, writing=bool(results))
    try:
        job(task)
    except InputError as error:
        own = (str(task.path), str(task.file), task.path.name, task.file.name, task.options.get("name"), "the file")
        given = "" if error.given in own else error.given
        task.send("refused", given, error.problem, error.expected, error.todo, error.place)
    except (MemoryError, RecursionError, PermissionError) as error:
        task.send("failed", type(error).__name__, "" if tried else str(error)[:500])
    if tried:
        task.send("tried", tried[0])
    task.flush()
    return FORBIDDEN if tried else 0


def wall_in(request: dict[str, Any], file: str, folders: list[str], *, writing: bool) -> list[str]:
    """Put up the walls around this process; the list gets what it tries beyond them."""
    programs = bool(request["programs"])
    tried: list[str] = []
    readable = [*folders, *(each for each in OCR_FOLDERS if programs and Path(each).is_dir())]
    confine.limit(
        memory=request["memory"], seconds=request["computing"], threads=request["threads"],
        written=request["written"] if writing else 0,
    )  # fmt: skip
    confine.restrict_files(FILE, readable)
    confine.watch([*readable, file], tried.append, processes=programs)
    confine.restrict_calls(processes=programs, threads=request["threads"])
    return tried
