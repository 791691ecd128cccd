"""Parsing behind walls: a file that crashes, hangs or attacks its parser costs that file and nothing else.

One helper process has the parsers loaded (`sandbox_child`) and forks a child for each file, which takes a few
milliseconds. The child cannot write, reach the network, start programs or read other files; memory and time are
limited. What it sends is checked (`wire`). Every failure is an InputError: the file, the reason, what to do.
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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from waymark.engines.documents.cleaning import display_name
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.wire import BreachError, Decoder
from waymark.gcm.errors import InputError

START_SECONDS = 60.0
"""The longest wait for the helper process to start."""

ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "LC_ALL": "C.UTF-8",
}
"""Settings of the helper process: a process that forks must have one thread, or a lock may stay shut in the child."""

STEP = 65_536
MEGABYTE = 2**20
_MEMORY_WORDS = (b"memory allocation", b"bad_alloc", b"Out of memory", b"MemoryError", b"Cannot allocate memory")
_SIGNALS_OF_MEMORY = (signal.SIGABRT, signal.SIGSEGV, signal.SIGTRAP, signal.SIGILL, signal.SIGBUS, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    `seconds` by the clock; `computing` seconds of processor; `memory` bytes beyond what an idle child has; `file_bytes`
    the size of the file; `result_bytes` the size of what is read from it.
    """

    seconds: float = 180.0
    computing: int = 150
    memory: int = 1024 * MEGABYTE
    file_bytes: int = 512 * MEGABYTE
    result_bytes: int = 64 * MEGABYTE


DEFAULT = Limits()


def parse_in_sandbox(path: Path, *, parser: str, limits: Limits = DEFAULT, ocr: bool = False) -> ParsedDocument:
    """Parse one file by the parser of this name in the shared sandbox. Raises InputError when it cannot be read.

    `ocr` lets a program be started (the parser "pdf-ocr"); the network stays closed.
    """
    return shared().parse(path, parser=parser, limits=limits, ocr=ocr)


_SHARED: list["Sandbox"] = []
_LOCK = threading.Lock()


def shared() -> "Sandbox":
    """The sandbox of this process, started when it is first needed."""
    with _LOCK:
        if not _SHARED or _SHARED[0].owner != os.getpid():
            _SHARED[:] = [Sandbox()]
            atexit.register(_SHARED[0].close)
        return _SHARED[0]


def open_file(path: Path, most_bytes: int) -> int:
    """A descriptor of a regular file of at most `most_bytes`, open for reading. Raises InputError.

    It is opened without waiting, so that a pipe does not hang us, and looked at through the descriptor, so that nobody
    can swap it between the look and the reading.
    """
    name = display_name(path)
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise InputError(
            name, f"it cannot be opened ({reason(error)}).", expected="a file that can be read.",
            todo="Check the name and who may read it.",
        ) from None  # fmt: skip
    found = os.fstat(file)
    problem = ""
    if not stat.S_ISREG(found.st_mode):
        problem = "it is a folder." if stat.S_ISDIR(found.st_mode) else "it is a device or a pipe, not a file."
    elif not found.st_size:
        problem = "it is empty (0 bytes)."
    elif found.st_size > most_bytes:
        problem = f"it has {found.st_size // MEGABYTE:,} MB; at most {most_bytes // MEGABYTE:,} MB are read."
    if problem:
        os.close(file)
        raise InputError(name, problem, expected="a document in one file.", todo="Check that it is the file you meant.")
    return file


def reason(error: Exception) -> str:
    """Why the system refused, in its own words."""
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)


def _importable() -> list[str]:
    """Where the helper finds our package and what it needs; never the folder that the command was started in."""
    here = str(Path.cwd())
    return [each for each in sys.path if each and str(Path(each).resolve()) != here]


