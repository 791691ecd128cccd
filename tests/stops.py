"""Stops a command at a chosen moment: at the n-th thing that it does to the files below a folder.

The command sends the signal to itself there, so no test has to meet the moment from outside, whoever is faster.
"""

import signal
from pathlib import Path

EVENTS = ("open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir")
"""Events of Python's audit that name a path first."""

_HOOK = """
def stop(sent, at, events, below):
    import os, signal, sys
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell started the tests behind itself
    done = 0
    def hook(event, given):
        nonlocal done
        if event in events and isinstance(given[0], (str, bytes, os.PathLike)):
            if os.path.abspath(os.fsdecode(given[0])).startswith(below):
                done += 1
                if done == at:
                    os.kill(os.getpid(), sent)
    sys.addaudithook(hook)
stop({sent}, {at}, {events}, {below!r})
"""

WAYMARK = "import sys\nfrom waymark.interfaces.cli.main import main\nsys.exit(main(sys.argv[1:]))\n"
"""The command `waymark` as a program."""


def stopped(program: str, below: Path, at: int, sent: signal.Signals, events: tuple[str, ...] = EVENTS) -> str:
    """The program, to be run with `python -c`; it is sent the signal when it does its `at`-th thing below a path."""
    return _HOOK.format(sent=int(sent), at=at, events=events, below=str(below)) + program
