"""Makes the factories importable however pytest is called; builds the small world's review once for all tests."""

import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tests.factories.standing import standing  # noqa: E402  # the path above comes first
from tests.queries import world  # noqa: E402  # the path above comes first


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that read the built world need the test database to be made, though their session's fixture fills it."""
    for item in items:
        if "built" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def built(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> world.Built:
    """Reviews, reports and files of the small world, for the public and for the network; the record is rolled back."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own
        name = str(connection.settings_dict["NAME"])
        assert "memory" in name or name.startswith("test_"), f"{name} is not a test database"
        with transaction.atomic():
            found = world.build(tmp_path_factory.mktemp("datasets"))
            transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[world.World]:
    """The small world in the record for the tests of one file, each of which takes back what it changes."""
    if any(
        getattr(item, "module", None) is request.module and "built" in item.fixturenames
        for item in request.session.items
    ):  # type: ignore[attr-defined]
        request.getfixturevalue("built")  # it makes the same world, before this one stands
    with standing(django_db_blocker, world.make) as found:
        yield found


@pytest.fixture
def record(made: world.World, db: None) -> world.World:
    """The small world in the record, as it was made."""
    return deepcopy(made)
