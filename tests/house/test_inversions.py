"""Thresholds and permission checks of a listed set: each, turned round, makes a named test fail.

The files `inversions.csv` beside the tests list them: the file, the words as they stand (they must stand exactly
once), the words turned round, and the tests that must notice. Each row runs those tests on a
copy of the package with that one change.
"""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    row
    for listed in sorted((ROOT / "tests").rglob("inversions.csv"))
    for row in csv.DictReader(listed.read_text(encoding="utf-8").splitlines())
]


def overlay(folder: Path, row: dict[str, str]) -> Path:
    """A copy of the package made of links, with one file changed; returns the folder to import from."""
    source = ROOT / "src"
    for path in source.rglob("*"):
        target = folder / path.relative_to(source)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif path.suffix != ".pyc":
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".py":
                shutil.copyfile(path, target)
            else:
                target.symlink_to(path)
    changed = folder / row["file"].removeprefix("src/")
    text = changed.read_text(encoding="utf-8")
    assert text.count(row["original"]) == 1, f"{row['file']} must hold these words exactly once: {row['original']}"
    changed.write_text(text.replace(row["original"], row["inverted"]), encoding="utf-8")
    return folder


def test_the_list_is_not_empty() -> None:
    assert len(ROWS) >= 40


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=[f"{Path(row['file']).stem}: {row['original']}" for row in ROWS])
def test_inversion_is_noticed(row: dict[str, str], tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(overlay(tmp_path, row)), "PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "COV_CORE_SOURCE", "COVERAGE_PROCESS_START"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
    result = subprocess.run(
        [*command, *row["tests"].split()], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1, (
        f"no test noticed that {row['original']!r} became {row['inverted']!r}\n{result.stdout}"
    )
