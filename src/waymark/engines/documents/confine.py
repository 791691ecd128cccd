"""What a child process may do while it reads a file that somebody sent: next to nothing.

Four walls, so that one of them may fail: limits of the system (memory, time, files), a list of the system calls that
are allowed (`syscalls`), Landlock (which files may be opened), and an audit hook of Python, which also works where the
first ones do not exist and says in words what was tried.

Sources: Linux manual pages prctl(2), seccomp(2), landlock(7), getrlimit(2); kernel document userspace-api/landlock.
"""

import ctypes
import os
import resource
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from waymark.engines.documents import syscalls

NO_NEW_PRIVILEGES = 38
DEATH_SIGNAL = 1
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 0b1101
"""Landlock: execute, read a file, read a folder (bits 0, 2 and 3)."""

_READ_ONE = 0b100
_ALL_OF_VERSION_1 = (1 << 13) - 1
_TCP = 0b11
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.system", "pty.spawn")
_CHANGES = (
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.utime", "os.setxattr", "shutil.", "tempfile.", "sqlite3.connect",
)  # fmt: skip
_OTHERS = ("os.kill", "os.killpg", "signal.pthread_kill", "os.putenv")


def code_folders() -> list[str]:
    """The folders that hold Python, its packages and the libraries they load: all that may be read besides the file."""
    named = {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(None, sys.path)}
    system = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/zoneinfo")
    wide = {"/", "/home", "/root", "/tmp", "/usr", "/usr/local", "/var", "/etc", str(Path.home()), str(Path.cwd())}
    found = {os.path.realpath(name) for name in (*named, *system) if Path(name).exists()}
    own = {str(Path(__file__).parents[3])}
    return sorted((found - wide) | own)


def limit(*, memory: int, seconds: int, files: int = 64) -> None:
    """Limit this process for good: `memory` bytes beyond what it has now, `seconds` of computing, no files written."""
    held = _address_space()
    for kind, most in (
        (resource.RLIMIT_AS, held + memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most + 1 if kind == resource.RLIMIT_CPU else most))


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
    """Let this process open nothing but `file` (a descriptor) and what lies in `folders`, for reading only.

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
    _allow(libc, ruleset, file, _READ_ONE)
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


def restrict_calls(*, processes: bool = False) -> bool:
    """Allow only the system calls that reading needs; `processes` also lets programs be started (for OCR).

    Says whether this machine knows the filter (Linux on x86_64 or aarch64).
    """
    program = syscalls.program(os.getpid(), processes=processes)
    if not program:
        return False
    libc = _libc()
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return syscalls.install(libc, program)


def watch(readable: list[str], tried: Callable[[str], None], *, processes: bool = False) -> None:
    """Refuse in Python what the walls refuse, in words: `tried` gets them. It cannot be taken off again.

    `readable` are the folders and files that may be opened for reading.
    """
    roots = tuple(f"{name.rstrip('/')}/" for name in readable)
    allowed = frozenset(readable) | {"/dev/null", "/dev/urandom", "/dev/zero"}

    def refuse(what: str) -> None:
        tried(what)
        raise PermissionError(f"not allowed while a document is read: {what}")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            name, mode, flags = arguments
            wants = int(flags) if isinstance(flags, int) else 0
            if wants & _WRITE_FLAGS or (isinstance(mode, str) and set(mode) & set("wax+")):
                refuse("write a file")
            if isinstance(name, str | bytes) and not _may_read(os.fsdecode(name)):
                refuse("read another file")
        elif event.startswith("socket."):
            refuse("use the network")
        elif event.startswith(_STARTS) and not processes:
            refuse("start a program")
        elif event.startswith(_CHANGES):
            refuse("change files")
        elif event.startswith(_OTHERS) and not processes:
            refuse("reach other programs")

    def _may_read(name: str) -> bool:
        if name.startswith(("/proc/self/", "/dev/fd/")) or name in allowed:
            return True
        real = os.path.realpath(name)
        return real in allowed or real.startswith(roots)

    sys.addaudithook(hook)
