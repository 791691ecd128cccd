"""Reading people's files behind a wall: a file that crashes, hangs or attacks its reader costs that file, nothing else.

One helper process for each kind of job has the code loaded (`child`) and forks a child for each file, which takes a few
milliseconds. The child cannot write but into files it is given open, reach the network, start programs or read other
files; memory and time are limited. What it sends is checked (`lines`). Every failure is an InputError: the file, the
reason, what to do (`verdict`).
"""

import atexit
import errno
import json
import os
import selectors
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from waymark.engines.files.walls.kinds import MEGABYTE, Kind, Limits
from waymark.engines.files.walls.lines import BreachError, Decoder
from waymark.engines.files.walls.verdict import TOO_MUCH_MEMORY, Ended, conclude
from waymark.gcm.errors import InputError

START_SECONDS = 60.0
"""The longest wait for the helper process to start."""

SETTINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "LC_ALL": "C.UTF-8",
}
"""Settings of the helper process. It has one thread, or a lock may stay shut in the child that it forks. Arrow takes
its memory from the system: on the SDG database a sixth less processor than with its own pool, whose large pages are
costly to fill in a process that ends soon."""

STEP = 65_536
LOOK = 0.05
"""Seconds between two looks at the memory of a child that may have threads."""


_SHARED: dict[Kind, "Wall"] = {}
_LOCK = threading.Lock()


def shared(kind: Kind) -> "Wall":
    """The wall of this process for a kind of job, started when it is first needed."""
    with _LOCK:
        held = _SHARED.get(kind)
        if held is None or held.owner != os.getpid():
            held = _SHARED[kind] = Wall(kind)
            atexit.register(held.close)
        return held


