"""Both demonstrations built once for all workers, by the command a person runs; a test that runs more has a copy."""

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))


@dataclass(frozen=True)
class Demonstrations:
    """Where the built pages and the data folder of the run lie; only a copy may be written."""

    pages: Path
    data: Path

    def copied(self, folder: Path) -> "Demonstrations":
        """A copy for one test: another worker may be reading these."""
        shutil.copytree(self.data, folder / "data")
        shutil.copytree(self.pages, folder / "pages")
        return Demonstrations(folder / "pages", folder / "data")

    def waymark(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command on this data folder."""
        return run_waymark(self.data, *words, **environment)


def run_waymark(data: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a data folder of its own, with SQLite whatever the tests run on."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTHONHASHSEED")}
    return subprocess.run(
        [sys.executable, "-m", "waymark", *words],
        env={**kept, "WAYMARK_DATA": str(data), **environment},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture
def own(demonstrations: Demonstrations, tmp_path: Path) -> Demonstrations:
    """A copy of the demonstrations that the test may change."""
    return demonstrations.copied(tmp_path / "own")


@pytest.fixture(scope="session")
def demonstrations(tmp_path_factory: pytest.TempPathFactory) -> Demonstrations:
    """Both reviews and the fictional country's report by target; to be read, and to be copied."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstrations"
    shared.mkdir(exist_ok=True)
    built = Demonstrations(shared / "pages", shared / "data")
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "done").exists():
            out = str(built.pages)
            seed = {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}
            for words in (
                ("demo", "--out", out),
                ("paper", "QOR", "--framework", "sdg", "--out", f"{out}/QOR-sdg"),
            ):
                result = built.waymark(*words, **seed)
                assert result.returncode == 0, result.stderr
            (shared / "done").touch()
    return built
