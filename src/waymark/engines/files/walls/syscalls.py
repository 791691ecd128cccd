"""The list of system calls that a process may make while it reads a file, as a filter for the Linux kernel.

Whatever is not on the list fails with "not permitted"; nothing is on it that opens a network connection, starts a
program, changes a file or reaches another process. Opening a file is allowed for reading only.

Numbers: Linux, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. Form of the filter:
kernel document userspace-api/seccomp_filter (classic BPF over struct seccomp_data).
"""

import ctypes
import os
import platform
import struct
import sys

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

NUMBERS = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "stat": (4, -1), "fstat": (5, 80), "lstat": (6, -1),
    "poll": (7, -1), "lseek": (8, 62), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "pread64": (17, 67),
    "readv": (19, 65), "writev": (20, 66), "access": (21, -1), "select": (23, -1), "sched_yield": (24, 124),
    "mremap": (25, 216), "madvise": (28, 233), "dup": (32, 23), "nanosleep": (35, 101), "getpid": (39, 172),
    "exit": (60, 93), "uname": (63, 160), "getcwd": (79, 17), "readlink": (89, -1), "gettimeofday": (96, 169),
    "getrusage": (98, 165), "sysinfo": (99, 179), "times": (100, 153), "getuid": (102, 174), "getgid": (104, 176),
    "geteuid": (107, 175), "getegid": (108, 177), "getppid": (110, 173), "sigaltstack": (131, 132), "statfs": (137, 43),
    "fstatfs": (138, 44), "gettid": (186, 178), "time": (201, -1), "futex": (202, 98), "sched_getaffinity": (204, 123),
    "getdents64": (217, 61), "fadvise64": (221, 223), "restart_syscall": (219, 128), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "exit_group": (231, 94), "newfstatat": (262, 79),
    "readlinkat": (267, 78), "faccessat": (269, 48), "pselect6": (270, 72), "ppoll": (271, 73),
    "set_robust_list": (273, 99), "getrandom": (318, 278), "membarrier": (324, 283), "statx": (332, 291),
    "rseq": (334, 293), "faccessat2": (439, 439),
}  # fmt: skip
"""(number on x86_64, number on aarch64) of each allowed call; -1 where it does not exist."""

FOR_PROGRAMS = {
    "clone": (56, 220), "vfork": (58, -1), "execve": (59, 221), "wait4": (61, 260), "waitid": (247, 95),
    "pipe2": (293, 59), "dup2": (33, -1), "dup3": (292, 24), "set_tid_address": (218, 96), "arch_prctl": (158, -1),
    "setsid": (112, 157), "close_range": (436, 436), "eventfd2": (290, 19), "clone3": (435, 435),
    "sched_setaffinity": (203, 122), "kill": (62, 129),
}  # fmt: skip
"""What is allowed besides when a program (OCR) may be started."""

CLONE, CLONE3, CLONE_THREAD = (56, 220), (435, 435), 0x10000
"""For threads: clone is allowed when it makes one; clone3, whose flags a filter cannot see, does not exist (ENOSYS), so
that the C library falls back to clone."""

OPEN, OPENAT = (2, -1), (257, 56)
SIGNALS_TO_SELF = ((62, 129), (234, 131))
"""kill and tgkill: allowed to the process itself, so that it can end by a signal."""

FCNTL, IOCTL, PRLIMIT = (72, 25), (16, 29), (302, 261)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FCNTL_READS = (1, 2, 3, 1030)
"""fcntl: F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC."""

_LOAD, _EQUAL, _ANY, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW = 0x7FFF0000
_DENY = 0x00050000
_EPERM, _EACCES, _ENOTTY, _ENOSYS = 1, 13, 25, 38
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("<HBBI", code, then, otherwise, value & 0xFFFFFFFF)


def program(pid: int, *, processes: bool = False, threads: bool = False, machine: str = "") -> bytes:
    """The filter for the process `pid` on this machine (or another `machine`), b"" where there is none.

    Each step is 8 bytes; a call that no step names is refused.
    """
    machine = machine or platform.machine()
    if sys.platform != "linux" or machine not in ARCHITECTURES:
        return b""
    column = 0 if machine == "x86_64" else 1
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, ARCHITECTURES[machine], 1, 0),
        _step(_RETURN, _DENY | _EPERM),
        _step(_LOAD, _NUMBER),
    ]
    calls = NUMBERS | (FOR_PROGRAMS if processes else {})
    for number in sorted(numbers[column] for numbers in calls.values()):
        if number >= 0:
            steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    for numbers, argument in ((OPEN, 1), (OPENAT, 2)):
        steps += _when(numbers[column], _without(argument, _WRITING), _DENY | _EACCES)
    for numbers in SIGNALS_TO_SELF:
        steps += _when(numbers[column], _among(0, (pid,)), _DENY | _EPERM)
    steps += _when(FCNTL[column], _among(1, _FCNTL_READS), _DENY | _EPERM)
    steps += _when(PRLIMIT[column], _among(2, (0,)), _DENY | _EPERM)
    steps += _when(IOCTL[column], [], _DENY | _ENOTTY)
    if threads and not processes:
        steps += _when(CLONE[column], _with(0, CLONE_THREAD), _DENY | _EPERM)
        steps += _when(CLONE3[column], [], _DENY | _ENOSYS)
    steps.append(_step(_RETURN, _DENY | _EPERM))
    return b"".join(steps)


def _when(number: int, test: list[bytes], refusal: int) -> list[bytes]:
    """For one call: `test` allows by returning, what is left gets the refusal."""
    if number < 0:
        return []
    return [_step(_EQUAL, number, 0, len(test) + 1), *test, _step(_RETURN, refusal)]


def _without(argument: int, bits: int) -> list[bytes]:
    """Allow when none of the bits is set in the low half of an argument."""
    return [_step(_LOAD, _ARGUMENTS + 8 * argument), _step(_ANY, bits, 1, 0), _step(_RETURN, _ALLOW)]


def _with(argument: int, bits: int) -> list[bytes]:
    """Allow when any of the bits is set in the low half of an argument."""
    return [_step(_LOAD, _ARGUMENTS + 8 * argument), _step(_ANY, bits, 0, 1), _step(_RETURN, _ALLOW)]


def _among(argument: int, values: tuple[int, ...]) -> list[bytes]:
    """Allow when the low half of an argument is one of the values."""
    steps = [_step(_LOAD, _ARGUMENTS + 8 * argument)]
    for value in values:
        steps += [_step(_EQUAL, value, 0, 1), _step(_RETURN, _ALLOW)]
    return steps


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def install(libc: ctypes.CDLL, steps: bytes) -> bool:
    """Put the filter on this process and its children, for good. Needs "no new privileges" set before."""
    held = ctypes.create_string_buffer(steps, len(steps))
    filled = _Program(len(steps) // 8, ctypes.cast(held, ctypes.c_void_p))
    return bool(libc.prctl(22, 2, ctypes.byref(filled), 0, 0) == 0)
