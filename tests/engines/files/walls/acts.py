"""Jobs behind the wall that misbehave: the file says which act, and with what. It runs in the walled child."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

from waymark.engines.files.walls.child import Task
from waymark.gcm.errors import InputError

LIBC = ctypes.CDLL(None, use_errno=True)


def good(task: Task, where: str) -> None:
    task.send("end", 0)


def segfault(task: Task, where: str) -> None:
    ctypes.string_at(0)


def abort(task: Task, where: str) -> None:
    os.abort()


def hang(task: Task, where: str) -> None:
    time.sleep(60)


def spin(task: Task, where: str) -> None:
    while True:
        pass


def allocate(task: Task, where: str) -> None:
    held = []
    while True:
        held.append(b"x" * 10_000_000)


def allocate_at_once(task: Task, where: str) -> None:
    bytearray(200_000_000_000)


def allocate_in_a_thread(task: Task, where: str) -> None:
    worker = threading.Thread(target=allocate, args=(task, where))
    worker.start()
    worker.join()


def thread(task: Task, where: str) -> None:
    found: list[str] = []
    worker = threading.Thread(target=lambda: found.append(where))
    worker.start()
    worker.join()
    task.send("end", len(found))


def connect(task: Task, where: str) -> None:
    socket.create_connection(("127.0.0.1", int(where)))


def connect_in_a_thread(task: Task, where: str) -> None:
    worker = threading.Thread(target=lambda: task.send("end", LIBC.socket(2, 1, 0) + 1))
    worker.start()
    worker.join()


def write(task: Task, where: str) -> None:
    Path(where).write_text("escaped")


def write_quietly(task: Task, where: str) -> None:
    try:
        Path(where).write_text("escaped")
    except PermissionError:
        task.send("end", 0)


def read_other(task: Task, where: str) -> None:
    Path(where).read_text()


def remove(task: Task, where: str) -> None:
    Path(where).unlink()


def start(task: Task, where: str) -> None:
    subprocess.run(["/bin/sh", "-c", f"echo escaped > {where}"])


def fork(task: Task, where: str) -> None:
    os.fork()


def kill_parent(task: Task, where: str) -> None:
    os.kill(os.getppid(), signal.SIGKILL)


def error(task: Task, where: str) -> None:
    raise KeyError("no such part")


def leave(task: Task, where: str) -> None:
    os._exit(0)


def recursion(task: Task, where: str) -> None:
    recursion(task, where)


def much(task: Task, where: str) -> None:
    with os.fdopen(task.results[0], "wb") as out:
        for _ in range(100):
            out.write(b"x" * 1_000_000)
    task.send("end", 0)


def full_disk(task: Task, where: str) -> None:
    raise OSError(28, "No space left on device")


def noise(task: Task, where: str) -> None:
    os.write(task.out, b"[1, 2\n")


def endless(task: Task, where: str) -> None:
    while True:
        os.write(task.out, b"x" * 65536)


def many_lines(task: Task, where: str) -> None:
    while True:
        os.write(task.out, b'["end",0]\n' * 1000)


def refuse(task: Task, where: str) -> None:
    raise InputError(str(task.path), "cell B7 is\x00 odd\u202e", expected="a number", todo="Correct it", place="row 7")


def refuse_another(task: Task, where: str) -> None:
    raise InputError("--language xx", "it is unknown", expected="en", todo="Correct it")


def put(task: Task, where: str) -> None:
    """Write the words after the number of rows into the result, as they stand."""
    rows, _, words = where.partition(" ")
    for each in task.results:
        os.write(each, words.encode().decode("unicode_escape").encode("latin-1"))
    task.send("end", int(rows))


def send_all(task: Task, where: str) -> None:
    """Send the lines and write the results that a list in JSON holds, the results as hexadecimal numbers."""
    lines, results = json.loads(where)
    for each, content in zip(task.results, results, strict=True):
        with os.fdopen(each, "wb") as out:
            out.write(bytes.fromhex(content))
    task.send_line(lines.encode())


def c_socket(task: Task, where: str) -> None:
    task.send("end", LIBC.socket(2, 1, 0) + 1)


def c_open_to_write(task: Task, where: str) -> None:
    task.send("end", LIBC.open(where.encode(), os.O_WRONLY | os.O_CREAT, 0o600) + 1)


def c_read_other(task: Task, where: str) -> None:
    task.send("end", LIBC.open(where.encode(), os.O_RDONLY) + 1)


def c_fork(task: Task, where: str) -> None:
    task.send("end", LIBC.fork() + 1)


def c_unlink(task: Task, where: str) -> None:
    task.send("end", LIBC.unlink(where.encode()) + 1)


def c_truncate(task: Task, where: str) -> None:
    task.send("end", LIBC.truncate(where.encode(), 0) + 1)


def c_kill_parent(task: Task, where: str) -> None:
    task.send("end", LIBC.kill(os.getppid(), 9) + 1)


def c_shell(task: Task, where: str) -> None:
    task.send("end", LIBC.execv(b"/bin/sh", (ctypes.c_char_p * 2)(b"sh", None)) + 1)


def c_more(task: Task, where: str) -> None:
    task.send("end", LIBC.setrlimit(1, (ctypes.c_ulong * 2)(10**9, 10**9)) + 1)


def run(task: Task) -> None:
    act, _, where = task.path.read_text().partition(" ")
    globals()[act](task, where)
