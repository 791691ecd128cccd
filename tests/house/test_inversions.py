"""Thresholds and permission checks of a listed set: each, turned round, makes a named test fail.

The files `inversions.csv` beside the tests list them: the file, the words as they stand (they must stand exactly
once), the words turned round, and the tests that must notice. Each row runs those tests on a
copy of the package with that one change, in a process that makes many such changes (`mutants`).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.mutants import ROOT, Change, Mutants, listed

CHANGES = listed()
FILE = "src/waymark/engines/indicators/ahead.py"


@pytest.fixture(scope="session")
def mutants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mutants]:
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "mutants"
    shared.mkdir(exist_ok=True)
    with Mutants(shared) as running:
        yield running


def test_the_list_is_not_empty() -> None:
    assert len(CHANGES) >= 40


def test_the_words_of_every_row_stand_exactly_once() -> None:
    paths = {change.file: ROOT / change.file for change in CHANGES}
    texts = {file: path.read_text(encoding="utf-8") if path.exists() else "" for file, path in paths.items()}
    assert [change for change in CHANGES if texts[change.file].count(change.original) != 1] == []


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=[f"{Path(change.file).stem}: {change.original}" for change in CHANGES])
def test_inversion_is_noticed(change: Change, mutants: Mutants) -> None:
    verdict = mutants.judge(change)
    assert verdict.answer == "noticed", (
        f"{verdict.answer}: {change.original!r} became {change.inverted!r}\n{verdict.said}"
    )


# What the machinery tells apart. The change is made in a file that nothing else loads, the tests are written here.

EIGHT = "from waymark.engines.indicators.ahead import DEPTH\n\ndef test_it():\n    assert DEPTH == 8\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("original", "inverted", "tests", "answer"),
    [
        ("DEPTH = 8", "DEPTH = 9", EIGHT, "noticed"),
        ("DEPTH = 8", "DEPTH = 8  # the same", EIGHT, "unnoticed"),
        ("DEPTH = 8", "DEPTH = 9", EIGHT.replace("8", "7"), "failed without the change"),
        ("DEPTH = 8", "DEPTH = 9", "def test_it():\n    pass\n", "not loaded"),
        ("DEPTH = 8", "DEPTH =", EIGHT, "not loaded"),
        ("DEPTH = 8", "DEPTH = 9", "", "failed without the change"),
        (
            "DEPTH = 8",
            "DEPTH = 9",
            EIGHT.replace("assert", "import os; DEPTH == 8 or os.kill(os.getpid(), 9); assert"),
            "ended with -9",
        ),
        ("DEPTH", "DEPTHS", EIGHT, "not there"),
        ("DEPTH = 10", "DEPTH = 9", EIGHT, "not there"),
    ],
)
def test_answers(mutants: Mutants, tmp_path: Path, original: str, inverted: str, tests: str, answer: str) -> None:
    written = tmp_path / "test_written.py"
    written.write_text(tests, encoding="utf-8")
    assert mutants.judge(Change(FILE, original, inverted, str(written))).answer == answer


@pytest.mark.slow
def test_a_program_that_a_test_starts_loads_the_change_too(mutants: Mutants, tmp_path: Path) -> None:
    written = tmp_path / "test_written.py"
    run = f"subprocess.run([sys.executable, '-c', {EIGHT + chr(10) + 'test_it()'!r}], check=True)"
    written.write_text(f"import subprocess, sys\n\ndef test_it():\n    {run}\n", encoding="utf-8")
    assert mutants.judge(Change(FILE, "DEPTH = 8", "DEPTH = 9", str(written))).answer == "noticed"


@pytest.mark.slow
def test_the_file_is_as_before_after_a_change(mutants: Mutants, tmp_path: Path) -> None:
    written = tmp_path / "test_written.py"
    written.write_text(EIGHT, encoding="utf-8")
    for original, answer in (("DEPTH = 8", "noticed"), ("DEPTH: int", "not there"), ("DEPTH = 8", "noticed")):
        assert mutants.judge(Change(FILE, original, "DEPTH = 9", str(written))).answer == answer
    assert "DEPTH = 8" in (ROOT / FILE).read_text(encoding="utf-8")
