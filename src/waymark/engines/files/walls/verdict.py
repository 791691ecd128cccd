"""What is said of a job behind the wall that did not end well: once for all kinds."""

import errno
import os
import signal
from dataclasses import dataclass

from waymark.engines.files.walls.kinds import MEGABYTE, Kind, Limits
from waymark.engines.files.walls.lines import Decoder
from waymark.gcm.errors import InputError, OutputError

_MEMORY_WORDS = (b"memory allocation", b"bad_alloc", b"Out of memory", b"MemoryError", b"Cannot allocate memory")
_SIGNALS_OF_MEMORY = (signal.SIGABRT, signal.SIGSEGV, signal.SIGTRAP, signal.SIGILL, signal.SIGBUS, signal.SIGKILL)

TOO_MUCH_MEMORY = "memory"
"""The reason for stopping a child that grew beyond its memory."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: why it was stopped ("" when it was not), its wait status, its peak in kB, its last words."""

    stopped: str
    status: int
    memory: int
    words: bytes


def conclude(name: str, kind: Kind, decoder: Decoder, end: Ended, limits: Limits) -> None:
    """Return when the job was done; otherwise raise an InputError that names the file and says what happened."""
    tried, refused, failed = (decoder.said.get(word) for word in ("tried", "refused", "failed"))
    if tried:
        problem = f"it made its reader try to {tried[0]}, which no {kind.noun} needs; it was stopped"
        raise _stopped(name, kind, problem, "Do not open it. Ask the sender about it.")
    if end.stopped == TOO_MUCH_MEMORY:
        raise _crowded(name, kind, limits)
    if end.stopped:
        raise _stopped(name, kind, f"{end.stopped}, so it was stopped", _both(kind.divide, kind.again))
    code = os.waitstatus_to_exitcode(end.status)
    if code < 0 or code == 1 or failed:
        raise _broken(name, kind, code, failed or [], end, limits)
    if refused and len(refused) == 5:
        given, problem, expected, todo, place = refused
        raise InputError(given or name, problem, expected=expected, todo=todo, place=place)
    if not decoder.ended:
        raise _stopped(name, kind, "its reader ended without a result", kind.again)


def breach(name: str, kind: Kind, problem: str) -> InputError:
    """The refusal of a result that its job would not have written."""
    return _stopped(name, kind, f"{problem}, so it was not taken", kind.again)


def _broken(
    name: str, kind: Kind, code: int, failed: list[str], end: Ended, limits: Limits
) -> InputError | OutputError:
    """Why a child broke: time, memory, size of the result, a crash, or an error it did not expect."""
    if code == -signal.SIGXCPU:
        problem = f"reading it took more than {limits.computing} seconds of computing"
        return _stopped(name, kind, problem, kind.divide)
    if failed[:1] == ["OSError"] and failed[2:] == [str(errno.ENOSPC)]:
        return OutputError(
            f"{name}: the disk is full, so what was read could not be kept; nothing was stored. Free some space."
        )
    if failed[:1] == ["OSError"] and failed[2:] == [str(errno.EFBIG)]:
        problem = f"what is read from it has more than {limits.result_bytes // MEGABYTE:,} MB"
        return _stopped(name, kind, problem, kind.divide)
    crowded = end.memory * 1024 > 0.75 * limits.memory and -code in _SIGNALS_OF_MEMORY
    if failed[:1] == ["MemoryError"] or crowded or any(each in end.words for each in _MEMORY_WORDS):
        return _crowded(name, kind, limits)
    if code < 0:
        return _stopped(name, kind, f"it made its reader crash ({signal.Signals(-code).name})", kind.again)
    what = ": ".join(part for part in failed[:2] if part) or f"status {code}"
    return _stopped(name, kind, f"its reader failed on it ({what})", kind.again)


def _crowded(name: str, kind: Kind, limits: Limits) -> InputError:
    problem = f"reading it needs more than {limits.memory // MEGABYTE:,} MB of memory"
    return _stopped(name, kind, problem, kind.divide)


def _stopped(name: str, kind: Kind, problem: str, todo: str) -> InputError:
    return InputError(name, f"{problem}.", expected=kind.whole, todo=todo)


def _both(first: str, second: str) -> str:
    """Two things to do, as one sentence: "Divide it, or save it again as PDF."."""
    return f"{first.rstrip('.')}, or {second[0].lower()}{second[1:]}"
