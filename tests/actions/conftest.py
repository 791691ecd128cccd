"""Makes the factories importable however pytest is called, tries every act by two writers, fills posts once a file."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tests.factories import people  # noqa: E402
from tests.factories.standing import standing  # noqa: E402
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


@pytest.fixture(scope="module")
def in_office(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The focal point, officer, co-chair and validator of the network, in office before the first test of a file."""
    with standing(
        django_db_blocker, lambda: [holder() for holder in (people.alice, people.bob, people.dora, people.emil)]
    ):
        yield
