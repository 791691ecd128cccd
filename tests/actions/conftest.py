"""Makes the factories importable, tries every act by two writers and by everybody, fills posts once a file."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tests.counting import write_tried  # noqa: E402
from tests.factories import people  # noqa: E402
from tests.factories.access import TRIED  # noqa: E402
from tests.factories.standing import standing  # noqa: E402
from tests.factories.two_writers import Trials, tried_by_two  # noqa: E402

TRIALS = Trials()
UNTRIED = "TESTS_TRY_NO_ACT"
"""The variable of the environment with which no act is tried by others."""

ANEW = "TESTS_TRY_EACH_ACT_ANEW"
"""The variable of the environment with which every test tries each act anew, as if it were the first one.

What the table of access and the two writers say must hold in whatever order the tests come; this takes some five times
as long.
"""


@pytest.fixture(autouse=True)
def nobody_overwrites(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each act is tried by two writers and by everybody where a test first calls it; see `tests/factories/`.

    A test that runs alone, to notice one change, is spared that at first: it would try each act anew.
    """
    if "django_assert_num_queries" in request.fixturenames or UNTRIED in os.environ:
        yield
        return
    if ANEW in os.environ:
        TRIALS.forget()
    with tried_by_two(TRIALS):
        yield
    found, TRIALS.overwrote = TRIALS.overwrote, {}
    assert found == {}, "an act lets a second writer overwrite the first"
    wrong, TRIALS.let_in = TRIALS.let_in, {}
    told = [f"{act}: {who}" for act, all_of_them in wrong.items() for who in all_of_them]
    assert told == [], "not as in tests/actions/access.csv:\n" + "\n".join(told)


def pytest_sessionfinish() -> None:
    """Write at the end of the tests of this process which rows of the table of access were tried."""
    write_tried(TRIED)


@pytest.fixture(scope="module")
def in_office(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The focal point, officer, co-chair and validator of the network, in office before the first test of a file."""
    with standing(
        django_db_blocker, lambda: [holder() for holder in (people.alice, people.bob, people.dora, people.emil)]
    ):
        yield
