"""Makes the files of a paper in a process of its own, which ends afterwards: typesetting keeps what it once took.

The caller stays small and loads nothing of what draws and typesets. Data and files pass through a folder that only this
user may read, in Python's own form: both ends are this program. The process ends with its caller, at the latest when
the time is over.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from waymark.gcm.errors import OutputError
from waymark.queries.reviews.views import ReviewData

Kind = Literal["review", "full-review", "sdg"]

SECONDS = 300.0
"""The longest a paper may take; one review takes about two."""

REFUSED = 9
"""Exit status of the process when it refuses in words fit to show."""

MODULE = "waymark.papers.child"


def files_apart(kind: Kind, data: ReviewData, *, seconds: float = SECONDS) -> dict[str, bytes]:
    """The files of a paper by name, the same bytes as made in this process.

    Raises OutputError when the process refuses, takes too long or is ended from outside, RuntimeError for a defect in
    it, with its traceback.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="waymark-paper-") as folder:
            given, made, said = (Path(folder, name) for name in ("data", "files", "said"))
            given.write_bytes(pickle.dumps(data, protocol=pickle.HIGHEST_PROTOCOL))
            status = _run([kind, str(given), str(made)], said, seconds)
            if status:
                raise _failure(status, said.read_text(encoding="utf-8", errors="replace"))
            files: dict[str, bytes] = pickle.loads(made.read_bytes())  # written by our own process just now
            return files
    except OSError as error:
        raise OutputError(unwritable(error)) from error


def unwritable(error: OSError) -> str:
    """The words for a folder of temporary files that cannot be used."""
    return (
        f"The paper cannot be made, because the folder of temporary files cannot be used ({error.strerror or error}); "
        "nothing was written. Free some space there, or name another folder with TMPDIR, then ask again."
    )


def _run(arguments: list[str], said: Path, seconds: float) -> int:
    """Run the process to its end and return its status. It ends when its input is closed, and so when we end."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with said.open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", MODULE, *arguments],  # -P: nothing is loaded from the folder we stand in
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=words,
            env=environment,
        )
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise OutputError(
                f"The paper was not ready after {seconds:.0f} seconds and was given up; nothing was written. "
                "Ask again when the machine has less to do, or for a review of fewer commitments."
            ) from None
        finally:  # Ctrl-C as well
            process.kill()
            process.wait()
            if process.stdin:
                process.stdin.close()


def _failure(status: int, said: str) -> Exception:
    """What to raise for a process that made nothing."""
    if status == REFUSED:
        return OutputError(said.strip())
    if status < 0:
        return OutputError(
            f"The process that makes the paper was ended from outside (signal {-status}); nothing was written. "
            "Often the machine is short of memory: a review takes up to 400 MiB. Free some, then ask again."
        )
    return RuntimeError(f"The process that makes the paper failed with status {status}:\n{said}")
