"""The other side of the sandbox: a process that has every parser loaded, and forks a walled child for each file.

The process itself never looks at a file. Its child gets one open file, walls itself in (`confine`), parses, sends lines
(`wire`) and ends; whatever happened in it is gone with it.
"""

import gc
import json
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from waymark.engines.documents import wire
from waymark.engines.documents.parsers import parser_named, registry
from waymark.engines.files.walls import confine
from waymark.gcm.errors import InputError

OCR_FOLDERS = ("/usr/bin", "/usr/share", "/etc/alternatives", "/usr/local/share")
"""What a program for OCR may read besides: itself, its languages and fonts."""

GRACE = 2.0
"""Seconds that a child may take to end after it has sent everything."""

FORBIDDEN = 77
"""Exit status of a child that tried what is not allowed."""


def serve(descriptor: int) -> None:
    """Answer requests on a socket until it closes. One request, one child, one reply, in turn."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = socket.socket(fileno=descriptor)
    load()
    folders = confine.code_folders()
    gc.collect()
    gc.freeze()
    connection.sendall(b'{"ready": true}\n')
    while True:
        message, descriptors, _, _ = socket.recv_fds(connection, 65_536, 3)
        if not message:
            return
        request = json.loads(message)
        child = os.fork()
        if child == 0:
            connection.close()
            read_one(request, descriptors, folders)
        for each in descriptors:
            os.close(each)
        connection.sendall(b'{"started": true}\n')
        order = connection.recv(100)
        status, most = finish(child, at_once=order.strip() != b"end")
        if not order:
            return
        connection.sendall(json.dumps({"status": status, "memory": most}).encode() + b"\n")


def load() -> None:
    """Import every parser once, so that a child needs no more than to parse."""
    registry()
    with suppress(ImportError):
        import_module("waymark.engines.documents.parsers.pdf.reader")


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


def read_one(request: dict[str, Any], descriptors: list[int], folders: list[str]) -> None:
    """In the child: wall in, parse, send, end. Never returns."""
    status = 1
    file, out, errors = descriptors
    try:
        os.setsid()
        confine.die_with_parent()
        file, out = arrange(file, out, errors)
        status = parse_one(request, file, out, folders)
    except MemoryError:
        with suppress(BaseException):
            os.write(out, wire.line("failed", "MemoryError", ""))
    except BaseException as error:
        with suppress(BaseException):
            os.write(out, wire.line("failed", type(error).__name__, str(error)[:500]))
    finally:
        os._exit(status)


def arrange(file: int, out: int, errors: int) -> tuple[int, int]:
    """Put the three descriptors at 3, 4 and 2 and close all others, so that nothing of the parent is left in reach."""
    file, out = os.dup(file), os.dup(out)
    os.dup2(errors, 2)
    high_file, high_out = 60, 61
    os.dup2(file, high_file)
    os.dup2(out, high_out)
    os.closerange(3, high_file)
    os.closerange(high_out + 1, 65_536)
    os.dup2(high_file, 3)
    os.dup2(high_out, 4)
    os.closerange(high_file, high_out + 1)
    return 3, 4


def parse_one(request: dict[str, Any], file: int, out: int, folders: list[str]) -> int:
    """Parse the file within the walls and send the lines; give the exit status."""
    parser = parser_named(request["parser"])
    processes = bool(request["processes"])
    place = Path(f"/proc/self/fd/{file}" if sys.platform == "linux" else f"/dev/fd/{file}")
    programs = [each for each in OCR_FOLDERS if processes and Path(each).is_dir()]
    readable = [*folders, *programs, os.path.realpath(place)]
    tried: list[str] = []
    confine.limit(memory=request["memory"], seconds=request["computing"])
    confine.restrict_files(file, readable[:-1])
    confine.watch(readable, tried.append, processes=processes)
    confine.restrict_calls(processes=processes)
    try:
        parsed = parser.parse(place)
        lines = wire.encode(parsed)
    except InputError as error:
        lines = iter([wire.line("refused", error.problem, error.expected, error.todo, error.place)])
    except (MemoryError, RecursionError, PermissionError) as error:
        lines = iter([wire.line("failed", type(error).__name__, "" if tried else str(error)[:500])])
    held, size = [], 0
    for each in lines:
        held.append(each)
        size += len(each)
        if size > 65_536:
            send(out, b"".join(held))
            held, size = [], 0
    if tried:
        held.append(wire.line("tried", tried[0]))
    send(out, b"".join(held))
    return FORBIDDEN if tried else 0


def send(out: int, data: bytes) -> None:
    """Write all of `data` to the pipe."""
    view = memoryview(data)
    while view:
        view = view[os.write(out, view) :]
