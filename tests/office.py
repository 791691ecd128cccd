"""LibreOffice as a reader of what we write: one call at a time, each with a profile and a home of its own."""

import fcntl
import os
import subprocess
import tempfile
from pathlib import Path

LOCK = Path(tempfile.gettempdir()) / f"waymark-office-{os.getuid()}.lock"
"""Held while it runs, by the tests of all workers."""


def saved_as(kind: str, path: Path, folder: Path) -> Path:
    """The file as LibreOffice saves it in another kind ("pdf", or "xlsx:Name of a filter"), in a new folder."""
    folder.mkdir()
    out, own = folder / "out", folder / "own"
    own.mkdir()
    command = ["soffice", "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={own.as_uri()}/profile"]
    environment = {**os.environ, "HOME": str(own), "XDG_RUNTIME_DIR": str(own), "XDG_CONFIG_HOME": str(own)}
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [*command, "--convert-to", kind, "--outdir", out, path], env=environment, capture_output=True, text=True
        )
    made = out / f"{path.stem}.{kind.partition(':')[0]}"
    assert made.exists(), f"LibreOffice ended with {done.returncode} and saved nothing: {done.stdout} {done.stderr}"
    return made
