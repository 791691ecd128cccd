"""Every shell example of the documentation that is marked to run is run, in an empty folder of its own.

A fence that opens with "sh run" is run; those of one page share a folder, in order. A fence "text output" after it is
what the terminal must print: each line is looked for, and "…" stands for anything. A page that holds
`<!-- after make demo -->` starts from a folder in which `make demo` has run.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.conftest import Demonstrations

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
AFTER_DEMO = "<!-- after make demo -->"
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```\n", re.MULTILINE | re.DOTALL)
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.is_file()),
]


@dataclass(frozen=True, slots=True)
class Example:
    """A script and the lines its output must hold."""

    script: str
    output: str


def examples(text: str) -> list[Example]:
    """The examples of a page that are marked to run, each with the output printed below it."""
    found: list[Example] = []
    for fence in FENCE.finditer(text):
        info, body = fence["info"].strip(), fence["body"]
        if info == "sh run":
            found.append(Example(body, ""))
        elif info == "text output" and found:
            found[-1] = Example(found[-1].script, body)
    return found


def missing(expected: str, printed: str) -> list[str]:
    """Lines of `expected` that `printed` does not hold, with "…" standing for anything."""
    patterns = {line: re.escape(line.strip()).replace("…", ".*") for line in expected.splitlines() if line.strip(" …")}
    return [line for line, pattern in patterns.items() if not re.search(pattern, printed)]


def checkout(folder: Path) -> Path:
    """A folder that looks like a fresh clone with its environment set up, and is empty otherwise."""
    folder.mkdir(parents=True)
    for name in ("Makefile", "src", "docs", "bench", "tests", "pyproject.toml", "requirements.lock"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(BIN)
    (folder / ".venv" / "run.stamp").touch()
    return folder


def run(script: str, folder: Path) -> str:
    """What a script prints, both streams. Raises AssertionError with the words seen when it fails."""
    settings = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "WAYMARK_INSTANCE")}
    environment = settings | {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "WAYMARK_DATA": str(folder / "var"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n→ {done.stdout}"
    return done.stdout


WITH_EXAMPLES = [page for page in PAGES if examples(page.read_text(encoding="utf-8"))]


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text(encoding="utf-8")
    folder = checkout(tmp_path / "waymark")
    if AFTER_DEMO in text:
        demonstrations: Demonstrations = request.getfixturevalue(
            "demonstrations"
        )  # built by the command of `make demo`
        shutil.copytree(demonstrations.data, folder / "var")
        shutil.copytree(demonstrations.pages, folder / "build" / "review")
    for example in examples(text):
        printed = run(example.script, folder)
        assert missing(example.output, printed) == [], f"{example.script}\n→ {printed}"


def test_tutorials_and_how_to_pages_have_examples_that_run() -> None:
    names: Sequence[str] = [path.name for path in WITH_EXAMPLES]
    assert {"your-first-review.md", "start-your-own-country.md", "verify-a-manifest.md"} <= {*names}


def test_marked_fences_are_found_with_their_output() -> None:
    text = "```sh run\necho a\n```\n\n```text output\na\n```\n```sh\nrm -rf /\n```\n```sh run\necho b\n```\n"
    assert examples(text) == [Example("echo a\n", "a\n"), Example("echo b\n", "")]
    assert missing("1 … 3\n…\nx", "1 2 3") == ["x"]
