"""Light reads load no library of statistics: what a page asks for starts fast and stays small."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "ibis", "pyarrow", "duckdb")

LIGHT = (
    "waymark.queries.commitments.reading",
    "waymark.queries.documents.listing",
    "waymark.queries.documents.mentions",
    "waymark.queries.frameworks",
    "waymark.queries.indicators.reading",
    "waymark.queries.installation.verifying",
    "waymark.queries.named",
    "waymark.queries.networks.reading",
    "waymark.queries.organisations.reading",
    "waymark.queries.reports.reading",
    "waymark.queries.reviews.data",
    "waymark.queries.search.asking",
    "waymark.queries.search.entries",
    "waymark.queries.sources.reading",
)
"""The reads that pages make."""


def loaded(code: str) -> set[str]:
    """Which heavy packages a fresh process has loaded after running `code`."""
    listed = f"{code}\nimport sys\nprint(' '.join(sorted({set(HEAVY)!r} & set(sys.modules))))"
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_what_is_heavy_is_seen() -> None:
    assert "pyarrow" in loaded("import waymark.engines.indicators.making")


def test_the_light_reads_load_nothing_heavy() -> None:
    code = (
        "import os, importlib; os.environ['DJANGO_SETTINGS_MODULE'] = 'waymark.config.settings'\n"
        f"import django; django.setup()\nfor name in {LIGHT!r}: importlib.import_module(name)"
    )
    assert loaded(code) == set()


@pytest.mark.parametrize("module", ["waymark.papers.child", "waymark.papers.apart", "waymark.interfaces.cli.review"])
def test_papers_and_the_command_load_nothing_heavy(module: str) -> None:
    assert loaded(f"import {module}") == set()


def test_the_caller_of_a_paper_loads_nothing_that_typesets() -> None:
    code = (
        "import sys, waymark.papers.apart; print(sorted({'typst', 'docx', 'waymark.papers.review'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
