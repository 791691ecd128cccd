"""Tests over the real files are collected only where the variable WAYMARK_REAL_DATA names their folder."""

import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("WAYMARK_REAL_DATA", "")
collect_ignore_glob = [] if FOLDER else ["test_*.py"]


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real files."""
    return Path(FOLDER)
