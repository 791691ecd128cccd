"""Makes the factories importable however pytest is called, and tries every act with two writers."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tests.factories.two_writers import Trials, tried_by_two  # noqa: E402

TRIALS = Trials()


@pytest.fixture(autouse=True)
def nobody_overwrites(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each act is tried with two writers where a test first calls it; see `tests/factories/two_writers.py`."""
    if "django_assert_num_queries" in request.fixturenames:
        yield
        return
    with tried_by_two(TRIALS):
        yield
    found, TRIALS.overwrote = TRIALS.overwrote, {}
    assert found == {}, "an act lets a second writer overwrite the first"
    found, TRIALS.let_in = TRIALS.let_in, {}
    assert found == {}, "an act lets in whom the table tests/actions/access.csv does not"