def open_file(path: Path, most_bytes: int, *, name: str, noun: str = "document", folders: bool = False) -> int:
    """A descriptor of a regular file of at most `most_bytes` (or a folder), open for reading. Raises InputError.

    It is opened without waiting, so that a pipe does not hang us, and looked at through the descriptor, so that nobody
    can swap it between the look and the reading. `name` is how messages call it, `noun` what it should be.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        why = "there is no such file" if missing else reason(error)
        raise InputError(
            name, f"it cannot be opened ({why}).", expected="a file that can be read.",
            todo="Check the name and who may read it.",
        ) from None  # fmt: skip
    found = os.fstat(file)
    problem = ""
    if stat.S_ISDIR(found.st_mode) and folders:
        return file
    if not stat.S_ISREG(found.st_mode):
        problem = "it is a folder." if stat.S_ISDIR(found.st_mode) else "it is a device or a pipe, not a file."
    elif not found.st_size:
        problem = "it is empty (0 bytes)."
    elif found.st_size > most_bytes:
        problem = f"it has {found.st_size // MEGABYTE:,} MB; at most {most_bytes // MEGABYTE:,} MB are read."
    if problem:
        os.close(file)
        raise InputError(
            name, problem, expected=f"a {noun} in one file.", todo="Check that it is the file you meant."
        )  # fmt: skip
    return file


def reason(error: Exception) -> str:
    """Why the system refused, in its own words."""
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)


def _importable() -> list[str]:
    """Where the helper finds our package and what it needs; never the folder that the command was started in."""
    here = str(Path.cwd())
    return [each for each in sys.path if each and str(Path(each).resolve()) != here]


class Wall:
    """The helper process of one kind and the conversation with it. Safe for threads: files are read one by one."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.owner = os.getpid()
        self.starts = 0
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the helper process, and with it the child that it may have."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            if self.owner == os.getpid():
                try:
                    self._process.wait(2)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()
            self._process = None

    def run(
        self,
        path: Path,
        decoder: Decoder,
        *,
        name: str,
        options: Mapping[str, Any] | None = None,
        limits: Limits | None = None,
        results: Sequence[int] = (),
        programs: bool = False,
    ) -> None:
        """Have one file read; `decoder` gets what is sent, `results` (descriptors) what is written.

        Raises InputError naming it by `name`, whatever happened to the child; OutputError when the disk was full.
        """
        kind, limits = self.kind, limits or self.kind.limits
        if len(results) != kind.results or (programs and not kind.programs):
            raise ValueError(f"a job of the kind {kind.name} has {kind.results} results")
        file = open_file(path, limits.file_bytes, name=name, noun=kind.noun, folders=kind.folders)
        request = {
            "job": kind.job, "path": str(path.absolute()), "options": dict(options or {}), "memory": limits.memory,
            "computing": limits.computing, "written": limits.result_bytes, "programs": programs,
            "threads": kind.threads,
        }  # fmt: skip
        try:
            with self._lock:
                ended = self._converse(request, [file], list(results), decoder, limits)
        finally:
            os.close(file)
        conclude(name, kind, decoder, ended, limits)

    def _converse(
        self, request: dict[str, Any], file: list[int], results: list[int], decoder: Decoder, limits: Limits
    ) -> Ended:
        out, out_end = os.pipe()
        err, err_end = os.pipe()
        os.set_blocking(err_end, False)
        os.set_blocking(err, False)
        try:
            connection, child = self._request(request, [*file, out_end, err_end, *results])
            os.close(out_end)
            os.close(err_end)
            out_end = err_end = -1
            look = memory_of(child) if self.kind.threads else None
            end = self._collect(out, connection, decoder, limits, look)
            outcome = self._outcome(connection, at_once=bool(end))
            return Ended(end, outcome["status"], outcome["memory"], _drain(err))
        except (
            BaseException
        ):  # Ctrl-C between question and answer: the child must not go on, the answer not be mixed up
            self.close()
            raise
        finally:
            for each in (out, err, out_end, err_end):
                if each >= 0:
                    os.close(each)

    def _request(self, request: dict[str, Any], files: list[int]) -> tuple[socket.socket, int]:
        """Send a request; start the helper process anew when it is gone. Gives the number of the child."""
        problem = ""
        for _ in range(2):
            try:
                connection = self._started()
                message = json.dumps(request).encode() + b"\n"
                connection.settimeout(START_SECONDS)
                connection.sendall(message[socket.send_fds(connection, [message], files) :])
                return connection, _reply(connection, START_SECONDS)["started"]
            except (OSError, ValueError, KeyError) as error:
                self.close()
                problem = reason(error)
        raise InputError(
            "the reading process",
            f"it could not be started ({problem}).",
            expected="a machine with free memory that may start a process.",
            todo="Free some memory, or check the installation, and try again.",
        )

    def _started(self) -> socket.socket:
        if self._socket is not None and self._process is not None and self._process.poll() is None:
            return self._socket
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket = ours
        code = (
            f"import sys; sys.path[:] = {_importable()!r}; "
            f"from waymark.engines.files.walls.child import serve; serve({theirs.fileno()}, {self.kind.preload!r})"
        )
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", code], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", start_new_session=True,
                env={"PATH": "/usr/bin:/bin", **SETTINGS},
            )  # fmt: skip
        self.starts += 1
        _reply(ours, START_SECONDS)
        return ours

    @staticmethod
    def _collect(
        out: int, connection: socket.socket, decoder: Decoder, limits: Limits, look: Callable[[], int] | None
    ) -> str:
        """Take what the child sends until it ends; say why it must be stopped, "" when it need not."""
        deadline = time.monotonic() + limits.seconds
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            selector.register(connection, selectors.EVENT_READ)
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    return f"reading it took longer than {limits.seconds:g} seconds"
                if look is not None and look() > limits.memory:
                    return TOO_MUCH_MEMORY
                ready = selector.select(min(left, LOOK) if look is not None else left)
                if not ready:
                    continue
                if all(key.fileobj is connection for key, _ in ready):
                    return "the reading process was ended from outside"
                data = os.read(out, STEP)
                if not data:
                    return ""
                try:
                    decoder.feed(data)
                except BreachError as breach:
                    return str(breach)

    def _outcome(self, connection: socket.socket, *, at_once: bool) -> dict[str, int]:
        """Have the child ended, and learn how it ended."""
        try:
            connection.sendall(b"kill\n" if at_once else b"end\n")
            return _reply(connection, START_SECONDS)
        except (OSError, ValueError):
            self.close()
            return {"status": signal.SIGKILL, "memory": 0}


def memory_of(child: int) -> Callable[[], int]:
    """What tells the resident bytes of a process; 0 where the system does not tell."""
    place = Path(f"/proc/{child}/statm")
    page = os.sysconf("SC_PAGE_SIZE")

    def look() -> int:
        try:
            return int(place.read_bytes().split()[1]) * page
        except (OSError, IndexError, ValueError):
            return 0

    return look


def _reply(connection: socket.socket, seconds: float) -> dict[str, int]:
    """One line of JSON from the helper process. Raises OSError or ValueError when it is gone or odd."""
    connection.settimeout(seconds)
    data = b""
    while not data.endswith(b"\n"):
        step = connection.recv(4096)
        if not step:
            raise ConnectionError(errno.EPIPE, "the helper process ended")
        data += step
    return {str(key): int(value) for key, value in json.loads(data).items()}


def _drain(err: int) -> bytes:
    with suppress(OSError):
        return os.read(err, STEP)
    return b""
