"""What a child process may do while it reads a file that somebody sent: next to nothing.

Four walls, so that one of them may fail: limits of the system (memory, time, files), a list of the system calls that
are allowed (`syscalls`), Landlock (which files may be opened), and an audit hook of Python, which also works where the
first ones do not exist and says in words what was tried.

Sources: Linux manual pages prctl(2), seccomp(2), landlock(7), getrlimit(2); kernel document userspace-api/landlock.
"""

import ctypes
import os
import resource
import stat
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from waymark.engines.files.walls import syscalls

NO_NEW_PRIVILEGES = 38
DEATH_SIGNAL = 1
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 0b1101
"""Landlock: execute, read a file, read a folder (bits 0, 2 and 3)."""

_READ_ONE, _READ_BELOW = 0b100, 0b1100
_ALL_OF_VERSION_1 = (1 << 13) - 1
_TCP = 0b11
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.system", "pty.spawn")
_CHANGES = (
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.utime", "os.setxattr", "shutil.", "tempfile.", "sqlite3.connect",
)  # fmt: skip
_OWN = ("/proc/self/", "/dev/fd/", "/dev/null", "/dev/urandom")
_OTHERS = ("os.kill", "os.killpg", "signal.pthread_kill", "os.putenv")


def code_folders() -> list[str]:
    """The folders that hold Python, its packages and the libraries they load: all that may be read besides the file."""
    named = {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(None, sys.path)}
    system = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/zoneinfo")
    wide = {"/", "/home", "/root", "/tmp", "/usr", "/usr/local", "/var", "/etc", str(Path.home()), str(Path.cwd())}
    found = {os.path.realpath(name) for name in (*named, *system) if Path(name).exists()}
    own = {str(Path(__file__).parents[3])}
    return sorted((found - wide) | own)


RESERVED = 8 * 2**30
"""Bytes of address space beyond its memory that a process with threads may reserve: allocators take more than they use.
What it really uses is watched from outside."""


def limit(*, memory: int, seconds: int, threads: bool = False, written: int = 0, files: int = 64) -> None:
    """Limit this process for good: `memory` bytes beyond what it has now, `seconds` of computing, `written` bytes.

    A limit that it has already and that is lower stays.
    """
    held = _address_space() + (RESERVED if threads else 0)
    for kind, most in (
        (resource.RLIMIT_AS, held + memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        highest = most + 1 if kind == resource.RLIMIT_CPU else most
        if hard != resource.RLIM_INFINITY:
            highest = min(hard, highest)
        resource.setrlimit(kind, (min(most, highest), highest))


def _address_space() -> int:
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
    except OSError:
        return 2**30


def die_with_parent() -> None:
    """End this process when the one that started it ends (Linux)."""
    if sys.platform == "linux":
        _libc().prctl(DEATH_SIGNAL, 9, 0, 0, 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def restrict_files(file: int, folders: list[str]) -> bool:
    """Let this process open nothing but `file` (a descriptor, or a folder's) and what lies in `folders`, for reading.

    Says whether the kernel knows Landlock; without it the audit hook and the system calls still hold.
    """
    if sys.platform != "linux":
        return False
    libc = _libc()
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    files = _ALL_OF_VERSION_1 | (1 << 13 if version >= 2 else 0) | (1 << 14 if version >= 3 else 0)
    rules = _Ruleset(files, _TCP if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return False
    _allow(libc, ruleset, file, _READ_BELOW if stat.S_ISDIR(os.fstat(file).st_mode) else _READ_ONE)
    for folder in folders:
        opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        _allow(libc, ruleset, opened, _READ if Path(folder).is_dir() else _READ_ONE)
        os.close(opened)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done = bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    os.close(ruleset)
    return done


def _allow(libc: ctypes.CDLL, ruleset: int, opened: int, rights: int) -> None:
    libc.syscall(_ADD_RULE, ruleset, 1, ctypes.byref(_Beneath(rights, opened)), 0)


def restrict_calls(*, processes: bool = False, threads: bool = False) -> bool:
    """Allow only the system calls that reading needs; `processes` also lets programs be started (for OCR).

    `threads` lets this process have threads, which share its walls.

    Says whether this machine knows the filter (Linux on x86_64 or aarch64). Raises OSError when it fails.
    """
    program = syscalls.program(os.getpid(), processes=processes, threads=threads)
    if not program:
        return False
    libc = _libc()
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if not syscalls.install(libc, program):
        raise OSError(ctypes.get_errno(), "the filter of system calls could not be set")
    return True


def watch(readable: list[str], tried: Callable[[str], None], *, processes: bool = False) -> None:
    """Refuse in Python what the walls refuse, in words: `tried` gets them. It cannot be taken off again.

    `readable` are the folders and files that may be opened for reading.
    """
    allowed = frozenset(readable)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        what = refusal(event, arguments, allowed, processes=processes)
        if what:
            tried(what)
            raise PermissionError(f"not allowed while a file is read: {what}")

    sys.addaudithook(hook)


def refusal(event: str, arguments: tuple[object, ...], readable: frozenset[str], *, processes: bool = False) -> str:
    """What an event of Python's audit would do that is not allowed, "" when it is.

    Events and their arguments: Python's "Audit events table".
    """
    if event == "open":
        return _opening(arguments, readable)
    if event.startswith("socket."):
        return "use the network"
    if event.startswith(_CHANGES):
        return "change files"
    if not processes and event.startswith(_STARTS):
        return "start a program"
    if not processes and event.startswith(_OTHERS):
        return "reach other programs"
    return ""


def _opening(arguments: tuple[object, ...], readable: frozenset[str]) -> str:
    name, mode, flags = arguments
    if not isinstance(name, str | bytes):
        return ""  # a descriptor that is open already
    if (isinstance(flags, int) and flags & _WRITE_FLAGS) or (isinstance(mode, str) and set(mode) & set("wax+")):
        return "write a file"
    path = os.fsdecode(name)
    if path.startswith(_OWN) or path in readable:
        return ""
    real = os.path.realpath(path)
    under = any(real == each or real.startswith(f"{each.rstrip('/')}/") for each in readable)
    return "" if under else "read another file"
