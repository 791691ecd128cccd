"""Each store damaged in each way, under a command that reads it: one paragraph or a healed store, never a traceback.

`make soak` asks every command.
"""

from pathlib import Path

import pytest

from bench.damage import STORES, WAYS, Kept, asked, damaged, furnish
from bench.trials import Server
from bench.writing import WRITINGS, Place

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def furnished(installation: Place, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = installation.copied(tmp_path_factory.mktemp("furnished") / "place", WRITINGS[0])
    furnish(place, server)
    return place


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kept", STORES, ids=[kept.name for kept in STORES])
def test_a_damaged_store_is_told_in_one_paragraph(
    furnished: Place, server: Server, tmp_path: Path, kept: Kept, way: str
) -> None:
    place = furnished.copied(tmp_path / "place", WRITINGS[0])
    damaged(place, kept, way)
    assert list(asked(place, kept.reader(place), server)) == []