class Sandbox:
    """The helper process and the conversation with it. Safe for threads: files are parsed one after the other."""

    def __init__(self) -> None:
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
        """End the helper process."""
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

    def parse(self, path: Path, *, parser: str, limits: Limits = DEFAULT, ocr: bool = False) -> ParsedDocument:
        """Parse one file. Raises InputError naming it, whatever happened to the child."""
        file = open_file(path, limits.file_bytes)
        name = display_name(path)
        try:
            with self._lock:
                return self._parse(file, name, parser, limits, ocr)
        finally:
            os.close(file)

    def _parse(self, file: int, name: str, parser: str, limits: Limits, ocr: bool) -> ParsedDocument:
        request = {"parser": parser, "memory": limits.memory, "computing": limits.computing, "processes": ocr}
        out, out_end = os.pipe()
        err, err_end = os.pipe()
        os.set_blocking(err_end, False)
        os.set_blocking(err, False)
        try:
            connection = self._request(request, [file, out_end, err_end])
            os.close(out_end)
            os.close(err_end)
            out_end = err_end = -1
            decoder = Decoder(limits.result_bytes)
            end = self._collect(out, connection, decoder, limits.seconds)
            outcome = self._outcome(connection, at_once=bool(end))
            words = _drain(err)
        finally:
            for each in (out, err, out_end, err_end):
                if each >= 0:
                    os.close(each)
        return conclude(name, decoder, end, outcome, words, limits)

    def _request(self, request: dict[str, Any], files: list[int]) -> socket.socket:
        """Send a request; start the helper process anew when it is gone."""
        problem = ""
        for _ in range(2):
            try:
                connection = self._started()
                socket.send_fds(connection, [json.dumps(request).encode()], files)
                _reply(connection, START_SECONDS)
                return connection
            except (OSError, ValueError) as error:
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
            f"from waymark.engines.documents.sandbox_child import serve; serve({theirs.fileno()})"
        )
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", code], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", start_new_session=True,
                env={"PATH": "/usr/bin:/bin", **ONE_THREAD},
            )  # fmt: skip
        self.starts += 1
        _reply(ours, START_SECONDS)
        return ours

    @staticmethod
    def _collect(out: int, connection: socket.socket, decoder: Decoder, seconds: float) -> str:
        """Take what the child sends until it ends; say why it must be stopped, "" when it need not."""
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            selector.register(connection, selectors.EVENT_READ)
            while True:
                left = deadline - time.monotonic()
                ready = selector.select(left) if left > 0 else []
                if not ready:
                    return f"reading it took longer than {seconds:g} seconds"
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


def conclude(
    name: str, decoder: Decoder, end: str, outcome: dict[str, int], words: bytes, limits: Limits
) -> ParsedDocument:
    """The document, or an InputError that says what happened."""
    parsed = decoder.document()
    tried = decoder.other.get("tried")
    refused = decoder.other.get("refused")
    failed = decoder.other.get("failed")
    if tried:
        problem = f"it made its reader try to {tried[0]}, which no document needs; it was stopped"
        raise _stopped(name, problem, "Do not open it. Ask the sender about it.")
    if end:
        raise _stopped(name, f"{end}, so it was stopped", "Divide it, or save it again as PDF.")
    code = os.waitstatus_to_exitcode(outcome["status"])
    if code < 0 or code == 1 or failed:
        raise _broken(name, code, failed or [], outcome["memory"], words, limits)
    if refused and len(refused) == 4:
        problem, expected, todo, place = refused
        raise InputError(name, problem, expected=expected, todo=todo, place=place)
    if parsed is None:
        raise _stopped(name, "its reader ended without a result", "Save it again, or as PDF.")
    return parsed


def _broken(name: str, code: int, failed: list[str], memory: int, words: bytes, limits: Limits) -> InputError:
    """Why a child broke: time, memory, a crash, or an error it did not expect."""
    if code == -signal.SIGXCPU:
        return _stopped(name, f"reading it took more than {limits.computing} seconds of computing", "Divide it.")
    crowded = memory * 1024 > 0.75 * limits.memory and -code in _SIGNALS_OF_MEMORY
    if failed[:1] == ["MemoryError"] or crowded or any(each in words for each in _MEMORY_WORDS):
        return _stopped(name, f"reading it needs more than {limits.memory // MEGABYTE:,} MB of memory", "Divide it.")
    if code < 0:
        return _stopped(name, f"it made its reader crash ({signal.Signals(-code).name})", "Save it again, or as PDF.")
    what = ": ".join(part for part in failed if part) or f"status {code}"
    return _stopped(name, f"its reader failed on it ({what})", "Save it again, or as PDF.")


def _stopped(name: str, problem: str, todo: str) -> InputError:
    return InputError(name, f"{problem}.", expected="a whole file of its kind, as office programs write it.", todo=todo)
